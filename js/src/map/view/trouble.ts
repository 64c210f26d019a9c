/** What went wrong with one part of a map, told until that part is there or is tried again. */

import { fill, h, OWN_KEYS } from "../../form/dom";
import { words } from "./words";

export class Trouble {
  readonly element = h("div", { class: "akwm-trouble", role: "alert", hidden: true });
  readonly #title: string;
  readonly #left: () => void;

  /** @param left called when it goes by its own button, for the focus to go elsewhere */
  constructor(title: string, left: () => void) {
    this.#title = title;
    this.#left = left;
  }

  get told(): boolean {
    return !this.element.hidden;
  }

  /** Say what a refusal says; words of the browser or of MapLibre are none for people. */
  tell(error: unknown, retry: () => void): void {
    const { message, hint } = error as { message?: string; hint?: string };
    const why = hint === undefined ? words.unknown : `${message} ${hint}`.trim();
    const text = `${this.#title} ${why}`;
    if (this.told && this.element.firstChild?.textContent === text) return;
    const again = h("button", { type: "button", class: "akwm-button", ...OWN_KEYS }, words.retry);
    again.addEventListener("click", () => {
      this.clear();
      this.#left();
      retry();
    });
    fill(this.element, h("p", {}, text), again);
    this.element.hidden = false;
  }

  clear(): void {
    this.element.hidden = true;
  }
}
