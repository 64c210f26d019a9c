/** What a look with the key found, under the key: what works, what does not, and what to do about it. It stays
 * folded, so that nothing moves under the pointer when it comes. */

import { fill, h, OWN_KEYS, say } from "./dom";
import type { Check } from "./protocol";
import type { Desk } from "./step";
import { ready as texts } from "./texts";

const MARKS = { works: "✓", refused: "✕", "not tested": "·" };
const LOOKS = { works: "akw-good", refused: "akw-error", "not tested": "" };

export class Checked {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #summary = h("span");
  readonly #list = h("ul", { class: "akw-checked" });
  #shown = "";

  constructor(desk: Desk) {
    this.#desk = desk;
    const head = h("summary", { class: "akw-summary", ...OWN_KEYS }, this.#summary);
    this.element = h("details", { class: "akw-details" }, head, this.#list);
  }

  update(check: Check | null): void {
    this.element.hidden = !check;
    const shown = JSON.stringify(check);
    if (!check || shown === this.#shown) return;
    this.#shown = shown;
    const text = check.summary ? texts.checked(check.summary) : texts.checking;
    say(this.#summary, text);
    this.#summary.className = check.ok ? "" : "akw-error";
    fill(this.#list, ...check.rows.map(row));
    if (check.summary) this.#desk.announce(text);
  }
}

function row({ what, state, why, mend }: Check["rows"][number]): HTMLElement {
  const reason = h("span", { class: "akw-about" }, `${why} ${mend}`);
  return h(
    "li",
    {},
    h("span", { class: LOOKS[state] }, `${MARKS[state]} `),
    h("b", {}, what),
    ` ${state}`,
    reason,
  );
}
