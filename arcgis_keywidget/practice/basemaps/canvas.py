"""One tile's window on the world, and what of the world is in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from arcgis_keywidget.practice.basemaps.clip import clip_line, clip_outline
from arcgis_keywidget.practice.basemaps.world import FINEST, WORLD, Box, Line, Scene, load_scene

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TILE = 512
MARGIN = 16
"""Pixels drawn round a tile and cut off again, so that the glow along coasts fits that of the neighbours."""
SIDE = TILE + 2 * MARGIN
_BEYOND = MARGIN * WORLD / TILE
"""How far the window of level 0 reaches over the antimeridian, in grid units."""
_WIDE = 1024


@dataclass(frozen=True, slots=True)
class Window:
    """The square of the world that a tile shows, with its margin."""

    z: int
    x: int
    y: int

    @property
    def scale(self) -> float:
        """Pixels in a grid unit."""
        return (TILE << self.z) / WORLD

    @property
    def box(self) -> Box:
        """The square in grid units."""
        left, top = (self.x * TILE - MARGIN) / self.scale, (self.y * TILE - MARGIN) / self.scale
        return Box(left, top, left + SIDE / self.scale, top + SIDE / self.scale)

    def place(self, points: Iterable[tuple[float, float]], times: int = 1) -> list[tuple[float, float]]:
        """Grid positions as pixels of the square's picture, drawn at so many times its size."""
        left, top, scale = self.box.left, self.box.top, self.scale * times
        return [((x - left) * scale, (y - top) * scale) for x, y in points]


@lru_cache(maxsize=64)
def crop_scene(window: Window) -> Scene:
    """The outlines and lines in a window; deep levels start from the cropped scene of an ancestor."""
    deeper, box = window.z - FINEST, window.box
    if deeper > 0:
        scene = crop_scene(Window(FINEST, window.x >> deeper, window.y >> deeper))
        return _crop(_near(scene.outlines, box), _near(scene.lines, box), box=box)
    outlines, lines = _index_scene(window.z)
    return _crop(outlines.find(box), lines.find(box), box=box)


def _crop(outlines: Iterable[Line], lines: Iterable[Line], *, box: Box) -> Scene:
    areas = (
        Line.through(points, line.kind)
        for line in outlines
        if (points := line.points if box.holds(line.box) else clip_outline(line.points, box))
    )
    runs = (
        Line.through(points, line.kind)
        for line in lines
        for points in ([line.points] if box.holds(line.box) else clip_line(line.points, box))
    )
    return Scene(tuple(areas), tuple(runs))


def _near(lines: Iterable[Line], box: Box) -> Iterator[Line]:
    return (line for line in lines if line.box.meets(box))


class _Index:
    """Lines by the columns of the grid that they touch, those of the next world over too."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = [
            line.shift(over)
            for line in lines
            for over in (-WORLD, 0, WORLD)
            if line.box.right + over >= -_BEYOND and line.box.left + over <= WORLD + _BEYOND
        ]
        self._columns: list[set[int]] = [set() for _ in range(_column(WORLD + _BEYOND) + 1)]
        for n, line in enumerate(self._lines):
            for column in range(_column(line.box.left), _column(line.box.right) + 1):
                self._columns[column].add(n)

    def find(self, box: Box) -> Iterator[Line]:
        """The lines that meet a rectangle, in their order."""
        columns = self._columns[_column(box.left) : _column(box.right) + 1]
        return (line for n in sorted(set().union(*columns)) if (line := self._lines[n]).box.meets(box))


def _column(x: float) -> int:
    return int((min(max(x, -_BEYOND), WORLD + _BEYOND) + _BEYOND) // _WIDE)


@lru_cache(maxsize=FINEST + 1)
def _index_scene(level: int) -> tuple[_Index, _Index]:
    scene = load_scene(level)
    return _Index(scene.outlines), _Index(scene.lines)
