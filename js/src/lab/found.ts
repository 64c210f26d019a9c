/** API keys in a notebook's text: where they are, and never the keys. */

const KEY = /AAP[TK][\w.-]{40,}/g;
const SLOT = /AT([12])_[\w-]{8}$/;

export interface Found {
  /** Such as *cell 3, output*. */
  where: string;
  /** Such as *slot 1*, or *legacy key*. */
  what: string;
}

interface Cell {
  source?: unknown;
  [part: string]: unknown;
}

/** Look through the sources, outputs, attachments and metadata of a notebook, and its widgets' state. */
export function keysIn(notebook: unknown): Found[] {
  const { cells = [], metadata } = notebook as { cells?: Cell[]; metadata?: unknown };
  const found = cells.flatMap((cell, index) =>
    Object.entries(cell).flatMap(([part, content]) => inPart(`cell ${index + 1}, ${part}`, content)),
  );
  return [...found, ...inPart("the notebook's metadata", metadata)];
}

function inPart(where: string, content: unknown): Found[] {
  const text = typeof content === "string" ? content : (JSON.stringify(content) ?? "");
  const joined =
    Array.isArray(content) && content.every((line) => typeof line === "string") ? content.join("") : text;
  return [...new Set(joined.match(KEY) ?? [])].map((key) => ({ where, what: kindOf(key) }));
}

function kindOf(key: string): string {
  if (key.startsWith("AAPK")) return "a legacy key";
  const slot = SLOT.exec(key)?.[1];
  return slot ? `a key of slot ${slot}` : "a key";
}
