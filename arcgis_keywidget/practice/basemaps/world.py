"""The practice world: coasts, borders and places, as rings and lines on a Web Mercator grid.

Positions are grid units: 65536 round the equator, x eastward from 180 W, y southward from 85.05 N, so that
one unit is half a pixel at level 6. Lines run on over the antimeridian instead of stopping there; whoever
draws shifts them by one world to either side. NOTICE names the sources.
"""

from __future__ import annotations

import io
import json
import math
import sys
import zipfile
from array import array
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, NamedTuple

from arcgis_keywidget.practice.data import read_data, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORLD = 65536
POLE = WORLD + 2048
"""Where Antarctica closes, out of sight below the map's southern edge."""
FINEST = 6
"""The last level that gains detail; deeper ones enlarge it."""

_ICE = ("Antarctica", "Greenland")

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle in grid units."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles share a point."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other rectangle lies within this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def shift(self, units: float) -> Box:
        """The same rectangle further east."""
        return Box(self.left + units, self.top, self.right + units, self.bottom)


@dataclass(frozen=True, slots=True)
class Line:
    """A coast, a border, or the outline of an area.

    Attributes:
        points: Corners in grid units; an outline does not repeat its first.
        box: The rectangle they fill.
        kind: For an outline the country's number n, or ~n for a hole in it; a line is 0 a coast, 1 a border.
    """

    points: list[Point]
    box: Box
    kind: int

    @classmethod
    def through(cls, points: list[Point], kind: int) -> Line:
        """A line with its rectangle."""
        xs, ys = zip(*points, strict=True)
        return cls(points, Box(min(xs), min(ys), max(xs), max(ys)), kind)

    def shift(self, units: float) -> Line:
        """The same line further east."""
        if not units:
            return self
        return Line([(x + units, y) for x, y in self.points], self.box.shift(units), self.kind)


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to draw at one level: outlines in painting order, coasts and borders."""

    outlines: tuple[Line, ...]
    lines: tuple[Line, ...]


class Place(NamedTuple):
    """A name on the map.

    Attributes:
        kind: "country", "sea", "city" or "capital".
        level: The first level at which it may appear.
        size: For a country the half-width of the room inside it, in grid units; for a sea 1 to 4.
    """

    kind: str
    name: str
    x: float
    y: float
    level: int
    size: int


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """The grid position of a place in degrees (spherical Web Mercator, EPSG:3857)."""
    sine = math.sin(math.radians(latitude))
    return (longitude / 360 + 0.5) * WORLD, (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * WORLD


def latitude_of(y: float) -> float:
    """The latitude in degrees of a row of the grid."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / WORLD))))


@lru_cache(maxsize=FINEST + 1)
def load_scene(level: int) -> Scene:
    """The world with as much detail as a level shows, at most that of ``FINEST``."""
    arcs, rings, _ = _read_countries()
    # Two thirds of a pixel: finer than the eye, and a tenth of the points at level 0.
    thin = [_thin(arc, 86 >> level) for arc in arcs]
    owners: list[set[int]] = [set() for _ in arcs]
    outlines = []
    for kind, *refs in rings:
        ring = _join(refs, thin)
        if ring[2:]:
            outlines.append(Line.through(ring, kind))
        for ref in refs:
            owners[max(ref, ~ref)].add(kind)
    lines = (
        Line.through(points, int(len(owner) > 1))
        for points, owner in zip(thin, owners, strict=True)
        if len(set(points)) > 1
    )
    return Scene(tuple(outlines), tuple(lines))


@lru_cache(maxsize=1)
def load_places() -> tuple[Place, ...]:
    """Every name, the most important of each kind first."""
    _, _, countries = _read_countries()
    named = (Place("country", name, x, y, 0, room) for name, x, y, room, _ in countries)
    seas = (
        Place("sea", row["name"], *_position(row), int(row["level"]), int(row["size"]))
        for row in read_rows("seas.csv")
    )
    cities = (
        Place(
            "capital" if row["capital"] == "1" else "city", row["name"], *_position(row), int(row["level"]), 0
        )
        for row in read_rows("cities.csv")
    )
    return tuple(chain(sorted(named, key=lambda place: -place.size), seas, cities))


@lru_cache(maxsize=1)
def load_tints() -> tuple[int, ...]:
    """For each country a number from 1 to 6 that none of its neighbours has, and 0 where ice lies."""
    return tuple(0 if name in _ICE else tint + 1 for name, *_, tint in _read_countries()[2])


@lru_cache(maxsize=1)
def load_country_names() -> tuple[str, ...]:
    """The name of each country, by its number."""
    return tuple(name for name, *_ in _read_countries()[2])


def _position(row: dict[str, str]) -> tuple[float, float]:
    return project(float(row["longitude"]), float(row["latitude"]))


@lru_cache(maxsize=1)
def _read_countries() -> tuple[list[list[Point]], list[list[int]], list[list[Any]]]:
    with zipfile.ZipFile(io.BytesIO(read_data("countries.zip"))) as archive:
        starts, steps = array("i", archive.read("starts.i32")), array("b", archive.read("steps.i8"))
        document = json.loads(archive.read("countries.json"))
    if sys.byteorder == "big":
        starts.byteswap()
    return list(_read_arcs(starts, steps)), document["rings"], document["countries"]


def _read_arcs(starts: array[int], steps: array[int]) -> Iterator[list[Point]]:
    half, at = len(steps) // 2, 0
    for x, y, count in zip(starts[::3], starts[1::3], starts[2::3], strict=True):
        xs = accumulate(steps[at : at + count], initial=x)
        ys = accumulate(steps[half + at : half + at + count], initial=y)
        yield list(zip(xs, ys, strict=True))
        at += count


def _thin(points: list[Point], tolerance: int) -> list[Point]:
    if tolerance <= 1:
        return points
    kept = [points[0]]
    x, y = points[0]
    for px, py in points[1:-1]:
        if abs(px - x) > tolerance or abs(py - y) > tolerance:
            x, y = px, py
            kept.append((x, y))
    return [*kept, points[-1]]


def _join(refs: Iterable[int], arcs: list[list[Point]]) -> list[Point]:
    """One outline from its arcs; ``~n`` is arc n backwards, as in TopoJSON."""
    ring: list[Point] = []
    for ref in refs:
        arc = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        ring += arc[1:] if ring else arc
    if ring[0][0] != ring[-1][0]:  # Antarctica goes once round the world
        return [*ring, (ring[-1][0], POLE), (ring[0][0], POLE)]
    return ring[:-1]
