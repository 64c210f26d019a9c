/** From the addresses in a style, which lead nowhere, to questions: what is asked for is named, never located. */

import type { Answer, Line } from "../line";

const AT_ONCE = 12;

interface Question {
  kind: string;
  body: object;
}

/** Read an address below `akw://NUMBER`; null for any other. */
export function read(url: string): Question | null {
  const [, number, path] = /^akw[\w-]*:\/\/(\d+)\/(.+)$/.exec(url) ?? [];
  if (number === undefined || path === undefined) return null;
  const of = { number: Number(number) };
  const tile = /^tiles\/(.+)\/(\d+)\/(\d+)\/(\d+)\.(?:pbf|img)$/.exec(path);
  if (tile) {
    const [z, x, y] = tile.slice(2).map(Number);
    return { kind: "tile", body: { ...of, source: decodeURIComponent(tile[1] ?? ""), z, x, y } };
  }
  const glyphs = /^glyphs\/(.+)\/(\d+-\d+)\.pbf$/.exec(path);
  if (glyphs)
    return {
      kind: "glyphs",
      body: { ...of, fontstack: decodeURIComponent(glyphs[1] ?? ""), range: glyphs[2] },
    };
  return /^sprite(@2x)?\.(json|png)$/.test(path) ? { kind: "sprite", body: { ...of, name: path } } : null;
}

/** Fetches parts, some at a time: what a moving map no longer wants is mostly not asked for at all. */
export class Parts {
  readonly #line: Line;
  readonly #waiting: (() => void)[] = [];
  #asked = 0;

  constructor(line: Line) {
    this.#line = line;
  }

  /** @throws Error: an address that names no part, or what the line throws */
  async fetch({ kind, body }: Question, signal: AbortSignal): Promise<ArrayBuffer> {
    if (this.#asked >= AT_ONCE) await this.#turn(signal);
    this.#asked++;
    try {
      signal.throwIfAborted();
      return bytes(await this.#line.ask(kind, body, signal));
    } finally {
      this.#asked--;
      this.#waiting.shift()?.();
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      const leave = () => {
        const place = this.#waiting.indexOf(resolve);
        if (place < 0) return; // its turn has come; it looks at the signal itself
        this.#waiting.splice(place, 1);
        reject(signal.reason);
      };
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
    });
  }
}

function bytes({ buffers }: Answer): ArrayBuffer {
  const [view] = buffers;
  return view
    ? (view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength) as ArrayBuffer)
    : new ArrayBuffer(0);
}
