/** My keys: the code of it comes when it is first opened. */

import { load } from "../map/code";
import { fill, h } from "./dom";
import type { open } from "./keys";
import type { State } from "./protocol";
import type { Desk, Step } from "./step";
import { kernel, header as texts } from "./texts";

export class Keys implements Step {
  readonly heading = h("h2", { class: "akw-heading", tabindex: -1 }, texts.keys);
  readonly element = h("div", { class: "akw-step" });
  #view: Step | null = null;
  #state: State | null = null;
  #closed = false;

  constructor(desk: Desk) {
    const wait = h("p", { class: "akw-lead", role: "status" }, kernel.opening);
    fill(this.element, h("div", { class: "akw-body" }, this.heading, wait));
    this.#open(desk).catch((error) => {
      if (!this.#closed) desk.draft.edit({ view: "quick" }); // nothing leads on from here
      desk.fail(error);
    });
  }

  update(state: State): void {
    this.#state = state;
    this.#view?.update(state);
  }

  close(): void {
    this.#closed = true;
    this.#view?.close?.();
  }

  async #open(desk: Desk): Promise<void> {
    const ask = (_: string, body?: object) => desk.ask("part", body) as Promise<{ buffers: DataView[] }>;
    const part = await load<{ open: typeof open }>({ ask }, "keys");
    if (this.#closed) return;
    this.#view = part.open(desk, this.heading);
    if (this.#state) this.#view.update(this.#state);
    fill(this.element, this.#view.element);
  }
}
