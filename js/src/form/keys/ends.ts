/** How long a credential's keys live on: in words, with a shape and a colour, and as a number to sort by. */

import { leftText, type Tone, toneOf } from "../left";
import type { KeyRow, SlotRow } from "./rows";
import { words } from "./words";

const DAY = 86_400_000;

export interface Ends {
  tone: Tone;
  text: string;
  /** Milliseconds since 1970; what has no live key comes last. */
  at: number;
}

/** The kernel's word of a slot may be old: one whose end is past by the page's clock counts as ended. */
export function endsOf({ legacy, slots }: KeyRow, now: number): Ends {
  if (legacy) return told("ended", words.legacy);
  const past = ({ ends_utc }: SlotRow) => ends_utc !== null && Date.parse(ends_utc) <= now;
  const live = slots.filter((slot) => slot.state === "live" && !past(slot));
  if (live.length) {
    const at = Math.max(...live.map(({ ends_utc }) => (ends_utc ? Date.parse(ends_utc) : Number.NaN)));
    if (Number.isNaN(at)) return told("good", words.ends.unknown);
    return { ...told(toneOf(at - now), leftText(at - now)), at };
  }
  const ended = slots.flatMap(({ state, ends_utc }) =>
    state !== "free" && ends_utc ? [Date.parse(ends_utc)] : [],
  );
  if (!ended.length) return told("none", words.ends.none);
  const days = Math.floor((now - Math.max(...ended)) / DAY);
  return told("ended", days > 0 ? words.ends.endedDays(days) : words.ends.endedToday);
}

function told(tone: Ends["tone"], text: string): Ends {
  return { tone, text, at: Number.POSITIVE_INFINITY };
}
