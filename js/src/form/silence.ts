/** How long the kernel has been silent: said after some seconds, and again when it has to count as lost. */

export type Silence = "none" | "waiting" | "lost";

const PROBE_AFTER = 3_000;
const WAITING_AFTER = 4_000;
const LOST_AFTER = 15_000;

/**
 * Any word of the kernel after a question ends the wait: it lives, whatever it is busy with. Where the question
 * itself brings none, the portal may be slow: only a kernel that does not answer a probe either is silent.
 */
export class SilenceClock {
  readonly #probe: () => void;
  readonly #say: (silence: Silence) => void;
  #timers: number[] = [];
  #said: Silence = "none";

  constructor(probe: () => void, say: (silence: Silence) => void) {
    this.#probe = probe;
    this.#say = say;
  }

  /** Begin to wait, unless that has begun. */
  start(): void {
    if (this.#timers.length) return;
    this.#timers = [
      window.setTimeout(this.#probe, PROBE_AFTER),
      window.setTimeout(() => this.say("waiting"), WAITING_AFTER),
      window.setTimeout(() => this.say("lost"), LOST_AFTER),
    ];
  }

  /** Stop waiting. */
  stop(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
  }

  /** Say what is so now, if it is something else than before. */
  say(silence: Silence): void {
    if (silence !== this.#said) this.#say(silence);
    this.#said = silence;
  }
}
