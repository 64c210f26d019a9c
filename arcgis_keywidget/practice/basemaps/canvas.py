"""One tile's window on the world, and what of the world is in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from arcgis_keywidget.practice.basemaps.clip import clip_line, clip_outline
from arcgis_keywidget.practice.basemaps.world import FINEST, WORLD, Box, Line, Scene, load_scene

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TILE = 512
MARGIN = 24
"""Pixels drawn round a tile and cut off again, so that the glow along coasts fits that of the neighbours."""
SIDE = TILE + 2 * MARGIN


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
    deeper = window.z - FINEST
    if deeper > 0:
        scene = crop_scene(Window(FINEST, window.x >> deeper, window.y >> deeper))
        return _crop(scene, window.box, (0,))
    return _crop(load_scene(window.z), window.box, (-WORLD, 0, WORLD))


def _crop(scene: Scene, box: Box, shifts: Sequence[int]) -> Scene:
    outlines = (
        Line.through(points, line.kind)
        for line in _near(scene.outlines, box, shifts)
        if (points := line.points if box.holds(line.box) else clip_outline(line.points, box))
    )
    lines = (
        Line.through(points, line.kind)
        for line in _near(scene.lines, box, shifts)
        for points in ([line.points] if box.holds(line.box) else clip_line(line.points, box))
    )
    return Scene(tuple(outlines), tuple(lines))


def _near(lines: Iterable[Line], box: Box, shifts: Sequence[int]) -> Iterator[Line]:
    windows = [(box.shift(-over), over) for over in shifts]
    return (line.shift(over) for line in lines for window, over in windows if line.box.meets(window))
