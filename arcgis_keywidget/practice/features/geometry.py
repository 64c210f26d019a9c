"""The geometry of queries: where it lies, and which points meet it.

Points are compared in the spatial reference that the geometry came in: an edge that is straight there is
straight here.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Point = tuple[float, float]
    Meets = Callable[[Point], bool]

MERCATOR, DEGREES = 102100, 4326
SYSTEMS = {"102100": MERCATOR, "3857": MERCATOR, "102113": MERCATOR, "900913": MERCATOR, "4326": DEGREES}
EDGE = 20037508.342787
_WORLD = {MERCATOR: 2 * EDGE, DEGREES: 360.0}
_EARTH = 6371008.8  # metres, the mean radius
MOST_LETTERS = 100_000
MOST_CORNERS = 10_000
_PAIR = 2


class GeometryError(ValueError):
    """No geometry, or one that cannot be compared with points."""


class Envelope(NamedTuple):
    """A rectangle; all its sides are NaN when it is around nothing."""

    xmin: float
    ymin: float
    xmax: float
    ymax: float

    @classmethod
    def around(cls, points: Iterable[Point]) -> Envelope:
        """The smallest rectangle with all the points in it."""
        xs, ys = zip(*points, strict=True) if (points := list(points)) else ((math.nan,), (math.nan,))
        return cls(min(xs), min(ys), max(xs), max(ys))

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it or on its sides."""
        return self.xmin <= point[0] <= self.xmax and self.ymin <= point[1] <= self.ymax


def to_mercator(longitude: float, latitude: float) -> Point:
    """A place in degrees as Web Mercator metres (EPSG:3857), to a tenth of a millimetre."""
    y = math.asinh(math.tan(math.radians(latitude))) / math.pi * EDGE
    return round(longitude / 180 * EDGE, 4), round(y, 4)


def to_degrees(x: float, y: float) -> Point:
    """Web Mercator metres as degrees; what lies beyond the map is at the pole."""
    return x / EDGE * 180, math.degrees(math.asin(math.tanh(y / EDGE * math.pi)))


def read_system(text: str, default: int) -> int:
    """A well-known id, bare or in a JSON object as Esri's Python client sends it.

    Raises:
        GeometryError: it is neither Web Mercator nor WGS 84.
    """
    if not text.strip():
        return default
    try:
        return _system(json.loads(text[:200]))
    except (ValueError, RecursionError):
        raise GeometryError(text[:200]) from None


def read_geometry(text: str, kind: str, system: int) -> tuple[str, list[list[Point]], int]:
    """Read a geometry: its kind, its parts as rows of points, and its spatial reference.

    Args:
        text: JSON, or numbers between commas for envelopes and points.
        kind: such as `esriGeometryEnvelope`.
        system: the spatial reference where the geometry does not name its own.

    Raises:
        GeometryError: it cannot be read.
    """
    if len(text) > MOST_LETTERS:
        raise GeometryError("too long")
    try:
        if not text.lstrip().startswith("{"):
            return kind, [_pairs(text, _LENGTHS[kind])], system
        given = json.loads(text)
        parts = [[_point(pair) for pair in part] for part in _PARTS[kind](given)]
        system = _system(given["spatialReference"]) if given.get("spatialReference") else system
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        raise GeometryError(kind) from None
    corners = sum(map(len, parts))
    if not 0 < corners <= MOST_CORNERS:
        raise GeometryError(kind)
    return kind, parts, system


def find_meeting(kind: str, parts: list[list[Point]], system: int, distance: float = 0) -> Meets:
    """A test whether a point meets a geometry; a distance is in metres, and for points only.

    Raises:
        GeometryError: a distance from something else than points, or a kind that is not compared with points.
    """
    if kind in {"esriGeometryPoint", "esriGeometryMultipoint"}:
        return _near([point for part in parts for point in part], system, distance)
    if distance:
        raise GeometryError(kind)
    if kind == "esriGeometryEnvelope":
        return _within(Envelope.around(point for part in parts for point in part), system)
    if kind == "esriGeometryPolygon":
        return lambda point: _inside(point, parts)
    raise GeometryError(kind)


def find_envelope(parts: list[list[Point]], system: int) -> Meets:
    """A test whether a point lies in the rectangle round a geometry."""
    return _within(Envelope.around(point for part in parts for point in part), system)


_LENGTHS = {"esriGeometryPoint": _PAIR, "esriGeometryEnvelope": 2 * _PAIR}
_PARTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "esriGeometryPoint": lambda given: [[[given["x"], given["y"]]]],
    "esriGeometryMultipoint": lambda given: [given["points"]],
    "esriGeometryPolyline": lambda given: given["paths"],
    "esriGeometryPolygon": lambda given: given["rings"],
    "esriGeometryEnvelope": lambda given: [
        [[given["xmin"], given["ymin"]], [given["xmax"], given["ymax"]]],
    ],
}


def _system(given: Any) -> int:  # noqa: ANN401 (parsed JSON)
    found = SYSTEMS.get(str(given.get("wkid") if isinstance(given, dict) else given))
    if found is None:
        raise GeometryError("spatial reference")
    return found


def _point(pair: Any) -> Point:  # noqa: ANN401 (parsed JSON)
    x, y = float(pair[0]), float(pair[1])
    if not (math.isfinite(x) and math.isfinite(y)):
        raise GeometryError("not finite")
    return x, y


def _pairs(text: str, length: int) -> list[Point]:
    try:
        numbers = [float(number) for number in text.split(",")]
    except ValueError:
        raise GeometryError(text[:80]) from None
    if len(numbers) != length:
        raise GeometryError(text[:80])
    return [_point(numbers[at : at + _PAIR]) for at in range(0, len(numbers), _PAIR)]


def _within(box: Envelope, system: int) -> Meets:
    # Web maps send rectangles that lie a world to the east or west when they were dragged round it.
    turn = _WORLD[system]
    turns = range(math.ceil(max((box.xmin / turn) - 1, -9)), math.floor(min((box.xmax / turn) + 1, 9)) + 1)
    return lambda point: any(box.holds((point[0] + over * turn, point[1])) for over in turns)


def _near(points: list[Point], system: int, distance: float) -> Meets:
    places = points if system == DEGREES else [to_degrees(*point) for point in points]
    most = distance + 0.5
    reach = math.degrees(most / _EARTH) + 1e-9  # never nearer than in latitude: spares most sines

    def test(point: Point) -> bool:
        here = point if system == DEGREES else to_degrees(*point)
        return any(abs(here[1] - place[1]) <= reach and _metres(here, place) <= most for place in places)

    return test


def _metres(a: Point, b: Point) -> float:
    """The distance of two places in degrees on a sphere (haversine)."""
    (east, north), (other_east, other_north) = (map(math.radians, place) for place in (a, b))
    half = math.sin((north - other_north) / 2) ** 2
    half += math.cos(north) * math.cos(other_north) * math.sin((east - other_east) / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(min(1.0, max(0.0, half))))


def _inside(point: Point, rings: list[list[Point]]) -> bool:
    """Even-odd: a ring in a ring is a hole."""
    x, y = point
    odd = False
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
    return odd
