/** The layer drawn on a canvas over pictures, and what lies at a point of it. */

import { lookAt, type View } from "../tiles";
import { type Geometry, PAINT, type Position, type Row } from "./layer";

const REACH = 6; // pixels around a point that still hit a thin line
const SIZE = 256;

/** One part of a row: a point, or a path through the world, which is 1 wide here. */
interface Part {
  row: number;
  kind: "point" | "line" | "area";
  rings: [number, number][][];
}

export class Shapes {
  readonly canvas = document.createElement("canvas");
  readonly #brush = this.canvas.getContext("2d");
  #parts: Part[] = [];
  #paths: [Part, Path2D][] = [];

  setRows(rows: readonly Row[]): void {
    this.#parts = rows.flatMap(({ geometry }, row) => partsOf(geometry, row));
  }

  /** Draw what is seen of the world, which may be seen several times side by side. */
  draw(view: View, width: number, height: number): void {
    const brush = this.#brush;
    const scale = window.devicePixelRatio || 1;
    this.canvas.width = width * scale;
    this.canvas.height = height * scale;
    if (!brush) return;
    brush.scale(scale, scale);
    const world = SIZE * 2 ** view.z;
    const [west, north] = [view.x - width / 2, view.y - height / 2];
    this.#paths = [];
    for (let turn = Math.floor(west / world); turn * world < west + width; turn++)
      for (const part of this.#parts)
        this.#paths.push([part, trace(part, world, turn * world - west, -north)]);
    for (const kind of ["area", "line", "point"] as const)
      for (const [part, path] of this.#paths) if (part.kind === kind) paint(brush, part, path);
  }

  /** The rows at a point of the picture, those drawn last first. */
  at(x: number, y: number): number[] {
    const brush = this.#brush;
    if (!brush) return [];
    const scale = window.devicePixelRatio || 1;
    brush.lineWidth = 2 * REACH;
    const hit = this.#paths.filter(
      ([{ kind }, path]) =>
        brush.isPointInStroke(path, x * scale, y * scale) ||
        (kind !== "line" && brush.isPointInPath(path, x * scale, y * scale, "evenodd")),
    );
    return [...new Set(hit.reverse().map(([{ row }]) => row))];
  }
}

function partsOf(geometry: Geometry | null, row: number): Part[] {
  if (!geometry) return [];
  const { type, coordinates: given } = geometry;
  if (type === "GeometryCollection") return (geometry.geometries ?? []).flatMap((part) => partsOf(part, row));
  const many = (type.startsWith("Multi") ? given : [given]) as unknown[];
  const project = (line: Position[]) => line.map(([x, y]) => onWorld(x, y));
  return many.map((part): Part => {
    if (type.endsWith("Point")) return { row, kind: "point", rings: [project([part as Position])] };
    if (type.endsWith("LineString")) return { row, kind: "line", rings: [project(part as Position[])] };
    return { row, kind: "area", rings: (part as Position[][]).map(project) };
  });
}

function onWorld(longitude: number, latitude: number): [number, number] {
  const { x, y } = lookAt(longitude, Math.min(Math.max(latitude, -85.05), 85.05), 0);
  return [x / SIZE, y / SIZE];
}

function trace({ kind, rings }: Part, world: number, left: number, top: number): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    ring.forEach(([x, y], index) => {
      const [px, py] = [x * world + left, y * world + top];
      if (kind === "point") path.arc(px, py, PAINT.radius, 0, 2 * Math.PI);
      else if (index) path.lineTo(px, py);
      else path.moveTo(px, py);
    });
    if (kind === "area") path.closePath();
  }
  return path;
}

function paint(brush: CanvasRenderingContext2D, { kind }: Part, path: Path2D): void {
  brush.lineJoin = brush.lineCap = "round";
  brush.fillStyle = PAINT.shape;
  brush.globalAlpha = kind === "point" ? 1 : PAINT.fill;
  if (kind !== "line") brush.fill(path, "evenodd");
  brush.globalAlpha = 1;
  const strokes =
    kind === "point"
      ? [[PAINT.edge, 2]]
      : [
          [PAINT.edge, PAINT.width + 2],
          [PAINT.shape, PAINT.width],
        ];
  for (const [colour, width] of strokes) {
    brush.strokeStyle = colour as string;
    brush.lineWidth = width as number;
    brush.stroke(path);
  }
}
