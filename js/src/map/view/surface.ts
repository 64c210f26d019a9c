/** What a map can do, drawn by MapLibre or from pictures. */

import type { Bounds, Row } from "./layer";

/** A style as the kernel opened it. */
export interface OpenedStyle {
  number: number;
  mode: "vector" | "pictures";
  credit: string;
  document: Record<string, unknown>;
}

export interface Place {
  center: [number, number];
  zoom: number;
}

/** What a surface tells the map around it. */
export interface Ear {
  /** Everything that is seen is drawn. */
  drawn(): void;
  /** A part could not be had; words of the kernel, or none for people. */
  failed(error: unknown): void;
  /** What failed is there again, without anybody's doing. */
  restored(): void;
  /** Somebody pointed at these rows, by their place in the layer; `byKey` with the keyboard. */
  picked(rows: number[], byKey: boolean): void;
  zoomed(level: number): void;
}

export interface Surface {
  readonly element: HTMLElement;
  /** Called once it stands in the page. */
  begin(place: Place): void;
  show(style: OpenedStyle): void;
  setRows(rows: readonly Row[]): void;
  fit(bounds: Bounds): void;
  /** Ask again for what failed. */
  retry(): void;
  focus(): void;
  close(): void;
}
