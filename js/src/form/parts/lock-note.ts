/** What stands as the notebook has set it, said once above all of it. */

import { h, icon } from "../dom";

const LOCK = ["M5.5 8V5.8a3.5 3.5 0 0 1 7 0V8", "M3.5 8h11v7.5h-11z"];

/** A lock and a sentence, hidden until it is needed. */
export function lockNote(text: string): HTMLElement {
  return h("p", { class: "akw-locked", hidden: true }, icon(...LOCK), text);
}
