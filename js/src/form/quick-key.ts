/** Step 2: what the key opens, for how long, and one button. */

import { beyondQuick } from "./beyond";
import { Choice } from "./choice";
import { button, fill, h, once, say, submitByEnter } from "./dom";
import { ItemPicker } from "./item-picker";
import { Lifetime } from "./lifetime";
import { isLocked } from "./locked";
import { missingNotice } from "./missing";
import { Naming } from "./naming";
import type { Account, DraftFields, State } from "./protocol";
import type { Desk, Step } from "./step";
import { quick as texts } from "./texts";

const OWN = ""; // privileges that no preset stands for
const FIRST = "where";

export class QuickKey implements Step {
  readonly element: HTMLFormElement;
  readonly heading = h("h2", { class: "akw-heading", tabindex: -1 }, texts.heading);
  readonly #desk: Desk;
  readonly #presets: Choice;
  readonly #items: ItemPicker;
  readonly #lifetime: Lifetime;
  readonly #naming: Naming;
  readonly #missing = h("div");
  readonly #also = h("p", { class: "akw-also", hidden: true });
  readonly #calm = h("div", { class: "akw-calm" });
  readonly #submit: HTMLButtonElement;
  #missingShown = "";

  constructor(desk: Desk) {
    this.#desk = desk;
    const pick = (preset: string) => preset !== OWN && desk.draft.edit({ preset });
    this.#presets = new Choice({
      id: desk.id("preset"),
      legend: texts.presets,
      look: "cards",
      quiet: true,
      pick,
    });
    this.#items = new ItemPicker(desk);
    this.#lifetime = new Lifetime(desk);
    this.#naming = new Naming(desk);
    this.#calm.id = desk.id("calm");
    this.#submit = button(texts.submit, "go", { type: "submit", "aria-describedby": this.#calm.id });
    this.element = this.#layOut();
    submitByEnter(this.element);
  }

  update(state: State): void {
    const { fields, errors } = this.#desk.draft;
    const options = presetOptions(state, fields);
    this.#presets.show(options, fields.preset);
    this.#presets.element.hidden = options.length === 0;
    this.#presets.error(errors.preset ?? errors.privileges);
    this.#presets.lock(isLocked(state, "preset", "privileges"));
    const preset = state.presets.find(({ id }) => id === fields.preset);
    const picks = Boolean(preset?.needs_item && state.account?.can_create);
    this.#items.update(picks, state.max_items, isLocked(state, "items"));
    this.#lifetime.update(state);
    this.#naming.update(state);
    this.#tellMore(beyondQuick(fields, picks));
    if (state.account) this.#tellMissing(state.account);
  }

  tick(): void {
    this.#lifetime.tick();
  }

  close(): void {
    this.#items.close();
  }

  #layOut(): HTMLFormElement {
    const lead = h("p", { class: "akw-lead" }, texts.lead);
    const parts = [this.#presets.element, this.#items.element, this.#lifetime.element, this.#naming.element];
    const body = h("div", { class: "akw-body" }, this.heading, lead, this.#missing, ...parts, this.#also);
    const all = button(texts.allSettings, "link", { onclick: () => this.#desk.draft.edit({ view: FIRST }) });
    const footer = h("footer", { class: "akw-footer" }, all, this.#calm, this.#submit);
    return h(
      "form",
      { class: "akw-step", method: "post", novalidate: true, onsubmit: this.#send },
      body,
      footer,
    );
  }

  /** Nothing goes into a key unseen: what was set in the wizard is told here too. */
  #tellMore(parts: string[]): void {
    this.#also.hidden = parts.length === 0;
    say(this.#also, parts.length ? texts.also(parts) : "");
  }

  #tellMissing(account: Account): void {
    this.#submit.disabled = !account.can_create;
    const now = JSON.stringify(account);
    if (now === this.#missingShown) return;
    this.#missingShown = now;
    if (account.can_create) {
      fill(this.#missing);
      fill(this.#calm, texts.calm, h("b", {}, texts.submit), ".");
    } else {
      fill(this.#missing, missingNotice(account));
      say(this.#calm, texts.cannot);
    }
  }

  readonly #send = (event: Event): void => {
    event.preventDefault();
    if (this.#submit.disabled) return;
    once(this.#submit, () => this.#create().catch(this.#desk.fail));
  };

  async #create(): Promise<void> {
    const { draft, ask } = this.#desk;
    if (draft.underWay) await draft.underWay;
    await ask("create", { draft: draft.take() });
  }
}

function presetOptions({ presets }: State, { preset, privileges }: DraftFields) {
  const options = presets.map(({ id, title, text, cost }) => ({ value: id, title, text, note: cost }));
  const known = presets.some(({ id }) => id === preset);
  const own = {
    value: OWN,
    title: texts.own,
    text: texts.ownText(privileges.length),
    note: "",
  };
  return known || preset !== OWN ? options : [...options, own];
}
