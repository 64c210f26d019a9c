/** A box that says what happened and what state things are in. */

import { h } from "./dom";

type Tone = "ok" | "warn" | "bad";

const MARKS = { ok: "✓", warn: "!", bad: "✕" }; // shape beside colour

/** Draw a notice; `bad` and `warn` interrupt a screen reader, `ok` waits its turn. */
export function notice(tone: Tone, title: Node | string, ...text: (Node | string)[]): HTMLElement {
  const mark = h("span", { class: "akw-mark", "aria-hidden": "true" }, MARKS[tone]);
  const words = h("div", {}, h("b", {}, title), ...text.filter(Boolean).map((part) => h("div", {}, part)));
  return h("div", { class: `akw-notice akw-${tone}`, role: tone === "ok" ? "status" : "alert" }, mark, words);
}
