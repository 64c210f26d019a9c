/** A step whose code comes when it is first opened: what stands there meanwhile, and where it does not come. */

import { load, type Part } from "../map/code";
import { isClosed, textOf } from "./channel";
import { button, fill, h, holdsFocus } from "./dom";
import { notice } from "./notice";
import type { State } from "./protocol";
import type { Desk, Step } from "./step";
import { part as texts } from "./texts";
import { focusInvalid } from "./trouble";

/** What such a part of the code gives. */
interface Opener {
  open(desk: Desk): Step;
}

export class PartStep implements Step {
  readonly #desk: Desk;
  readonly #part: Part;
  readonly #told = h("div", { class: "akw-late" });
  readonly #wait: Step;
  #view: Step | null = null;
  #state: State | null = null;
  #closed = false;

  /** @param title stands over it until it is there */
  constructor(desk: Desk, part: Part, title: string) {
    this.#desk = desk;
    this.#part = part;
    const heading = h("h2", { class: "akw-heading", tabindex: -1 }, title);
    const back = button(texts.back, "link", { onclick: () => desk.draft.edit({ view: "quick" }) });
    const body = h("div", { class: "akw-body" }, heading, this.#told);
    const element = h("div", { class: "akw-step" }, body, h("footer", { class: "akw-footer" }, back));
    this.#wait = { element, heading, update: () => {} };
    void this.#open();
  }

  get element(): HTMLElement {
    return (this.#view ?? this.#wait).element;
  }

  get heading(): HTMLElement {
    return (this.#view ?? this.#wait).heading;
  }

  update(state: State): void {
    this.#state = state;
    this.#view?.update(state);
  }

  tick(): void {
    this.#view?.tick?.();
  }

  close(): void {
    this.#closed = true;
    this.#view?.close?.();
  }

  async #open(): Promise<void> {
    fill(this.#told, h("p", { class: "akw-lead", role: "status" }, texts.opening));
    try {
      const ask = (_: string, body?: object) =>
        this.#desk.ask("part", body) as Promise<{ buffers: DataView[] }>;
      const { open } = await load<Opener>({ ask }, this.#part);
      if (!this.#closed) this.#show(open(this.#desk));
    } catch (error) {
      this.#fail(error);
    }
  }

  #show(view: Step): void {
    const { element } = this;
    const held = holdsFocus(element);
    if (this.#state) view.update(this.#state);
    this.#view = view;
    element.replaceWith(view.element);
    if (held && !focusInvalid(view.element)) view.heading.focus({ preventScroll: true });
  }

  /** The kernel's silence is told above the step, and a wire that is dead brings no words of its own. */
  #fail(error: unknown): void {
    const retry = button(texts.retry, "small", { onclick: () => this.#again() });
    const row = h("div", { class: "akw-row akw-actions" }, retry);
    fill(this.#told, notice("bad", texts.failed, isClosed(error) ? "" : textOf(error), row));
  }

  #again(): void {
    this.heading.focus(); // the button goes
    void this.#open();
  }
}
