/** The large parts of the page's code: fetched when first used, by whichever view is first in the page. */

import type { Line } from "./line";

const SHELF = Symbol.for("arcgis-keywidget.map-code");
const HASHES = { view: VIEW_HASH, maplibre: MAPLIBRE_HASH };

/**
 * Return a part of the code, from the kernel only if no other map of this page has it.
 *
 * @throws what the line throws, or the browser where it lets no such code run
 */
export function load<T>(line: Line, part: keyof typeof HASHES): Promise<T> {
  const place = globalThis as { [SHELF]?: Map<string, Promise<unknown>> };
  place[SHELF] ??= new Map();
  const shelf = place[SHELF];
  const name = `${part}-${HASHES[part]}`;
  const coming = shelf.get(name);
  // Who asked first may have been closed meanwhile: then the next one asks.
  if (coming) return coming.catch(() => load<T>(line, part)) as Promise<T>;
  const asked = bring(line, part);
  shelf.set(name, asked);
  asked.catch(() => shelf.delete(name));
  return asked as Promise<T>;
}

async function bring(line: Line, part: string): Promise<unknown> {
  const { buffers } = await line.ask("code", { part });
  const packed = new Blob([buffers[0] as DataView<ArrayBuffer>]);
  const unpacked = packed.stream().pipeThrough(new DecompressionStream("gzip"));
  const code = new Blob([await new Response(unpacked).arrayBuffer()], { type: "text/javascript" });
  const url = URL.createObjectURL(code);
  try {
    return await import(/* @vite-ignore */ url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
