/** Dates as people write them; the portal counts in UTC. */

const DAY = { day: "numeric", month: "short", year: "numeric" } as const;
const MINUTE = { ...DAY, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** A day on the person's own calendar, such as `30 Nov 2026`. */
export function formatDay(time: number): string {
  return new Intl.DateTimeFormat("en-GB", DAY).format(time);
}

/** A moment in UTC, such as `30 Nov 2026, 23:59 UTC`. */
export function formatUtc(iso: string): string {
  return `${new Intl.DateTimeFormat("en-GB", { ...MINUTE, timeZone: "UTC" }).format(new Date(iso))} UTC`;
}

/** The same moment on the person's clock, or null where that is UTC. */
export function formatLocal(iso: string): string | null {
  const moment = new Date(iso);
  return moment.getTimezoneOffset() === 0 ? null : new Intl.DateTimeFormat("en-GB", MINUTE).format(moment);
}
