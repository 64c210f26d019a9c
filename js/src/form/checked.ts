/** What a look with the key found, under the key: what works, what does not, and what to do about it. */

import { fill, h, OWN_KEYS, say } from "./dom";
import type { Check } from "./protocol";
import type { Desk } from "./step";
import { ready as texts } from "./texts";

const MARKS = { works: "✓", refused: "✕", "not tested": "·" };

export class Checked {
  readonly #running = h("p", { class: "akw-small" }, texts.checking);
  readonly #now = h("span", { class: "akw-now" });
  readonly #list = h("ul", { class: "akw-checked" });
  readonly #fold: HTMLDetailsElement;
  readonly #desk: Desk;
  #shown = "";
  readonly element: HTMLElement;

  constructor(desk: Desk) {
    this.#desk = desk;
    const summary = h(
      "summary",
      { class: "akw-summary", ...OWN_KEYS },
      h("span", {}, texts.checked),
      this.#now,
    );
    this.#fold = h("details", { class: "akw-details" }, summary, this.#list);
    this.element = h("div", {}, this.#running, this.#fold);
  }

  update(check: Check | null): void {
    const shown = JSON.stringify(check);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const { summary = "", ok = true, rows = [] } = check ?? {};
    this.#running.hidden = !check || summary !== "";
    this.#fold.hidden = !summary;
    this.#fold.open = !ok && rows.length > 0;
    say(this.#now, summary);
    fill(this.#list, ...rows.map(row));
    if (summary) this.#desk.announce(`${texts.checked}: ${summary}`);
  }
}

function row({ what, state, why, mend }: Check["rows"][number]): HTMLElement {
  const mark = h("span", { class: state === "refused" ? "akw-error" : "akw-good" }, `${MARKS[state]} `);
  return h(
    "li",
    {},
    mark,
    h("b", {}, what),
    ` ${state}`,
    h("span", { class: "akw-about" }, `${why} ${mend}`.trim()),
  );
}
