/** The map itself, loaded when the first one is opened. */

import { load } from "../code";
import type { Line } from "../line";
import type { MapLibre } from "./gl-map";
import { type Beginning, MapView } from "./map-view";

export interface View {
  openMap: typeof openMap;
}

/**
 * Draw the map in a place of the page.
 *
 * @returns a function that closes it
 * @throws what the kernel refuses before there is a map to show it at
 */
export async function openMap(place: HTMLElement, line: Line): Promise<() => void> {
  const beginning = (await line.ask("open")) as unknown as Beginning;
  const gl = hasWebGl() ? await bringMapLibre(line) : null;
  const view = new MapView(line, beginning, gl);
  place.replaceChildren(view.element);
  view.begin();
  return () => view.close();
}

/** Where a page lets MapLibre's code not run, pictures are drawn. */
async function bringMapLibre(line: Line): Promise<MapLibre | null> {
  try {
    const [maplibre, fine] = await Promise.all([load<MapLibre>(line, "maplibre"), workersRun()]);
    return fine ? maplibre : null;
  } catch (error) {
    if ((error as Error).name === "AbortError" || "hint" in (error as object)) throw error;
    return null;
  }
}

/** MapLibre waits for its worker in silence where a page's policy lets none run. */
function workersRun(): Promise<boolean> {
  const url = URL.createObjectURL(new Blob(["postMessage(1)"], { type: "text/javascript" }));
  return new Promise<boolean>((resolve) => {
    const worker = new Worker(url);
    worker.onmessage = () => {
      worker.terminate();
      resolve(true);
    };
    worker.onerror = () => resolve(false);
  })
    .catch(() => false)
    .finally(() => URL.revokeObjectURL(url));
}

function hasWebGl(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext(); // browsers allow only some sixteen at a time
  return context !== null;
}
