/** Item access: none, or the items that the person chooses. */

import { Choice } from "../choice";
import { h } from "../dom";
import type { Draft } from "../draft";
import { ItemPicker } from "../item-picker";
import { lockNote } from "../locked";
import type { PickedItem, State } from "../protocol";
import type { Desk, Step } from "../step";
import { items as texts } from "../texts";

/** Items that were put aside by "No item access", so that going back brings them again, and whose they are. */
const aside = new WeakMap<Draft, { owner: string; items: PickedItem[] }>();

export class ItemsStep implements Step {
  readonly element: HTMLElement;
  readonly heading = h("h2", { class: "akw-heading", tabindex: -1 }, texts.heading);
  readonly #desk: Desk;
  readonly #choice: Choice;
  readonly #picker: ItemPicker;
  readonly #locked = lockNote(texts.locked);
  #open: boolean | null = null;
  #owner = "";

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#choice = new Choice({
      id: desk.id("access"),
      legend: texts.access,
      look: "cards",
      quiet: true,
      pick: (value) => this.#pick(value === "some"),
    });
    this.#picker = new ItemPicker(desk, "full");
    const lead = h("p", { class: "akw-lead" }, texts.lead);
    const parts = [lead, this.#locked, this.#choice.element, this.#picker.element];
    this.element = h("div", {}, this.heading, ...parts);
  }

  update({ max_items, locked, portal, account }: State): void {
    this.#owner = `${account?.username} ${portal.url}`;
    const { fields, errors } = this.#desk.draft;
    const fixed = locked.includes("items");
    if (fields.items.length) this.#open = true;
    else if (errors.items) this.#open ??= true; // but "No item access", once chosen, stays chosen
    const some = { ...texts.some, value: "some", text: texts.some.text(max_items) };
    this.#choice.show([{ ...texts.none, value: "none" }, some], this.#open ? "some" : "none");
    this.#choice.error(this.#open ? undefined : errors.items);
    this.#choice.element.disabled = fixed;
    this.#locked.hidden = !fixed;
    this.#picker.update(this.#open === true, max_items, fixed);
  }

  close(): void {
    this.#picker.close();
  }

  #pick(some: boolean): void {
    const { draft } = this.#desk;
    this.#open = some;
    if (!some) aside.set(draft, { owner: this.#owner, items: draft.fields.items });
    const kept = aside.get(draft);
    draft.edit({ items: some && kept?.owner === this.#owner ? kept.items : [] });
  }
}
