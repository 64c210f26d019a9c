/** A question before something that cannot be taken back; Escape and the first button keep things as they are. */

import { button, fill, h, holdsFocus, once, set } from "../dom";
import { words } from "./words";

export class Confirm {
  readonly element = h("div", { class: "akw-confirm" });
  readonly #failed: (error: unknown) => void;

  /** @param failed is told what went wrong with the work */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
    this.element.addEventListener("keydown", this.#onKey);
  }

  /**
   * Ask, and do the work on a yes; while that runs there is no way back, and nothing else is asked.
   *
   * @param back takes the focus when the question goes
   */
  ask(question: string, yes: string, back: HTMLElement, work: () => Promise<unknown>): void {
    if (this.#busy) return;
    const keep = button(words.keep, "plain", { onclick: () => this.#leave() });
    const go = button(yes, "small", { class: "akw-button akw-small akw-danger" });
    const run = () => {
      this.#busy = true;
      set(keep, "aria-disabled", "true");
      return work()
        .catch(this.#failed)
        .finally(() => {
          this.#busy = false;
          this.#leave();
        });
    };
    go.addEventListener("click", () => once(go, run));
    const row = h("div", { class: "akw-row" }, keep, go);
    const box = { class: "akw-question", role: "alertdialog", "aria-label": question };
    fill(this.element, h("div", box, h("p", {}, question), row));
    this.#back = back;
    keep.focus();
  }

  #back: HTMLElement | null = null;
  #busy = false;

  /** The focus goes back only from the question: who has gone elsewhere meanwhile stays there. */
  #leave(): void {
    if (this.#busy) return;
    const held = holdsFocus(this.element);
    fill(this.element);
    if (held) this.#back?.focus();
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.#back) return;
    event.preventDefault();
    event.stopPropagation();
    this.#leave();
  };
}
