/** Searching the account's items: one question at a time counts, and late answers are dropped. */

import { AskError, Closed } from "./channel";
import type { FoundItem } from "./protocol";
import type { Desk } from "./step";

const PAUSE = 250; // milliseconds without a keystroke before the portal is asked

export class ItemSearch {
  found: FoundItem[] = [];
  total = 0;
  next: number | null = null;
  busy = false;
  trouble: string | null = null;
  text = "";
  readonly #desk: Pick<Desk, "ask">;
  readonly #changed: () => void;
  #run = 0;
  #started = false;
  #timer: number | undefined;

  constructor(desk: Pick<Desk, "ask">, changed: () => void) {
    this.#desk = desk;
    this.#changed = changed;
  }

  /** Search for everything, once. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#search(1);
  }

  /** Search for a text, after a pause in typing. */
  type(text: string): void {
    this.text = text.trim();
    this.#run += 1;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#search(1), PAUSE);
  }

  /** Fetch the next page and put it below the others. */
  more(): void {
    if (this.next !== null && !this.busy) void this.#search(this.next);
  }

  close(): void {
    this.#run += 1;
    clearTimeout(this.#timer);
  }

  async #search(start: number): Promise<void> {
    const run = ++this.#run;
    this.#tell(true, null);
    try {
      const page = await this.#desk.ask("items", { text: this.text, start });
      if (run !== this.#run) return;
      this.found = start === 1 ? page.items : [...this.found, ...page.items];
      this.total = page.total;
      this.next = page.next_start;
      this.#tell(false, null);
    } catch (error) {
      if (run !== this.#run || error instanceof Closed) return;
      this.#tell(false, error instanceof AskError ? error.text : String(error));
    }
  }

  #tell(busy: boolean, trouble: string | null): void {
    this.busy = busy;
    this.trouble = trouble;
    this.#changed();
  }
}
