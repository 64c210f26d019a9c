/** The map drawn by MapLibre, which asks for every part of it through our own protocol. */

import type * as maplibre from "maplibre-gl";
import { h, OWN_KEYS } from "../../form/dom";
import type { Line } from "../line";
import { type Bounds, glLayers, type Row } from "./layer";
import { Parts, read } from "./parts";
import type { Ear, OpenedStyle, Place, Surface } from "./surface";
import { words } from "./words";

export interface MapLibre {
  maplibre: typeof maplibre;
  css: string;
}

const SOURCE = "akw-layer";
const REACH = 5; // pixels around a click that still hit a thin line
const EMPTY = { version: 8, sources: {}, layers: [] } as maplibre.StyleSpecification;
const FIT = { padding: 40, maxZoom: 15 };
let surfaces = 0;

export class GlMap implements Surface {
  readonly element = h("div", { class: "akwm-surface" });
  readonly #gl: typeof maplibre;
  readonly #line: Line;
  readonly #ear: Ear;
  readonly #scheme = `akw-${++surfaces}`;
  readonly #size = new ResizeObserver(() => this.#map?.resize());
  #map: maplibre.Map | null = null;
  #shown: OpenedStyle | null = null;
  #rows: readonly Row[] = [];
  #pending = false;
  #styled = false;
  #told = false;
  #lost = false;

  constructor(gl: MapLibre, line: Line, ear: Ear) {
    this.#gl = gl.maplibre;
    this.#line = line;
    this.#ear = ear;
  }

  /** @throws where the browser gives no WebGL after all */
  begin(place: Place): void {
    const parts = new Parts(this.#line);
    this.#gl.addProtocol(this.#scheme, async ({ url, type }, { signal }) => {
      const data = await this.#fetch(parts, url, signal);
      return { data: type === "json" ? JSON.parse(new TextDecoder().decode(data)) : data };
    });
    this.element.addEventListener("keydown", (event) => this.#onKey(event)); // after MapLibre, which hears it below
    this.#size.observe(this.element);
    this.#make(place);
  }

  #make(place: Place): void {
    const map = new this.#gl.Map(this.#options(place));
    this.#map = map;
    this.#lost = false;
    map.addControl(new this.#gl.NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new this.#gl.AttributionControl({ customAttribution: [] }), "bottom-right");
    map.addControl(new this.#gl.ScaleControl({ maxWidth: 90 }), "bottom-left");
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    this.#listen(map);
  }

  show(style: OpenedStyle): void {
    this.#shown = style;
    this.#pending = true;
    this.#styled = this.#told = false;
    this.#map?.setStyle(style.document as unknown as maplibre.StyleSpecification, { diff: false });
  }

  setRows(rows: readonly Row[]): void {
    this.#rows = rows;
    if (this.#map) this.#label(this.#map);
    if (this.#map && this.#styled) this.#addLayer(this.#map);
  }

  fit([west, south, east, north]: Bounds): void {
    this.#map?.fitBounds([west, south, east, north], FIT);
  }

  retry(): void {
    try {
      if (this.#lost && this.#map) this.#makeAgain(this.#map);
      if (this.#shown) this.show(this.#shown);
    } catch (error) {
      this.#ear.failed(error);
    }
  }

  #makeAgain(map: maplibre.Map): void {
    const { lng, lat } = map.getCenter();
    const place: Place = { center: [lng, lat], zoom: map.getZoom() };
    map.remove();
    this.#make(place);
  }

  #label(map: maplibre.Map): void {
    if (this.#rows.length) map.getCanvas().setAttribute("aria-label", words.mapWithLayer);
  }

  focus(): void {
    this.#map?.getCanvas().focus();
  }

  close(): void {
    this.#size.disconnect();
    this.#map?.remove();
    this.#map = null;
    this.#gl.removeProtocol(this.#scheme);
  }

  #options({ center, zoom }: Place): maplibre.MapOptions {
    return {
      container: this.element,
      style: EMPTY,
      center,
      zoom,
      attributionControl: false,
      cooperativeGestures: true, // the plain wheel, and one finger, go on scrolling the notebook
      dragRotate: false,
      pitchWithRotate: false,
      maxPitch: 0,
      fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      trackResize: false, // the element is watched instead: notebooks change it without the window
      locale: {
        "Map.Title": words.map,
        "NavigationControl.ZoomIn": words.zoomIn,
        "NavigationControl.ZoomOut": words.zoomOut,
      },
      transformRequest: (url) => ({ url: url.replace(/^akw:/, `${this.#scheme}:`) }),
    };
  }

  async #fetch(parts: Parts, url: string, signal: AbortSignal): Promise<ArrayBuffer> {
    const question = read(url);
    if (!question) throw new Error("Nothing is fetched by an address."); // a style may name what we do not serve
    try {
      return await parts.fetch(question, signal);
    } catch (error) {
      if (!signal.aborted) this.#told = true;
      if (!signal.aborted) this.#ear.failed(error);
      throw error;
    }
  }

  #listen(map: maplibre.Map): void {
    const canvas = map.getCanvas();
    for (const [name, value] of Object.entries(OWN_KEYS)) canvas.setAttribute(name, value);
    this.#label(map);
    // Failures are told where they are known in plain words; what is left is a style that MapLibre cannot read.
    map.on("error", ({ error }) => {
      if (this.#shown && !this.#styled && !this.#told) this.#ear.failed(error);
    });
    map.on("style.load", () => {
      this.#styled = this.#shown !== null;
      if (this.#styled) this.#addLayer(map);
    });
    map.on("idle", () => {
      if (this.#pending && this.#shown) this.#ear.drawn();
      this.#pending = false;
    });
    // Browsers keep some sixteen drawings of this kind in a page: the oldest makes room for a new one.
    map.on("webglcontextlost", () => {
      this.#lost = true;
      this.#ear.failed({ message: words.putAside, hint: words.putAsideHint });
    });
    map.on("webglcontextrestored", () => {
      this.#lost = false;
      this.#ear.restored();
    });
    map.on("zoomend", () => this.#ear.zoomed(map.getZoom()));
    map.on("click", ({ point }) => this.#pick(map, point.x, point.y, false));
    map.on("mousemove", ({ point }) => {
      canvas.style.cursor = this.#at(map, point.x, point.y).length ? "pointer" : "";
    });
  }

  /** MapLibre's own keys go no further: the notebook would take them for its commands. */
  #onKey(event: KeyboardEvent): void {
    if (event.target !== this.#map?.getCanvas()) return;
    if (event.key === "Enter") {
      const { clientWidth, clientHeight } = this.element;
      this.#pick(this.#map, clientWidth / 2, clientHeight / 2, true);
    }
    if (/^(Arrow|[-+=_]$|Enter$)/.test(event.key)) event.stopPropagation();
  }

  #pick(map: maplibre.Map, x: number, y: number, byKey: boolean): void {
    if (this.#rows.length) this.#ear.picked(this.#at(map, x, y), byKey);
  }

  #at(map: maplibre.Map, x: number, y: number): number[] {
    const layers = glLayers(SOURCE).flatMap(({ id }) => (map.getLayer(id) ? [id] : []));
    if (!layers.length) return [];
    const box: [maplibre.PointLike, maplibre.PointLike] = [
      [x - REACH, y - REACH],
      [x + REACH, y + REACH],
    ];
    const found = map.queryRenderedFeatures(box, { layers });
    return [...new Set(found.map(({ id }) => Number(id)))];
  }

  #addLayer(map: maplibre.Map): void {
    if (!this.#rows.length || map.getSource(SOURCE)) return;
    const data = { type: "FeatureCollection", features: this.#rows };
    // Rows are told by their number: tiles of MapLibre's own would turn lists and objects into texts.
    map.addSource(SOURCE, { type: "geojson", data, generateId: true } as maplibre.SourceSpecification);
    for (const layer of glLayers(SOURCE)) map.addLayer(layer as maplibre.AddLayerObject);
  }
}
