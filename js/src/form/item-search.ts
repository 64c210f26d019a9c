/** Searching the portal's items: one question at a time counts, and late answers are dropped. */

import { isClosed, textOf } from "./channel";
import type { FoundItem } from "./protocol";
import type { Desk } from "./step";

const PAUSE = 250; // milliseconds without a keystroke before the portal is asked

/** What is searched for: words, what kinds of items, and whose. */
export interface Query {
  text: string;
  kinds: "layers" | "maps" | "files" | "all";
  /** Empty for one's own, `*` for all that can be seen, a user name; or null while that is not written. */
  owner: string | null;
}

export class ItemSearch {
  found: FoundItem[] = [];
  total = 0;
  next: number | null = null;
  busy = false;
  trouble: string | null = null;
  query: Query = { text: "", kinds: "layers", owner: "" };
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
    if (!this.#started) this.refine({});
  }

  /** Search for something else after a pause in typing; what is under way counts no more. */
  type(part: Partial<Query>): void {
    this.#drop();
    this.query = { ...this.query, ...part };
    this.#tell(true, null);
    this.#timer = window.setTimeout(() => void this.#search(1), PAUSE);
  }

  /** Search for something else, or for the same once more, at once. */
  refine(part: Partial<Query>): void {
    this.#drop();
    this.query = { ...this.query, ...part };
    void this.#search(1);
  }

  /** Fetch the next page and put it below the others. */
  more(): void {
    if (this.next !== null && !this.busy) void this.#search(this.next);
  }

  /** Ask once more for what did not come. */
  retry(): void {
    if (this.found.length) this.more();
    else this.refine({});
  }

  close(): void {
    this.#drop();
  }

  #drop(): void {
    this.#started = true;
    this.#run += 1;
    clearTimeout(this.#timer);
  }

  async #search(start: number): Promise<void> {
    const run = ++this.#run;
    if (this.query.owner === null) return this.#forget();
    this.#tell(true, null);
    try {
      const page = await this.#desk.ask("items", { ...this.query, start });
      if (run !== this.#run) return;
      this.found = start === 1 ? page.items : [...this.found, ...page.items];
      this.total = page.total;
      this.next = page.next_start;
      this.#tell(false, null);
    } catch (error) {
      if (run !== this.#run || isClosed(error)) return;
      if (start === 1) this.#forget(); // what was listed answers another question
      this.#tell(false, textOf(error));
    }
  }

  #forget(): void {
    this.found = [];
    this.total = 0;
    this.next = null;
    this.#tell(false, null);
  }

  #tell(busy: boolean, trouble: string | null): void {
    this.busy = busy;
    this.trouble = trouble;
    this.#changed();
  }
}
