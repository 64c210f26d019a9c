/** Where the keys lead to in a tree. */

import type { Row } from "./tree-row";

const PAUSE = 500; // milliseconds after which typing begins a new word

/** The row that a key moves to, if it moves. */
export function targetOf(key: string, row: Row, visible: readonly Row[]): Row | undefined {
  const index = visible.indexOf(row);
  if (key === "ArrowDown") return visible[index + 1];
  if (key === "ArrowUp") return visible[index - 1];
  if (key === "Home") return visible[0];
  if (key === "End") return visible.at(-1);
  if (key === "ArrowLeft") return row.parent ?? undefined;
  return key === "ArrowRight" && row.open ? row.children.find((child) => child.shown) : undefined;
}

/** Finding a row by the first letters of its title. */
export class Typing {
  #word = "";
  #at = 0;

  /** The next row that begins with what was typed; one letter again and again goes through all of its rows. */
  find(letter: string, row: Row, visible: readonly Row[]): Row | undefined {
    const now = Date.now();
    this.#word = (now - this.#at > PAUSE ? "" : this.#word) + letter.toLowerCase();
    this.#at = now;
    const same = [...this.#word].every((one) => one === this.#word[0]);
    const word = same ? (this.#word[0] as string) : this.#word;
    const from = visible.indexOf(row) + (same ? 1 : 0);
    const order = [...visible.slice(from), ...visible.slice(0, from)];
    return order.find(({ node }) => node.title.toLowerCase().startsWith(word));
  }
}
