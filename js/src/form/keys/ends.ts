/** How long a credential's keys live on: in words, with a shape and a colour, and as a number to sort by. */

import type { KeyRow } from "./rows";
import { words } from "./words";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SOON = 3 * DAY;

export interface Ends {
  tone: "good" | "soon" | "ended" | "none";
  mark: string;
  text: string;
  /** Milliseconds since 1970; what has no live key comes last. */
  at: number;
}

export const MARKS = { good: "●", soon: "▲", ended: "✕", none: "○" };

export function endsOf({ legacy, slots }: KeyRow, now: number): Ends {
  if (legacy) return told("ended", words.legacy);
  const live = slots.filter(({ state }) => state === "live");
  if (live.length) {
    const at = Math.max(...live.map(({ ends_utc }) => (ends_utc ? Date.parse(ends_utc) : Number.NaN)));
    if (Number.isNaN(at)) return told("good", words.ends.unknown);
    return { ...told(at - now < SOON ? "soon" : "good", left(at - now)), at };
  }
  const ended = slots.flatMap(({ state, ends_utc }) =>
    state === "ended" && ends_utc ? [Date.parse(ends_utc)] : [],
  );
  if (!ended.length) return told("none", words.ends.none);
  const days = Math.floor((now - Math.max(...ended)) / DAY);
  return told("ended", days > 0 ? words.ends.endedDays(days) : words.ends.endedToday);
}

function told(tone: Ends["tone"], text: string): Ends {
  return { tone, mark: MARKS[tone], text, at: Number.POSITIVE_INFINITY };
}

function left(time: number): string {
  if (time >= DAY) return words.ends.days(Math.floor(time / DAY));
  return time >= HOUR ? words.ends.hours(Math.floor(time / HOUR)) : words.ends.soon;
}
