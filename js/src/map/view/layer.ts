/** The layer on top: its rows, where they lie, and how they are painted. */

export type Position = [number, number, ...number[]];

export interface Geometry {
  type: string;
  coordinates?: unknown;
  geometries?: Geometry[];
}

export interface Row {
  type: "Feature";
  geometry: Geometry | null;
  properties: Record<string, unknown> | null;
}

/** West, south, east, north. */
export type Bounds = [number, number, number, number];

export const PAINT = { shape: "#0b63bd", edge: "#ffffff", fill: 0.28, width: 2.5, radius: 6 };

/** The rows of any GeoJSON. */
export function rowsOf(document: unknown): Row[] {
  const one = document as { type?: string; features?: Row[] };
  if (one.type === "FeatureCollection") return one.features ?? [];
  if (one.type === "Feature") return [document as Row];
  return [{ type: "Feature", geometry: document as Geometry, properties: null }];
}

/** Go through every position of a geometry. */
export function eachPosition(geometry: Geometry | null, visit: (position: Position) => void): void {
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === "number") visit(part as Position);
    else part.forEach(walk);
  };
  walk(geometry?.coordinates);
  for (const part of geometry?.geometries ?? []) eachPosition(part, visit);
}

/** Around all rows; null where there is nothing to see. */
export function boundsOf(rows: readonly Row[]): Bounds | null {
  const bounds: Bounds = [180, 90, -180, -90];
  let any = false;
  for (const { geometry } of rows)
    eachPosition(geometry, ([x, y]) => {
      any = true;
      bounds[0] = Math.min(bounds[0], x);
      bounds[1] = Math.min(bounds[1], y);
      bounds[2] = Math.max(bounds[2], x);
      bounds[3] = Math.max(bounds[3], y);
    });
  return any ? bounds : null;
}

/** What MapLibre paints: areas below lines below points. */
export function glLayers(source: string) {
  const of = (...types: string[]) => [
    "in",
    ["geometry-type"],
    ["literal", types.flatMap((t) => [t, `Multi${t}`])],
  ];
  return [
    {
      id: `${source}-area`,
      type: "fill",
      source,
      filter: of("Polygon"),
      paint: { "fill-color": PAINT.shape, "fill-opacity": PAINT.fill },
    },
    ...(["edge", "shape"] as const).map((part) => ({
      id: `${source}-line-${part}`,
      type: "line",
      source,
      filter: of("Polygon", "LineString"),
      layout: { "line-join": "round", "line-cap": "round" },
      paint: {
        "line-color": PAINT[part],
        "line-width": part === "edge" ? PAINT.width + 2 : PAINT.width,
        "line-opacity": part === "edge" ? 0.8 : 1,
      },
    })),
    {
      id: `${source}-point`,
      type: "circle",
      source,
      filter: of("Point"),
      paint: {
        "circle-color": PAINT.shape,
        "circle-radius": PAINT.radius,
        "circle-stroke-color": PAINT.edge,
        "circle-stroke-width": 2,
      },
    },
  ];
}
