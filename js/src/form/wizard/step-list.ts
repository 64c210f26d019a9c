/** The steps beside the open one: each with its value, and a mark where something is wrong. */

import { h, OWN_KEYS, say, set } from "../dom";
import type { DraftFields, Errors } from "../protocol";
import { wizard as texts } from "../texts";
import { ORDER, troubles, type WizardView } from "./steps";
import { summarise } from "./values";

const MARKS = { wrong: "!", seen: "✓" }; // shape beside colour

class Entry {
  readonly element: HTMLElement;
  readonly #view: WizardView;
  readonly #button: HTMLButtonElement;
  readonly #mark: HTMLElement;
  readonly #wrong = h("span", { class: "akw-wrong" }, texts.wrong);
  readonly #value = h("span", { class: "akw-clip" });
  readonly #number: number;

  constructor(view: WizardView, number: number, open: (view: WizardView) => void) {
    this.#view = view;
    this.#number = number;
    this.#mark = h("span", { class: "akw-ordinal", "aria-hidden": "true" });
    const value = h("span", { class: "akw-value" }, this.#wrong, this.#value);
    const words = h(
      "span",
      { class: "akw-stop-words" },
      h("span", { class: "akw-name" }, texts.names[view]),
      " ",
      value,
    );
    this.#button = h(
      "button",
      { type: "button", class: "akw-stop", "data-view": view, ...OWN_KEYS, onclick: () => open(view) },
      this.#mark,
      words,
    );
    this.element = h("li", {}, this.#button);
  }

  update(open: WizardView, seen: boolean, fields: DraftFields, errors: Errors): void {
    const found = troubles(errors);
    const wrong = found.some(({ view }) => view === this.#view);
    const here = open === this.#view;
    set(this.#button, "aria-current", here ? "step" : null);
    set(this.#button, "data-state", wrong ? "wrong" : seen && !here ? "seen" : null);
    const value = summarise(this.#view, fields, found.length);
    set(this.#button, "title", value);
    say(this.#mark, wrong ? MARKS.wrong : seen && !here ? MARKS.seen : String(this.#number));
    this.#wrong.hidden = !wrong;
    say(this.#value, value);
  }
}

export class StepList {
  readonly element: HTMLElement;
  readonly #entries: Map<WizardView, Entry>;
  readonly #seen = new Set<WizardView>();

  constructor(open: (view: WizardView) => void) {
    this.#entries = new Map(ORDER.map((view, index) => [view, new Entry(view, index + 1, open)]));
    const list = h("ol", {}, ...[...this.#entries.values()].map(({ element }) => element));
    this.element = h("nav", { class: "akw-steps", "aria-label": texts.steps }, list);
  }

  update(open: WizardView, fields: DraftFields, errors: Errors): void {
    if (open !== "review") this.#seen.add(open);
    for (const [view, entry] of this.#entries) entry.update(open, this.#seen.has(view), fields, errors);
  }
}
