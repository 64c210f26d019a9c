/** Dates as people write them; the portal counts in UTC. */

import type { DraftFields } from "./protocol";

const DAY = { day: "numeric", month: "short", year: "numeric" } as const;
const MINUTE = { ...DAY, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const DAY_LONG = 86_400_000; // milliseconds
const MARGIN = 3_600_000; // a full year must not be refused because the portal's clock is a little behind

/** A day on the person's own calendar, such as `30 Nov 2026`. */
export function formatDay(time: number): string {
  return new Intl.DateTimeFormat("en-GB", DAY).format(time);
}

/** A moment in UTC, such as `30 Nov 2026, 23:59 UTC`. */
export function formatUtc(moment: string | number): string {
  return `${new Intl.DateTimeFormat("en-GB", { ...MINUTE, timeZone: "UTC" }).format(new Date(moment))} UTC`;
}

/** The same moment on the person's clock, or null where that is UTC. */
export function formatLocal(time: string | number): string | null {
  const moment = new Date(time);
  return moment.getTimezoneOffset() === 0 ? null : new Intl.DateTimeFormat("en-GB", MINUTE).format(moment);
}

/** When a key of these settings would end if it were made now; null where they name no possible end. */
export function endOf({ ends, days, ephemeral }: DraftFields, most: number): number | null {
  const now = Date.now();
  if (ephemeral) return now + DAY_LONG;
  const end = ends ? Date.parse(ends) : now + (days === "" ? Number.NaN : Number(days)) * DAY_LONG;
  return end > now && end <= now + most * DAY_LONG ? end : null;
}

/** A day that lies some days ahead on the person's calendar, as a date input writes it. */
export function dayAhead(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return dayOf(day);
}

/** The day of a moment on the person's calendar, as a date input writes it; empty for no moment. */
export function dayOf(time: Date | string): string {
  const day = new Date(time || Number.NaN);
  if (Number.isNaN(day.getTime())) return "";
  return `${pad(day.getFullYear(), 4)}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
}

/** The last second of a day on the person's clock, or the limit where that comes first: ISO with its offset. */
export function endOfDay(day: string, most: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const end = new Date(0);
  end.setFullYear(year, month - 1, date); // a year below 100 is no year of the last century
  end.setHours(23, 59, 59);
  const limit = new Date(Date.now() + most * DAY_LONG - MARGIN);
  return formatIso(end > limit && day <= dayAhead(most) ? limit : end);
}

function formatIso(moment: Date): string {
  const offset = -moment.getTimezoneOffset();
  const clock = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map((part) => pad(part));
  const zone = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) => pad(part));
  return `${dayOf(moment)}T${clock.join(":")}${offset < 0 ? "-" : "+"}${zone.join(":")}`;
}

function pad(number: number, digits = 2): string {
  return String(number).padStart(digits, "0");
}
