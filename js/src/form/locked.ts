/** Fields that the notebook has set: seen, read, and not to be changed here. */

import { h, icon } from "./dom";
import type { FieldName, State } from "./protocol";
import { locked as texts } from "./texts";

const LOCK = ["M5.5 8V5.8a3.5 3.5 0 0 1 7 0V8", "M3.5 8h11v7.5h-11z"];

/** Tell whether the notebook has set any of these fields. */
export function isLocked({ locked }: Pick<State, "locked">, ...fields: FieldName[]): boolean {
  return fields.some((field) => locked.includes(field));
}

/** A lock and what it means, hidden until it is needed. */
export function lockMark(id: string): HTMLElement {
  return h("span", { id, class: "akw-lock", hidden: true }, icon(...LOCK), texts.mark);
}

/** A lock and a sentence above all that stands, hidden until it is needed. */
export function lockNote(text: string): HTMLElement {
  return h("p", { class: "akw-locked", hidden: true }, icon(...LOCK), text);
}
