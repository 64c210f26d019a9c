/** How long a key lives on: in words, and as a tone that has a shape beside its colour. */

import { h } from "./dom";
import { left as texts } from "./texts";

const HOUR = 3_600_000; // milliseconds
const DAY = 24 * HOUR;
const SOON = 3 * DAY;
const MARKS = { good: "●", soon: "▲", ended: "✕", none: "○" };

export type Tone = keyof typeof MARKS;

/** @param time that is left, in milliseconds */
export function toneOf(time: number, soon = SOON): Tone {
  return time <= 0 ? "ended" : time < soon ? "soon" : "good";
}

export function leftText(time: number): string {
  if (time <= 0) return texts.over;
  if (time >= DAY) return texts.days(Math.floor(time / DAY));
  return time >= HOUR ? texts.hours(Math.floor(time / HOUR)) : texts.soon;
}

/** The shape that stands before the words. */
export function markOf(tone: Tone): HTMLElement {
  return h("span", { class: `akw-ends akw-ends-${tone}`, "aria-hidden": "true" }, MARKS[tone]);
}
