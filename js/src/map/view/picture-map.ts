/** The map where there is no WebGL: static tiles laid side by side, the layer on a canvas above them. */

import { button, h, OWN_KEYS, say } from "../../form/dom";
import type { Line } from "../line";
import { bound, lookAt, type Spot, spots, TileStore, type View, zoom } from "../tiles";
import type { Bounds, Row } from "./layer";
import { Shapes } from "./shapes";
import type { Ear, OpenedStyle, Place, Surface } from "./surface";
import { words } from "./words";

const STRIDE = 64; // pixels that an arrow key moves
const HIGHEST = 22;
const CLICK = 4; // pixels that a pointer may move and still have clicked
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-STRIDE, 0],
  ArrowRight: [STRIDE, 0],
  ArrowUp: [0, -STRIDE],
  ArrowDown: [0, STRIDE],
};
const ZOOMS: Record<string, number> = { "+": 1, "=": 1, "-": -1, _: -1 };

export class PictureMap implements Surface {
  readonly element: HTMLElement;
  readonly #line: Line;
  readonly #ear: Ear;
  readonly #surface = h("div", {
    class: "akwm-tiles",
    role: "region",
    tabindex: 0,
    "aria-label": words.map,
    ...OWN_KEYS,
  });
  readonly #credit = h("p", { class: "akwm-credit" });
  readonly #shapes = new Shapes();
  readonly #size = new ResizeObserver(() => this.#go(zoom(this.#view, 0, this.#height)));
  readonly #drawn = new Map<string, HTMLElement>();
  #store: TileStore | null = null;
  #view: View = lookAt(0, 0, 1);
  #grabbed: { x: number; y: number; far: boolean } = { x: 0, y: 0, far: false };
  #pending = false;

  constructor(line: Line, ear: Ear) {
    this.#line = line;
    this.#ear = ear;
    const zooms = (
      [
        [1, "+", words.zoomIn],
        [-1, "−", words.zoomOut],
      ] as const
    ).map(([by, sign, label]) =>
      button(sign, "small", { class: "akwm-button", "aria-label": label, onclick: () => this.#zoom(by) }),
    );
    const parts = [
      this.#surface,
      this.#shapes.canvas,
      h("div", { class: "akwm-zoom" }, ...zooms),
      this.#credit,
    ];
    this.element = h("div", { class: "akwm-surface" }, ...parts);
  }

  begin({ center: [longitude, latitude], zoom: level }: Place): void {
    this.#listen();
    this.#go(lookAt(longitude, latitude, Math.round(level) + 1));
    this.#size.observe(this.element);
  }

  show({ number, credit }: OpenedStyle): void {
    this.#store?.close();
    this.#pending = true;
    const fetch = async ({ z, x, y }: { z: number; x: number; y: number }) => {
      const { buffers, type } = await this.#line.ask("tile", { number, source: "pictures", z, x, y });
      return new Blob([buffers[0] as DataView<ArrayBuffer>], { type: String(type) });
    };
    this.#store = new TileStore(fetch, () => this.#draw(), this.#ear.failed);
    say(this.#credit, credit);
    this.#go(this.#view);
  }

  setRows(rows: readonly Row[]): void {
    this.#shapes.setRows(rows);
    if (rows.length) this.#surface.setAttribute("aria-label", words.mapWithLayer);
    this.#draw();
  }

  fit([west, south, east, north]: Bounds): void {
    const middle = (north + south) / 2;
    const at = (z: number): [View, View] => [
      lookAt(west, Math.min(north, 85), z),
      lookAt(east, Math.max(south, -85), z),
    ];
    let level = 16;
    for (; level > 0; level--) {
      const [a, b] = at(level);
      if (b.x - a.x < this.#width - 60 && b.y - a.y < this.#height - 60) break;
    }
    const [a, b] = at(level);
    const { x } = lookAt((west + east) / 2, middle, level);
    this.#go({ z: level, x, y: (a.y + b.y) / 2 });
  }

  retry(): void {
    this.#pending = true;
    this.#store?.retry();
    this.#draw();
  }

  focus(): void {
    this.#surface.focus();
  }

  close(): void {
    this.#size.disconnect();
    this.#store?.close();
  }

  get #width(): number {
    return this.#surface.clientWidth;
  }

  get #height(): number {
    return this.#surface.clientHeight;
  }

  #go(view: View): void {
    const before = this.#view.z;
    this.#view = bound(zoom(view, 0, this.#height), this.#height);
    if (this.#height > 0) this.#store?.want(spots(this.#view, this.#width, this.#height));
    this.#draw();
    if (this.#view.z !== before) this.#ear.zoomed(this.#view.z - 1);
  }

  #move(dx: number, dy: number): void {
    const { z, x, y } = this.#view;
    this.#go({ z, x: x + dx, y: y + dy });
  }

  #zoom(by: number, dx = 0, dy = 0): void {
    if (this.#view.z + by <= HIGHEST) this.#go(zoom(this.#view, by, this.#height, dx, dy));
  }

  #draw(): void {
    const seen = spots(this.#view, this.#width, this.#height);
    const keys = new Set(seen.map((spot) => this.#place(spot)));
    for (const [key, tile] of this.#drawn) {
      if (keys.has(key)) continue;
      tile.remove();
      this.#drawn.delete(key);
    }
    this.#shapes.draw(this.#view, this.#width, this.#height);
    if (this.#pending && seen.length && seen.every((spot) => this.#store?.url(spot))) {
      this.#pending = false;
      this.#ear.drawn();
    }
  }

  #place(spot: Spot): string {
    const key = `${spot.z}/${spot.y}/${spot.x}/${spot.turn}`;
    const tile = this.#drawn.get(key) ?? this.#surface.appendChild(h("div", { class: "akwm-tile" }));
    this.#drawn.set(key, tile);
    tile.style.transform = `translate(${Math.round(spot.left)}px, ${Math.round(spot.top)}px)`;
    this.#paint(tile, spot);
    return key;
  }

  /** Until a tile is here, the quarter of the tile above it stands in. */
  #paint(tile: HTMLElement, { z, x, y }: Spot): void {
    const own = this.#store?.url({ z, x, y });
    const above = own ?? this.#store?.url({ z: z - 1, x: x >> 1, y: y >> 1 });
    tile.classList.toggle("akwm-loading", !above);
    tile.style.backgroundImage = above ? `url("${above}")` : "";
    tile.style.backgroundSize = own ? "100%" : "200%";
    tile.style.backgroundPosition = own ? "" : `${(x & 1) * 100}% ${(y & 1) * 100}%`;
  }

  #listen(): void {
    const surface = this.#surface;
    surface.addEventListener("keydown", this.#onKey);
    surface.addEventListener("wheel", this.#onWheel, { passive: false });
    surface.addEventListener("dblclick", (event) => this.#zoom(1, ...this.#fromCentre(event)));
    surface.addEventListener("pointerdown", this.#onGrab);
    surface.addEventListener("pointermove", this.#onDrag);
    surface.addEventListener("pointerup", this.#onLetGo);
  }

  readonly #onGrab = ({ button: pressed, pointerId, clientX, clientY }: PointerEvent): void => {
    if (pressed !== 0) return;
    this.#surface.setPointerCapture(pointerId);
    this.#grabbed = { x: clientX, y: clientY, far: false };
  };

  readonly #onDrag = ({ pointerId, clientX, clientY }: PointerEvent): void => {
    if (!this.#surface.hasPointerCapture(pointerId)) return;
    const { x, y, far } = this.#grabbed;
    const [dx, dy] = [x - clientX, y - clientY];
    if (!far && Math.hypot(dx, dy) < CLICK) return;
    this.#grabbed = { x: clientX, y: clientY, far: true };
    this.#move(dx, dy);
  };

  readonly #onLetGo = (event: PointerEvent): void => {
    if (event.button !== 0 || this.#grabbed.far) return;
    const [x, y] = this.#fromCentre(event);
    this.#ear.picked(this.#shapes.at(x + this.#width / 2, y + this.#height / 2), false);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    const by = ZOOMS[event.key];
    if (move) this.#move(...move);
    else if (by) this.#zoom(by);
    else if (event.key === "Enter")
      this.#ear.picked(this.#shapes.at(this.#width / 2, this.#height / 2), true);
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
