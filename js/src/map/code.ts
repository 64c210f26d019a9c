/** The large parts of the page's code: fetched when first used, by whichever view is first in the page. */

import type { Line } from "./line";

/** Where a page keeps what it has loaded, for every form and map in it. */
export const SHELF = Symbol.for("arcgis-keywidget.map-code");
const PATIENCE = 3_000;
const HASHES = { view: VIEW_HASH, maplibre: MAPLIBRE_HASH, keys: KEYS_HASH, wizard: WIZARD_HASH };

export type Part = keyof typeof HASHES;

/**
 * Return a part of the code, from the kernel only if no other map of this page has it.
 *
 * @throws what the line throws, or the browser where it lets no such code run
 */
export async function load<T>(line: Line, part: Part): Promise<T> {
  const place = globalThis as { [SHELF]?: Map<string, Promise<unknown>> };
  place[SHELF] ??= new Map();
  const shelf = place[SHELF];
  const name = `${part}-${HASHES[part]}`;
  const coming = shelf.get(name);
  const found = coming && (await patiently(coming));
  if (found) return found as T;
  const asked = bring(line, part);
  shelf.set(name, asked);
  try {
    return (await asked) as T;
  } catch (error) {
    if (shelf.get(name) === asked) shelf.delete(name);
    throw error;
  }
}

/** Who asked first may have been closed meanwhile, or wait for a kernel that is gone: then the next one asks. */
async function patiently(coming: Promise<unknown>): Promise<unknown> {
  let timer: number | undefined;
  const patience = new Promise((resolve) => {
    timer = window.setTimeout(resolve, PATIENCE, null);
  });
  try {
    return await Promise.race([coming, patience]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
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
