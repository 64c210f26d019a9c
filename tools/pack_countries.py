"""Re-pack a quantised TopoJSON file of the world's countries onto the practice map's grid."""

from __future__ import annotations

import io
import json
import math
import sys
import zipfile
from array import array
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORLD = 65536  # grid units round the equator: half a pixel at level 6, about the precision of the source
POLE = WORLD + 2048  # where Antarctica closes, out of sight below the map's southern edge

Point = tuple[int, int]


def project(longitude: float, latitude: float) -> Point:
    """The Web Mercator grid point of a position in degrees; rows grow southward from 0 at 85.05 N."""
    sine = math.sin(math.radians(max(-89.0, min(89.0, latitude))))
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return round((longitude / 360 + 0.5) * WORLD), min(POLE, round(y * WORLD))


def unwrap(points: Iterable[Point]) -> list[Point]:
    """Drop repeated points, and follow a line over the antimeridian instead of back round the world."""
    line: list[Point] = []
    for x, y in points:
        if line:
            x -= WORLD * round((x - line[-1][0]) / WORLD)  # noqa: PLW2901 - the same point, one world over
        if not line or (x, y) != line[-1]:
            line.append((x, y))
    return line


def read_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a quantised TopoJSON document, on our grid, longitudes unwrapped."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            points.append(project(x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(unwrap(points))
    return arcs


def join(refs: list[int], arcs: list[list[Point]]) -> list[Point]:
    """One ring from its arcs; ``~n`` is arc n backwards, as in TopoJSON."""
    points = (point for ref in refs for point in (arcs[ref] if ref >= 0 else reversed(arcs[~ref])))
    ring = unwrap(points)
    if ring[-1][0] != ring[0][0]:  # it went round the pole
        ring += [(ring[-1][0], POLE), (ring[0][0], POLE)]
    return ring


def area(ring: list[Point]) -> float:
    """The area of a ring in square grid units."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def read_polygon(polygon: list[list[int]], arcs: list[list[Point]]) -> list[tuple[float, int, list[int]]]:
    """The area, the place (0 is the outline, others are holes) and the arcs of each ring of a polygon.

    The source gives Antarctica the pole as its outline, which is flat here, and the coast as a hole in it.
    """
    sized = [(area(join(refs, arcs)), refs) for refs in polygon]
    return [(size, hole, refs) for hole, (size, refs) in enumerate(ring for ring in sized if ring[0])]


def edge_distance(ring: list[tuple[float, float]], x: float, y: float) -> float:
    """How far inside a ring a point lies; negative outside."""
    inside, best = False, math.inf
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        length = (bx - ax) ** 2 + (by - ay) ** 2
        t = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0.0
        best = min(best, (ax + t * (bx - ax) - x) ** 2 + (ay + t * (by - ay) - y) ** 2)
    return math.sqrt(best) if inside else -math.sqrt(best)


def label_spot(ring: list[Point]) -> tuple[int, int, int]:
    """Where a wide name fits best in a country, and the half-width of the room there.

    The ring is stretched two and a half times in height, so that the largest circle inside it stands for the
    largest flat ellipse; a grid search refined four times finds it.
    """
    tall = [(float(x), y * 2.5) for x, y in ring[:: max(1, len(ring) // 300)] if y <= WORLD]
    left, right = min(x for x, _ in tall), max(x for x, _ in tall)
    top, bottom = min(y for _, y in tall), max(y for _, y in tall)
    x, y, wide, high, room = (left + right) / 2, (top + bottom) / 2, right - left, bottom - top, -math.inf
    for _ in range(5):
        grid = [(x + wide * i / 12, y + high * j / 12) for i in range(-6, 7) for j in range(-6, 7)]
        room, x, y = max((edge_distance(tall, *spot), *spot) for spot in grid)
        wide, high = wide / 3, high / 3
    return round(x) % WORLD, round(y / 2.5), max(1, round(room))


def choose_tints(shapes: list[list[list[int]]]) -> list[int]:
    """A number for each country that no neighbour across an arc has."""
    owners: dict[int, set[int]] = defaultdict(set)
    for country, rings in enumerate(shapes):
        for ref in (ref for ring in rings for ref in ring):
            owners[max(ref, ~ref)].add(country)
    tints: list[int] = []
    for country, rings in enumerate(shapes):
        near = set().union(*(owners[max(ref, ~ref)] for ring in rings for ref in ring))
        taken = {tints[other] for other in near if other < country}
        options = [(tints.count(tint), tint) for tint in range(6) if tint not in taken]
        tints.append(min(options)[1])
    return tints


def pack_countries(topology: dict[str, Any], names: dict[int, str]) -> tuple[bytes, list[str]]:
    """``countries.zip``: shared arcs as steps of a byte, and the rings of each country by arc number."""
    arcs = read_arcs(topology)
    shapes: list[list[list[int]]] = []
    countries: list[tuple[str, int, int, int]] = []
    rings: list[tuple[float, int, int, list[int]]] = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        drawn = [ring for polygon in polygons for ring in read_polygon(polygon, arcs)]
        largest = max((size, refs) for size, hole, refs in drawn if not hole)[1]
        name = names.get(int(geometry.get("id", 0)), geometry["properties"]["name"])
        rings += [(-size, 0 if hole else 1, len(countries), refs) for size, hole, refs in drawn]
        countries.append((name, *label_spot(join(largest, arcs))))
        shapes.append([refs for _, _, refs in drawn])
    # Largest first, a hole before the country that fills it: then painting in order is right.
    rings.sort(key=lambda ring: ring[:3])
    document = {
        "countries": [
            [*country, tint] for country, tint in zip(countries, choose_tints(shapes), strict=True)
        ],
        "rings": [[country if land else ~country, *refs] for _, land, country, refs in rings],
    }
    return zip_up({**pack_arcs(arcs), "countries.json": dump(document)}), [c[0] for c in countries]


def simplify(line: list[Point], tolerance: float = 1.5) -> list[Point]:
    """Leave out points that lie within the tolerance, in grid units, of the line without them."""
    (ax, ay), (bx, by) = line[0], line[-1]
    length = math.hypot(bx - ax, by - ay)
    worst, at = 0.0, 0
    for index, (x, y) in enumerate(line[1:-1], start=1):
        across = (x - ax) * (by - ay) - (y - ay) * (bx - ax)
        offset = abs(across) / length if length else math.hypot(x - ax, y - ay)
        if offset > worst:
            worst, at = offset, index
    if worst <= tolerance:
        return [line[0], line[-1]]
    return simplify(line[: at + 1], tolerance)[:-1] + simplify(line[at:], tolerance)


def step_through(line: list[Point]) -> Iterator[Point]:
    """The steps from each point to the next, long ones in parts, so that each fits in a signed byte."""
    for (ax, ay), (bx, by) in pairwise(line):
        parts = max(1, math.ceil(max(abs(bx - ax), abs(by - ay)) / 127))
        stops = [(ax + (bx - ax) * i // parts, ay + (by - ay) * i // parts) for i in range(parts + 1)]
        yield from ((x - px, y - py) for (px, py), (x, y) in pairwise(stops))


def pack_arcs(arcs: list[list[Point]]) -> dict[str, bytes]:
    """Where each arc starts and how many steps follow (little-endian 32-bit), then all x and all y steps."""
    starts, steps = array("i"), (array("b"), array("b"))
    for arc in arcs:
        walk = list(step_through(simplify(arc)))
        starts.extend((*arc[0], len(walk)))
        steps[0].extend(x for x, _ in walk)
        steps[1].extend(y for _, y in walk)
    if sys.byteorder == "big":
        starts.byteswap()
    return {"starts.i32": starts.tobytes(), "steps.i8": steps[0].tobytes() + steps[1].tobytes()}


def dump(document: object) -> bytes:
    """Compact JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def zip_up(members: dict[str, bytes]) -> bytes:
    """A zip file that is the same at each run."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return file.getvalue()
