/** What the new key draws: at once a still picture of a few tiles, and on demand the map, whose code comes then. */

import { Frame } from "../map/frame";
import type { Line } from "../map/line";
import { isClosed, textOf } from "./channel";
import { button, fill, h, say } from "./dom";
import type { Preview as Told } from "./protocol";
import type { Desk } from "./step";
import { map as texts } from "./texts";

const HEIGHT = 320; // pixels of the map
/** Tiles of level 3 around the Mediterranean, the middle ones first: [x, y]. */
const TILES = [4, 3, 5, 2].flatMap((x) => [2, 3].map((y) => [x, y] as const));

export class Preview {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #still: Still | null;
  #frame: Frame | null = null;

  constructor(desk: Desk, { style, reason, map }: Told) {
    this.#desk = desk;
    this.#still = style ? new Still(desk, style) : null;
    const open = map ? button(texts.open, "small", { onclick: () => this.#open() }) : null;
    const instead =
      this.#still?.element ?? h("p", { class: "akw-no-map" }, map ? texts.vector : (reason ?? ""));
    this.element = h("div", { class: "akw-preview" }, instead, open);
  }

  /** Whom to credit: known once the first tile was answered. */
  credit(attribution: string): void {
    this.#still?.credit(attribution);
  }

  close(): void {
    this.#still?.close();
    this.#frame?.close();
  }

  #open(): void {
    this.#frame = new Frame(lineOf(this.#desk), HEIGHT);
    this.#still?.close();
    fill(this.element, this.#frame.element);
    this.#frame.element.tabIndex = -1;
    this.#frame.element.focus();
    void this.#frame.open();
  }
}

/** Tiles that the kernel fetches with the key, around one place; the styles keep their middle in the middle. */
class Still {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #style: string;
  readonly #credit = h("p", { class: "akw-credit" });
  readonly #trouble = h("div", { class: "akw-map-trouble", role: "alert", hidden: true });
  readonly #tiles = TILES.map(([x, y]) =>
    h("div", { class: "akw-tile", style: `grid-area: ${y - 1} / ${x - 1}` }),
  );
  #urls: string[] = [];
  #closed = false;

  constructor(desk: Desk, style: string) {
    this.#desk = desk;
    this.#style = style;
    const picture = h("div", { class: "akw-still", role: "img", "aria-label": texts.still }, ...this.#tiles);
    this.element = h("div", { class: "akw-map" }, picture, this.#credit, this.#trouble);
    this.#load();
  }

  credit(attribution: string): void {
    say(this.#credit, attribution);
  }

  close(): void {
    this.#closed = true;
    this.#urls.forEach(URL.revokeObjectURL);
  }

  #load(): void {
    this.#trouble.hidden = true;
    Promise.all(TILES.map(([x, y], index) => this.#fetch(x, y, index))).catch((error) => this.#fail(error));
  }

  async #fetch(x: number, y: number, index: number): Promise<void> {
    const { buffers } = await this.#desk.ask("tile", { style: this.#style, z: 3, x, y });
    if (this.#closed) return;
    const url = URL.createObjectURL(new Blob([buffers[0] as DataView<ArrayBuffer>], { type: "image/png" }));
    this.#urls.push(url);
    this.#tiles[index]?.style.setProperty("background-image", `url("${url}")`);
  }

  #fail(error: unknown): void {
    if (isClosed(error)) return;
    const retry = button(texts.retry, "small", { onclick: () => this.#load() });
    fill(this.#trouble, h("p", {}, texts.failed(textOf(error))), retry);
    this.#trouble.hidden = false;
  }
}

/** The map's questions go in the form's own messages. */
function lineOf(desk: Desk): Line {
  let asked = 0;
  const ticket = () => desk.id(`map-${++asked}`);
  return {
    ask: (kind, body, signal) => {
      const id = ticket();
      const drop = () =>
        desk.ask("map", { ask: { kind: "drop", id: ticket(), tickets: [id] } }).catch(() => {});
      signal?.addEventListener("abort", drop, { once: true });
      return desk.ask("map", { ask: { ...body, kind, id } }) as ReturnType<Line["ask"]>;
    },
  };
}
