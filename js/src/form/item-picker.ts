/** The choice of the items that a key opens: a search over a list, what is chosen as chips, and pasted ids. */

import { button, focused, h, say, set } from "./dom";
import { Field } from "./field";
import { Basket, describe, nameOf } from "./item-basket";
import { ItemFilters } from "./item-filters";
import { ItemList } from "./item-list";
import { ItemPaste } from "./item-paste";
import { ItemSearch } from "./item-search";
import { lockNote } from "./locked";
import { Chips } from "./parts/chips";
import type { PickedItem } from "./protocol";
import type { Desk } from "./step";
import { items as texts } from "./texts";

export class ItemPicker {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #full: boolean;
  readonly #search: ItemSearch;
  readonly #basket: Basket;
  readonly #field: Field;
  readonly #list: ItemList;
  readonly #chips: Chips;
  readonly #count = h("p", { class: "akw-count", role: "status" });
  readonly #more = button(texts.more, "link", { hidden: true });
  readonly #retry = button(texts.retry, "link", { hidden: true });
  readonly #problem: HTMLElement;
  readonly #chosen = h("p", { class: "akw-count akw-chosen" });
  readonly #finder: HTMLElement;
  readonly #locked = lockNote(texts.locked);

  /** The compact look is one search box for layers; the full one has filters and takes pasted ids. */
  constructor(desk: Desk, look: "compact" | "full" = "compact") {
    this.#desk = desk;
    this.#full = look === "full";
    this.#search = new ItemSearch(desk, () => this.#draw());
    this.#basket = new Basket(desk, () => this.#drawChosen(false));
    const id = desk.id(this.#full ? "items" : "layers");
    this.#problem = h("div", { id: `${id}-problem`, class: "akw-error", role: "alert" });
    this.#field = this.#makeField(id);
    this.#list = new ItemList({
      id,
      input: this.#field.input,
      toggle: (item) => this.#basket.toggle(item),
      clear: () => this.#clear(),
    });
    this.#chips = this.#makeChips();
    this.#more.addEventListener("click", () => this.#search.more());
    this.#retry.addEventListener("click", () => this.#search.retry());
    this.#finder = this.#layOut();
    const chosen = [this.#problem, this.#chosen, this.#chips.element];
    this.element = h("div", { class: "akw-picker" }, this.#finder, ...chosen);
    if (!this.#full)
      this.element.prepend(this.#locked); // the step of the full one says it above its choice
    else this.element.append(new ItemPaste(desk, this.#basket).element);
  }

  /** Bring choice and error up to date; the first search starts when the picker is first needed. */
  update(needed: boolean, limit = 100, locked = false): void {
    this.element.hidden = !needed;
    this.#basket.limit = limit;
    this.#finder.hidden = locked;
    this.#locked.hidden = !locked;
    const paste = this.element.querySelector("details");
    if (paste) paste.hidden = locked;
    if (needed && !locked) this.#search.start();
    this.#drawChosen(locked);
  }

  close(): void {
    this.#search.close();
  }

  #layOut(): HTMLElement {
    const foot = h("div", { class: "akw-row" }, this.#count, this.#more, this.#retry);
    const filters = this.#full ? new ItemFilters(this.#desk, this.#search).element : null;
    return h("div", { class: "akw-finder" }, this.#field.element, filters, this.#list.element, foot);
  }

  #makeField(listId: string): Field {
    return new Field({
      id: `${listId}-search`,
      name: "item-search",
      label: this.#full ? texts.search : texts.layer,
      hint: this.#full ? texts.searchHint : texts.layerHint,
      attributes: {
        role: "combobox",
        "aria-expanded": "false",
        "aria-controls": listId,
        "aria-autocomplete": "list",
        autocomplete: "off",
        spellcheck: "false",
        placeholder: this.#full ? texts.placeholderAll : texts.placeholder,
      },
      edit: (text) => this.#search.type({ text: text.trim() }),
    });
  }

  #makeChips(): Chips {
    return new Chips({
      label: texts.chosen,
      remove: (id) => this.#basket.remove(id),
      removeLabel: texts.remove,
      removed: texts.removed,
      announce: (text) => this.#desk.announce(text),
      emptied: () => this.#field.input.focus(),
    });
  }

  #clear(): void {
    this.#field.input.value = "";
    this.#search.refine({ text: "" });
  }

  #drawChosen(locked: boolean): void {
    const { items, limit, ids } = this.#basket;
    const { items: error = "" } = this.#desk.draft.errors;
    this.#tellError(error, locked || items.length > 0);
    say(this.#chosen, items.length ? texts.chosenCount(items.length, limit) : "");
    this.#list.mark(ids);
    this.#chips.show(
      items.map((item) => ({
        id: item.id,
        title: nameOf(item),
        note: describe(item),
        wrong: names(error, item),
      })),
      locked,
    );
  }

  /** What is wrong with chosen items stands beside them, not at the search. */
  #tellError(error: string, chosen: boolean): void {
    const { input } = this.#field;
    this.#field.error(chosen ? undefined : error);
    say(this.#problem, this.#basket.refusal || (chosen ? error : ""));
    if (!chosen || !error) return;
    set(input, "aria-invalid", "true");
    set(
      input,
      "aria-describedby",
      `${this.#problem.id} ${input.getAttribute("aria-describedby") ?? ""}`.trim(),
    );
  }

  #draw(): void {
    const { found, next, busy, trouble } = this.#search;
    const paging = focused(this.#more) === this.#more;
    this.#list.show(found);
    this.#more.hidden = next === null || (trouble !== null && !busy);
    this.#retry.hidden = trouble === null || busy;
    say(this.#count, this.#tell());
    if (paging && this.#more.hidden) (this.#retry.hidden ? this.#field.input : this.#retry).focus();
  }

  #tell(): string {
    const { found, total, busy, trouble, query } = this.#search;
    if (trouble || busy) return trouble ?? texts.searching;
    if (query.owner === null) return texts.ownerMissing;
    if (total) return texts.count(found.length, total);
    if (query.text) return this.#full ? texts.noMatchAll : texts.noMatch;
    if (!this.#full) return texts.noLayers;
    return query.kinds === "all" && !query.owner ? texts.noItems : texts.noSuch;
  }
}

/** Whether a message speaks of an item, by its id or its whole title. */
function names(message: string, { id, title }: PickedItem): boolean {
  return message.includes(id) || (title !== "" && message.includes(`“${title}”`));
}
