/** A fold under the key that is ready: where it can be kept for later sessions. Its code, and the kernel's look at
 * the places, come when somebody opens it. */

import { load } from "../map/code";
import { isClosed, textOf } from "./channel";
import { button, fill, h, OWN_KEYS } from "./dom";
import type { Keeping } from "./keeping";
import { notice } from "./notice";
import type { Result } from "./protocol";
import type { Desk } from "./step";
import { part, ready as texts } from "./texts";

interface Opener {
  open(desk: Desk): Keeping;
}

export class KeepFold {
  readonly element: HTMLDetailsElement;
  readonly #desk: Desk;
  readonly #summary = h("summary", { class: "akw-summary", ...OWN_KEYS }, texts.keep);
  readonly #inside = h("div");
  #view: Keeping | null = null;
  #coming = false;
  #result: Result | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.element = h("details", { class: "akw-details" }, this.#summary, this.#inside);
    this.element.addEventListener("toggle", () => this.#follow());
  }

  update(result: Result): void {
    this.#result = result;
    this.element.hidden = !result.masked || result.ephemeral; // what ends with the kernel is not worth keeping
    this.#follow();
  }

  #follow(): void {
    if (!this.element.open || !this.#result?.masked) return;
    if (this.#view) this.#view.update(this.#result);
    else void this.#open();
  }

  async #open(): Promise<void> {
    if (this.#coming) return;
    this.#coming = true;
    fill(this.#inside, h("p", { class: "akw-about", role: "status" }, part.opening));
    try {
      const ask = (_: string, body?: object) =>
        this.#desk.ask("part", body) as Promise<{ buffers: DataView[] }>;
      const { open } = await load<Opener>({ ask }, "keeping");
      this.#view = open(this.#desk);
      fill(this.#inside, this.#view.element);
      if (this.#result) this.#view.update(this.#result);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const again = () => {
      this.#summary.focus(); // the button goes
      this.#coming = false;
      this.#follow();
    };
    const row = h("div", { class: "akw-row akw-actions" }, button(part.retry, "small", { onclick: again }));
    fill(this.#inside, notice("bad", part.failed, isClosed(error) ? "" : textOf(error), row));
  }
}
