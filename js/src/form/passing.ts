/** The passing of time, for what a page tells of it; the kernel is never asked, so nothing keeps it alive. */

const STEP = 30_000; // milliseconds

/** Milliseconds: of a key that lives a day at most, two hours are worth a warning. */
export const SOON_OF_A_DAY = 2 * 3_600_000;

/**
 * Call back every half minute, and when the page is seen again: a machine that slept has stopped the timers.
 * Who is called compares with the clock: an end may be further away than one timer can wait.
 *
 * @returns what ends it
 */
export function followTime(tick: () => void): () => void {
  const timer = window.setInterval(tick, STEP);
  const seen = () => document.hidden || tick();
  document.addEventListener("visibilitychange", seen);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", seen);
  };
}
