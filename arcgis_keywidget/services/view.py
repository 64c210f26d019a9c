"""What a picture of a given size shows: its edges in metres, the level, and the tiles that lie in it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.services.keyed import is_whole
from arcgis_keywidget.services.tile_scheme import MAX_LEVEL, TILE, WORLD

if TYPE_CHECKING:
    from arcgis_keywidget.services.extent import Extent

MOST_PIXELS = 16 * 1024 * 1024
"""Of one picture: some 300 tiles, and 0.3 GB of memory while it is made."""
LONGEST, SHORTEST = 8192, 64
"""Pixels of a side."""

_AROUND = 250.0  # metres shown on each side of what is only a point
_NORTHMOST = math.degrees(math.atan(math.sinh(math.pi)))  # degrees; there the square of Web Mercator ends
_COARSEST = 2 * WORLD / TILE  # metres a pixel on level 0
_FINEST = _COARSEST / 2**MAX_LEVEL
_HAIR = 1e-6  # pixels, levels: what a rounding error is


class Place(NamedTuple):
    """A tile, and where its top left corner lies in the picture of its level, in pixels."""

    x: int
    y: int
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class View:
    """A rectangle of the world, seen as a picture.

    Attributes:
        size: width and height in pixels.
        level: whose tiles have at least the picture's resolution, where there is such a level.
        extent: left, right, bottom, top in metres (EPSG:3857); right is beyond the world's edge where the
            picture crosses the 180th meridian.
    """

    size: tuple[int, int]
    level: int
    extent: tuple[float, float, float, float]

    @classmethod
    def of(cls, extent: Extent, size: tuple[int, int]) -> View:
        """Return the smallest view of this size that holds an extent, which stays in its middle.

        It is moved off the edges of the world in the north and south as far as it fits between them, and
        shows no less than the finest tiles do.

        Raises:
            FieldError: the extent lies beyond the map's edge, or the size is none.
        """
        width, height = _check_size(size)
        west, east, south, north = _project(extent)
        resolution = max((east - west) / width, (north - south) / height, _FINEST)
        level = math.ceil(math.log2(_COARSEST / resolution) - _HAIR)
        x, half_width = (west + east) / 2, resolution * width / 2
        half_height = resolution * height / 2
        reach = max(0.0, WORLD - half_height)
        y = min(max((south + north) / 2, -reach), reach)
        return cls(
            (width, height),
            min(max(level, 0), MAX_LEVEL),
            (x - half_width, x + half_width, y - half_height, y + half_height),
        )

    @property
    def window(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in pixels of the level, from the world's top left corner."""
        left, right, bottom, top = self.extent
        scale = 2**self.level * TILE / (2 * WORLD)
        edges = ((left + WORLD), (WORLD - top), (right + WORLD), (WORLD - bottom))
        return tuple(_snap(edge * scale) for edge in edges)  # type: ignore[return-value]  # four of them

    def places(self) -> list[Place]:
        """Return the tiles, row by row; one that is seen more than once comes for each time."""
        left, top, right, bottom = self.window
        count = 2**self.level
        rows = range(max(0, math.floor(top / TILE)), min(count, math.ceil(bottom / TILE)))
        columns = range(math.floor(left / TILE), math.ceil(right / TILE))
        return [Place(x % count, y, x * TILE, y * TILE) for y in rows for x in columns]

    def bounds(self, place: Place) -> tuple[float, float, float, float]:
        """Return the extent of a tile of the picture."""
        metre = 2 * WORLD / (2**self.level * TILE)
        left, top = place.left * metre - WORLD, WORLD - place.top * metre
        return left, left + TILE * metre, top - TILE * metre, top


def _check_size(size: object) -> tuple[int, int]:
    sides = tuple(size) if isinstance(size, list | tuple) else ()
    if len(sides) != 2 or not all(map(is_whole, sides)):  # noqa: PLR2004 (width and height)
        raise FieldError("size", "Write width and height in pixels, such as (1024, 768).")
    if not SHORTEST <= min(sides) <= max(sides) <= LONGEST or math.prod(sides) > MOST_PIXELS:
        most = f"{SHORTEST} to {LONGEST} pixels a side, {MOST_PIXELS // 2**20} megapixels in all"
        raise FieldError("size", f"A picture has {most}; for more, take several.")
    return int(sides[0]), int(sides[1])


def _project(extent: Extent) -> tuple[float, float, float, float]:
    """Return west, east, south and north in metres; east is beyond the edge where it is across it."""
    west, south, east, north = extent
    if south >= _NORTHMOST or north <= -_NORTHMOST:
        raise FieldError("bbox", f"Web Mercator ends at {_NORTHMOST:.2f} degrees; this lies beyond.")
    east += 360 if west > east else 0
    left, right = (degrees / 180 * WORLD for degrees in (west, east))
    bottom, top = map(_northing, (south, north))
    if left == right and bottom == top:
        return left - _AROUND, right + _AROUND, bottom - _AROUND, top + _AROUND
    return left, right, bottom, top


def _northing(latitude: float) -> float:
    """Return metres from the equator in spherical Mercator (EPSG:3857)."""
    angle = math.radians(min(max(latitude, -_NORTHMOST), _NORTHMOST))
    return WORLD / math.pi * math.asinh(math.tan(angle))


def _snap(pixels: float) -> float:
    """Return a whole number where a rounding error keeps it from being one."""
    whole = round(pixels)
    return whole if abs(pixels - whole) < _HAIR * max(1.0, abs(whole) * _HAIR) else pixels
