/** Step 3: the requests that make a key, ticked off as the portal answers them. */

import { h, say, set } from "./dom";
import type { Progress, State } from "./protocol";
import type { Desk, Step } from "./step";
import { creating as texts } from "./texts";
import { cancelFooter } from "./waiting";

const MARKS = { waiting: "", started: "", done: "✓", failed: "✕", undone: "↺" };

export class Creating implements Step {
  readonly element: HTMLElement;
  readonly heading = h("h2", { class: "akw-heading", tabindex: -1 }, texts.heading);
  readonly #list = h("ol", { class: "akw-progress" });
  readonly #status = h("p", { class: "akw-unseen", role: "status" });
  readonly #rows = new Map<string, HTMLElement>();

  constructor(desk: Desk) {
    const body = h("div", { class: "akw-body" }, this.heading, this.#list, this.#status);
    this.element = h("div", { class: "akw-step" }, body, cancelFooter(desk, texts.lead));
  }

  update({ progress }: State): void {
    const rows = progress.map((step) => this.#row(step));
    // Rows move only when a step joins, so that their marks fade instead of starting anew.
    if (rows.some((row, index) => this.#list.children[index] !== row)) this.#list.replaceChildren(...rows);
    const done = progress.filter(({ state }) => state === "done").length;
    say(this.#status, texts.progress(done, progress.length));
  }

  #row({ name, label, state }: Progress): HTMLElement {
    const row = this.#rows.get(name) ?? this.#newRow(name, label);
    set(row, "data-state", state);
    const [mark, , words] = row.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
    say(mark, MARKS[state]);
    say(words, texts.states[state]);
    return row;
  }

  #newRow(name: string, label: string): HTMLElement {
    const mark = h("span", { class: "akw-tick", "aria-hidden": "true" });
    const row = h("li", {}, mark, h("span", {}, label), h("span", { class: "akw-about" }));
    this.#rows.set(name, row);
    return row;
  }
}
