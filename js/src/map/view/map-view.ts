/** The map and what stands around it: the choice of basemap, the layer, what went wrong, what is said aloud. */

import { fill, h, OWN_KEYS, say } from "../../form/dom";
import type { Line } from "../line";
import { Card } from "./card";
import { GlMap, type MapLibre } from "./gl-map";
import { boundsOf, type Row, rowsOf } from "./layer";
import { type Choice, picker } from "./picker";
import { PictureMap } from "./picture-map";
import type { Ear, OpenedStyle, Surface } from "./surface";
import { Trouble } from "./trouble";
import css from "./view.css?inline";
import { words } from "./words";

/** What the kernel says when a map is opened. */
export interface Beginning {
  styles: Choice[];
  style: string;
  center: [number, number] | null;
  zoom: number | null;
  layer: boolean;
}

const WORLD = { center: [10, 20] as [number, number], zoom: 0.8 };
const CLOSER = 8; // level of a place without one

export class MapView {
  readonly element: HTMLElement;
  readonly #line: Line;
  readonly #beginning: Beginning;
  readonly #stage = h("div", { class: "akwm-stage" });
  readonly #trouble = new Trouble(words.notDrawn, () => this.#surface.focus());
  readonly #layerTrouble = new Trouble(words.layerNotDrawn, () => this.#surface.focus());
  readonly #note = h("p", { class: "akwm-note", hidden: true });
  readonly #live = h("div", { class: "akwm-unseen", role: "status" });
  readonly #fit = h(
    "button",
    { type: "button", class: "akwm-button", hidden: true, ...OWN_KEYS },
    words.zoomToLayer,
  );
  readonly #card: Card;
  #surface: Surface;
  #rows: Row[] = [];
  #style: string;
  #title: string;
  #turn = 0;
  #closed = false;

  constructor(line: Line, beginning: Beginning, webgl: MapLibre | null) {
    this.#line = line;
    this.#beginning = beginning;
    this.#style = beginning.style;
    this.#title = beginning.styles.find(({ name }) => name === beginning.style)?.title ?? beginning.style;
    this.#surface = webgl ? new GlMap(webgl, line, this.#ear) : new PictureMap(line, this.#ear);
    this.#card = new Card(() => this.#surface.focus());
    this.#fit.addEventListener("click", () => this.#zoomToLayer());
    const choice = picker(beginning.styles, this.#style, webgl !== null, (...chosen) =>
      this.#choose(...chosen),
    );
    const bar = h("div", { class: "akwm-bar" }, choice, this.#fit);
    this.#lay();
    const styles = [webgl?.css ?? "", css].map((text) => h("style", {}, text));
    this.element = h("div", { class: "akwm-view" }, ...styles, bar, this.#stage, this.#note, this.#live);
  }

  /** Called once the map stands in the page. */
  begin(): void {
    const { center, zoom, layer } = this.#beginning;
    const place = { center: center ?? WORLD.center, zoom: zoom ?? (center ? CLOSER : WORLD.zoom) };
    try {
      this.#surface.begin(place);
    } catch {
      this.#surface.close();
      this.#surface = new PictureMap(this.#line, this.#ear); // the browser has no WebGL left after all
      this.#lay();
      this.#surface.begin(place);
    }
    void this.#open();
    if (layer) void this.#bringLayer();
  }

  close(): void {
    this.#closed = true;
    this.#surface.close();
    this.element.remove();
  }

  #lay(): void {
    const told = [this.#trouble.element, this.#layerTrouble.element];
    fill(
      this.#stage,
      this.#surface.element,
      this.#card.element,
      h("div", { class: "akwm-troubles" }, ...told),
    );
  }

  get #ear(): Ear {
    return {
      drawn: () => this.#drawn(),
      failed: (error) => this.#fail(error, () => this.#surface.retry()),
      restored: () => this.#trouble.clear(),
      picked: (rows, byKey) => this.#pick(rows, byKey),
      zoomed: (level) => this.#announce(words.level(Math.round(level))),
    };
  }

  #choose(name: string, title: string): void {
    this.#style = name;
    this.#title = title;
    void this.#open();
  }

  async #open(): Promise<void> {
    const turn = ++this.#turn;
    this.#stage.setAttribute("aria-busy", "true");
    try {
      const opened = await this.#line.ask("style", {
        style: this.#style,
        webgl: this.#surface instanceof GlMap,
      });
      if (this.#closed || turn !== this.#turn) return;
      const document = JSON.parse(new TextDecoder().decode(opened.buffers[0]));
      this.#trouble.clear();
      this.#surface.show({ ...opened, document } as unknown as OpenedStyle);
    } catch (error) {
      if (turn === this.#turn) this.#fail(error, () => void this.#open());
    }
  }

  async #bringLayer(): Promise<void> {
    try {
      const { buffers, more, none } = await this.#line.ask("layer");
      if (none || this.#closed) return;
      this.#rows = rowsOf(JSON.parse(new TextDecoder().decode(buffers[0])));
      this.#surface.setRows(this.#rows);
      this.#stage.classList.toggle("akwm-layered", this.#rows.length > 0);
      this.#tellLayer(more === true);
    } catch (error) {
      if (!this.#ended(error)) this.#layerTrouble.tell(error, () => void this.#bringLayer());
    }
  }

  #tellLayer(more: boolean): void {
    const bounds = boundsOf(this.#rows);
    this.#fit.hidden = !bounds;
    this.#note.hidden = !!bounds && !more;
    say(this.#note, bounds ? words.more(this.#rows.length) : words.empty);
    this.#announce(bounds ? words.layerDrawn(this.#rows.length) : words.empty);
    const { center, zoom } = this.#beginning;
    if (center === null && zoom === null) this.#zoomToLayer();
  }

  #zoomToLayer(): void {
    const bounds = boundsOf(this.#rows);
    if (bounds) this.#surface.fit(bounds);
  }

  #drawn(): void {
    this.#stage.removeAttribute("aria-busy");
    if (this.#trouble.told) return; // all that could be had is drawn, and what could not is told
    this.#stage.dataset.drawn = this.#style;
    this.#announce(words.drawn(this.#title));
  }

  #pick(rows: number[], byKey: boolean): void {
    const found = rows.flatMap((index) => this.#rows[index] ?? []);
    if (found.length) this.#card.show(found, byKey);
    else {
      this.#card.hide();
      if (byKey) this.#announce(words.nothing);
    }
  }

  #fail(error: unknown, retry: () => void): void {
    if (this.#ended(error)) return;
    this.#trouble.tell(error, retry);
    this.#stage.removeAttribute("aria-busy");
  }

  #ended(error: unknown): boolean {
    return this.#closed || (error as Error).name === "AbortError";
  }

  #announce(text: string): void {
    fill(this.#live, h("span", {}, text)); // a new element: the same words are said again
  }
}
