/** A small map: raster tiles that the kernel fetches with the key, so that the page never holds it. */

import { button, h, OWN_KEYS, say } from "./dom";
import type { Desk } from "./step";
import { map as texts } from "./texts";
import { bound, lookAt, type Spot, spots, type Tile, TileStore, type View, zoom } from "./tiles";

const STRIDE = 64; // pixels that an arrow key moves
const START = lookAt(12, 44, 3);
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-STRIDE, 0],
  ArrowRight: [STRIDE, 0],
  ArrowUp: [0, -STRIDE],
  ArrowDown: [0, STRIDE],
};
const ZOOMS: Record<string, number> = { "+": 1, "=": 1, "-": -1, _: -1 };

export class TileMap {
  readonly element: HTMLElement;
  readonly #surface: HTMLElement;
  readonly #trouble: HTMLElement;
  readonly #reason = h("p");
  readonly #credit = h("p", { class: "akw-credit" });
  readonly #store: TileStore;
  readonly #size: ResizeObserver;
  readonly #drawn = new Map<string, HTMLElement>();
  #view: View = START;
  #grabbed: [number, number] = [0, 0];

  constructor(desk: Desk, style: string) {
    const retry = button(texts.retry, "small", { onclick: () => this.#retry() });
    this.#trouble = h("div", { class: "akw-map-trouble", role: "alert", hidden: true }, this.#reason, retry);
    this.#surface = h("div", {
      class: "akw-surface",
      role: "application",
      tabindex: 0,
      "aria-label": texts.label,
      ...OWN_KEYS,
    });
    const parts = [this.#surface, this.#zoomButtons(), this.#credit, this.#trouble];
    this.element = h("div", { class: "akw-map" }, ...parts);
    this.#store = new TileStore(
      (tile) => fetchTile(desk, style, tile),
      () => this.#draw(),
    );
    this.#listen();
    this.#size = new ResizeObserver(() => this.#go(zoom(this.#view, 0, this.#height)));
    this.#size.observe(this.element);
  }

  /** Whom to credit: known once the first tile was answered. */
  credit(attribution: string): void {
    say(this.#credit, attribution);
  }

  close(): void {
    this.#size.disconnect();
    this.#store.close();
  }

  get #height(): number {
    return this.#surface.clientHeight;
  }

  #go(view: View): void {
    this.#view = bound(view, this.#height);
    if (this.#height > 0) this.#store.want(spots(this.#view, this.#surface.clientWidth, this.#height));
    this.#draw();
  }

  #move(dx: number, dy: number): void {
    const { z, x, y } = this.#view;
    this.#go({ z, x: x + dx, y: y + dy });
  }

  #zoom(by: number, dx = 0, dy = 0): void {
    this.#go(zoom(this.#view, by, this.#height, dx, dy));
  }

  #retry(): void {
    this.#store.retry();
    this.#draw();
    this.#surface.focus();
  }

  #draw(): void {
    const seen = spots(this.#view, this.#surface.clientWidth, this.#height);
    const keys = new Set(seen.map((spot) => this.#place(spot)));
    for (const [key, tile] of this.#drawn) {
      if (keys.has(key)) continue;
      tile.remove();
      this.#drawn.delete(key);
    }
    this.#trouble.hidden = this.#store.trouble === null;
    say(this.#reason, this.#store.trouble ? texts.failed(this.#store.trouble) : "");
  }

  #place(spot: Spot): string {
    const key = `${spot.z}/${spot.y}/${spot.x}/${spot.turn}`;
    const tile = this.#drawn.get(key) ?? this.#surface.appendChild(h("div", { class: "akw-tile" }));
    this.#drawn.set(key, tile);
    tile.style.transform = `translate(${Math.round(spot.left)}px, ${Math.round(spot.top)}px)`;
    this.#paint(tile, spot);
    return key;
  }

  /** Until a tile is here, the quarter of the tile above it stands in. */
  #paint(tile: HTMLElement, { z, x, y }: Spot): void {
    const own = this.#store.url({ z, x, y });
    const above = own ?? this.#store.url({ z: z - 1, x: x >> 1, y: y >> 1 });
    tile.classList.toggle("akw-loading", !above);
    tile.style.backgroundImage = above ? `url("${above}")` : "";
    tile.style.backgroundSize = own ? "100%" : "200%";
    tile.style.backgroundPosition = own ? "" : `${(x & 1) * 100}% ${(y & 1) * 100}%`;
  }

  #zoomButtons(): HTMLElement {
    const zoomIn = button("+", "small", { "aria-label": texts.zoomIn, onclick: () => this.#zoom(1) });
    const zoomOut = button("−", "small", { "aria-label": texts.zoomOut, onclick: () => this.#zoom(-1) });
    return h("div", { class: "akw-zoom" }, zoomIn, zoomOut);
  }

  #listen(): void {
    this.#surface.addEventListener("keydown", this.#onKey);
    this.#surface.addEventListener("wheel", this.#onWheel, { passive: false });
    this.#surface.addEventListener("dblclick", (event) => this.#zoom(1, ...this.#fromCentre(event)));
    this.#surface.addEventListener("pointerdown", this.#onGrab);
    this.#surface.addEventListener("pointermove", this.#onDrag);
  }

  readonly #onGrab = ({ button, pointerId, clientX, clientY }: PointerEvent): void => {
    if (button !== 0) return;
    this.#surface.setPointerCapture(pointerId);
    this.#grabbed = [clientX, clientY];
  };

  readonly #onDrag = ({ pointerId, clientX, clientY }: PointerEvent): void => {
    if (!this.#surface.hasPointerCapture(pointerId)) return;
    const [x, y] = this.#grabbed;
    this.#grabbed = [clientX, clientY];
    this.#move(x - clientX, y - clientY);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    const by = ZOOMS[event.key];
    if (move) this.#move(...move);
    else if (by) this.#zoom(by);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** The plain wheel goes on scrolling the notebook; with Ctrl, as browsers report a pinch too, it zooms. */
  readonly #onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#zoom(event.deltaY < 0 ? 1 : -1, ...this.#fromCentre(event));
  };

  #fromCentre({ clientX, clientY }: MouseEvent): [number, number] {
    const box = this.#surface.getBoundingClientRect();
    return [clientX - box.left - box.width / 2, clientY - box.top - box.height / 2];
  }
}

async function fetchTile(desk: Desk, style: string, { z, x, y }: Tile): Promise<Blob> {
  const { buffers } = await desk.ask("tile", { style, z, x, y });
  return new Blob([buffers[0] as DataView<ArrayBuffer>], { type: "image/png" });
}
