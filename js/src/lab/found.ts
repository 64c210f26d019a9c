/** API keys in a notebook's text: where they are, and never the keys. */

/** A whole key is no chance wherever it stands, but pictures in base64 have its beginning somewhere. */
const KEY =
  /AAPT[\w.-]{40,1000}?AT[12]_[\w-]{8}|AAPK[\da-fA-F]{32}[\w-]{64}|(?<![\w.+/-])AAP[TK][\w.-]{40,}(?![+/=])/g;
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
  const keys = [...textsIn(content)].flatMap((text) => text.match(KEY) ?? []);
  return [...new Set(keys)].map((key) => ({ where, what: kindOf(key) }));
}

/** Every text, names too; lines of one text are put together, as a key may be cut between them. */
function* textsIn(content: unknown): Generator<string> {
  if (typeof content === "string") yield content;
  else if (Array.isArray(content) && content.every((line) => typeof line === "string"))
    yield content.join("");
  else if (typeof content === "object" && content !== null)
    for (const [name, part] of Object.entries(content)) {
      yield name;
      yield* textsIn(part);
    }
}

function kindOf(key: string): string {
  if (key.startsWith("AAPK")) return "a legacy key";
  const slot = SLOT.exec(key)?.[1];
  return slot ? `a key of slot ${slot}` : "a key";
}
