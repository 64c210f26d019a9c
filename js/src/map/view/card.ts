/** What is known of the rows that somebody pointed at: names and values, as text. */

import { fill, focused, h, OWN_KEYS, say } from "../../form/dom";
import type { Row } from "./layer";
import { words } from "./words";

export class Card {
  readonly element: HTMLElement;
  readonly #title = h("b", { class: "akwm-title", tabindex: -1 });
  readonly #list = h("dl", { tabindex: 0, "aria-label": words.attributes, ...OWN_KEYS });
  readonly #next = this.#button(words.next, () => this.#turn(1));
  readonly #left: () => void;
  #rows: Row[] = [];
  #index = 0;

  /** @param left called when it is closed, for the focus to go back */
  constructor(left: () => void) {
    this.#left = left;
    const head = h(
      "div",
      { class: "akwm-head" },
      this.#title,
      this.#next,
      this.#button(words.close, () => this.hide()),
    );
    this.element = h(
      "div",
      { class: "akwm-card", role: "group", "aria-label": words.attributes, hidden: true },
      head,
      this.#list,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.hide();
      event.stopPropagation();
    });
  }

  /** Show some rows, the first in front; `take` moves the focus there. */
  show(rows: Row[], take: boolean): void {
    this.#rows = rows;
    this.#index = 0;
    this.#turn(0);
    this.element.hidden = false;
    if (take) this.#title.focus();
  }

  hide(): void {
    const held = this.element.contains(focused(this.element));
    this.element.hidden = true;
    if (held) this.#left();
  }

  #turn(by: number): void {
    const count = this.#rows.length;
    this.#index = (this.#index + by) % count;
    say(this.#title, words.row(this.#index, count));
    this.#next.hidden = count < 2;
    const entries = Object.entries(this.#rows[this.#index]?.properties ?? {});
    const pairs = entries.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, written(value))]);
    fill(this.#list, ...(pairs.length ? pairs : [h("dd", {}, words.noAttributes)]));
    this.#list.scrollTop = 0;
  }

  #button(label: string, onclick: () => void): HTMLButtonElement {
    return h("button", { type: "button", class: "akwm-button", onclick, ...OWN_KEYS }, label);
  }
}

function written(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
