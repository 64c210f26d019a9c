/** Something that few need, folded under its name and what it stands at. */

import { h, OWN_KEYS, say } from "../dom";

export class Fold {
  readonly element: HTMLDetailsElement;
  readonly #name = h("span");
  readonly #now = h("span", { class: "akw-now akw-clip" });

  constructor(...parts: Node[]) {
    const summary = h("summary", { class: "akw-summary", ...OWN_KEYS }, this.#name, this.#now);
    const inside = h("div", { class: "akw-inside" }, ...parts);
    this.element = h("details", { class: "akw-details" }, summary, inside);
  }

  /** Name it and say what it stands at; an error inside opens it. */
  update(name: string, now: string, error?: string): void {
    say(this.#name, name);
    say(this.#now, now);
    if (error) this.element.open = true;
  }
}
