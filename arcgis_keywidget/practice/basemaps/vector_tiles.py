"""Vector tiles of the practice world: what stands in each layer, at each level.

Made from the same data and with the same detail at each level as the pictures. The names of layers and
properties are our own; the real basemaps' tiles hold hundreds of layers of other data.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from arcgis_keywidget.practice.basemaps.canvas import MARGIN, TILE, Window, crop_scene
from arcgis_keywidget.practice.basemaps.graticule import cross, find_graticule
from arcgis_keywidget.practice.basemaps.mvt import EXTENT, Feature, Shape, encode_tile
from arcgis_keywidget.practice.basemaps.world import (
    FINEST,
    WORLD,
    Box,
    load_country_names,
    load_places,
    load_tints,
)
from arcgis_keywidget.practice.data import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from arcgis_keywidget.practice.basemaps.mvt import Corner
    from arcgis_keywidget.practice.basemaps.world import Line, Place, Point, Scene

LEVELS = 23
"""Levels that have tiles, for clients that enlarge none; from level 7 on only the graticule gains detail."""
DEEPEST = 16
"""The last level that the styles ask for: clients that can enlarge its tiles."""
_COAST, _BORDER = 0, 1
_FINE = EXTENT // TILE
_SIDELESS = (0, -180)
"""The degrees that are neither east nor west, north nor south."""
_SPECK = 4
"""Units, half a pixel: what is smaller each way is left out, to keep the coarse tiles small."""
_LETTER = 9
"""Pixels that a letter of a country's name takes, at the smallest size that the styles write it."""


@lru_cache(maxsize=512)
def build_tile(z: int, x: int, y: int) -> bytes:
    """Build one tile.

    Args:
        z: Level, 0 to 22.
        x: Column, eastward from 180 W.
        y: Row, southward from 85.05 N.

    Returns:
        A gzipped Mapbox Vector Tile, the same for the same tile.

    Raises:
        ValueError: No such tile in the pyramid.
    """
    if not (0 <= z < LEVELS and 0 <= x < 1 << z and 0 <= y < 1 << z):
        raise ValueError(f"There is no vector tile at level {z}, row {y}, column {x}.")
    window = Window(z, x, y)
    scene = crop_scene(window)
    layers = {
        "land": _land(window, scene),
        "coastline": _lines(window, scene, _COAST),
        "boundary": _lines(window, scene, _BORDER),
        "graticule": _graticule(window),
        "water_label": _places(window, ("sea",)),
        "place": _places(window, ("country", "capital", "city")),
    }
    return gzip.compress(encode_tile(layers), 6, mtime=0)


def _units(window: Window, points: Iterable[Point]) -> list[Corner]:
    """Grid positions as whole units of the tile; corners that fall together are one."""
    margin = MARGIN * _FINE
    units = [(round(x) - margin, round(y) - margin) for x, y in window.place(points, _FINE)]
    return [at for n, at in enumerate(units) if n == 0 or at != units[n - 1]]


def _land(window: Window, scene: Scene) -> Iterator[Feature]:
    """A feature a country, with the number of its tint."""
    names, tints = load_country_names(), load_tints()
    outlines = sorted(scene.outlines, key=lambda line: max(line.kind, ~line.kind))
    for country, lines in groupby(outlines, key=lambda line: max(line.kind, ~line.kind)):
        parts = [ring for line in _nest(list(lines)) if (ring := _ring(window, line))]
        if parts:
            properties = {"name": names[country], "tint": tints[country]}
            yield Feature(country + 1, Shape.AREA, parts, properties)


def _nest(lines: Sequence[Line]) -> list[Line]:
    """A country's outlines in the order of the specification: each with its holes behind it."""
    outer = [line for line in lines if line.kind >= 0]
    behind: dict[int, list[Line]] = {}
    for hole in lines:
        if hole.kind < 0:
            around = (n for n, line in enumerate(outer) if line.box.holds(hole.box))
            owner = min(around, key=lambda n: outer[n].box.right - outer[n].box.left, default=None)
            if owner is not None:
                behind.setdefault(owner, []).append(hole)
    return [line for n, ring in enumerate(outer) for line in (ring, *behind.get(n, ()))]


def _ring(window: Window, line: Line) -> list[Corner]:
    """A ring that turns the right way; empty when it has shrunk to a speck."""
    ring = _units(window, line.points)
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, *ring[:1]]))
    if abs(doubled) < 2 * _SPECK**2:
        return []
    return ring if (doubled > 0) == (line.kind >= 0) else ring[::-1]


def _lines(window: Window, scene: Scene, kind: int) -> Iterator[Feature]:
    small = _SPECK / _FINE / window.scale
    lines = (
        _units(window, line.points)
        for line in scene.lines
        if line.kind == kind and max(line.box.right - line.box.left, line.box.bottom - line.box.top) > small
    )
    parts = [line for line in lines if len(line) > 1]
    if parts:
        yield Feature(1, Shape.LINE, parts, {})


def _graticule(window: Window) -> Iterator[Feature]:
    """Each meridian and parallel with its name, from one side of the tile to the other."""
    lines = find_graticule(window)
    box = window.box
    across = [
        (_degrees(longitude, "EW"), [(cross(longitude, 0)[0], y) for y in (box.top, box.bottom)])
        for longitude in lines.meridians
        if box.left <= cross(longitude, 0)[0] <= box.right
    ]
    along = [
        (_degrees(latitude, "NS"), [(x, cross(0, latitude)[1]) for x in (box.left, box.right)])
        for latitude in lines.parallels
    ]
    for number, (name, points) in enumerate([*across, *along], 1):
        yield Feature(number, Shape.LINE, [_units(window, points)], {"name": name})


def _degrees(value: float, sides: str) -> str:
    value = (value + 180) % 360 - 180
    return f"{abs(value):g}°{'' if value in _SIDELESS else sides[value < 0]}"


def _places(window: Window, kinds: Iterable[str]) -> Iterator[Feature]:
    """The places that stand on the tile itself: a client leaves out what lies beyond its edges."""
    for number, place in enumerate(load_places(), 1):
        here = place.kind in kinds and window.box.holds(Box(place.x, place.y, place.x, place.y))
        if here and (window.z >= FINEST or _rank(place) <= window.z):
            [(x, y)] = _units(window, [(place.x, place.y)])
            if 0 <= x < EXTENT and 0 <= y < EXTENT:
                yield Feature(number, Shape.POINT, [[(x, y)]], _describe(place, number))


def _describe(place: Place, number: int) -> dict[str, str | int]:
    """A name in its languages, its kind, the level where it begins (`rank`), and its place by importance."""
    texts = {"name": place.name, "kind": place.kind, **load_translations().get(place.name, {})}
    return {**texts, "rank": _rank(place), "size": place.size, "order": number}


@lru_cache(maxsize=1)
def load_translations() -> dict[str, dict[str, str]]:
    """For a name its properties in other languages, such as `name_fr`; those alone that differ."""
    return {
        row["name"]: {f"name_{code}": text for code, text in row.items() if text and code != "name"}
        for row in read_rows("names.csv")
    }


def _rank(place: Place) -> int:
    """The first level for a name; a country's has to have room inside the country."""
    if place.kind != "country":
        return place.level
    needed = _LETTER * max(map(len, place.name.split()))
    return next((z for z in range(9) if 3 * place.size * (TILE << z) / WORLD + 14 > needed), 9)
