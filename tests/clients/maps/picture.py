"""A picture of a map: which colours stand at which places."""

from __future__ import annotations

import io
import math
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Colour = tuple[int, int, int]

WIDTH, HEIGHT = 800, 600
WORLD = 512
"""Pixels round the world at zoom 0, as MapLibre and the services count; Leaflet's and OpenLayers' zooms are
one more, because theirs is 256."""


@dataclass(frozen=True)
class View:
    """What a map shows: its middle (longitude, latitude) and its zoom."""

    centre: tuple[float, float]
    zoom: int

    def pixel(self, place: tuple[float, float]) -> tuple[int, int]:
        """Where a place lies in the picture."""
        (x, y), (middle_x, middle_y) = self._project(place), self._project(self.centre)
        return round(WIDTH / 2 + x - middle_x), round(HEIGHT / 2 + y - middle_y)

    def _project(self, place: tuple[float, float]) -> tuple[float, float]:
        """Web Mercator, in pixels from the upper left corner of the world."""
        side, (longitude, latitude) = WORLD * 2**self.zoom, place
        y = math.asinh(math.tan(math.radians(latitude))) / math.pi
        return (longitude + 180) / 360 * side, (1 - y) / 2 * side


class Picture:
    """The pixels of a map."""

    def __init__(self, png: bytes, view: View) -> None:
        self._png, self._view = png, view
        self._image = Image.open(io.BytesIO(png)).convert("RGB")
        assert self._image.size == (WIDTH, HEIGHT)

    @property
    def colours(self) -> int:
        """How many different colours there are."""
        return len(self._image.getcolors(WIDTH * HEIGHT))

    def ground(self, place: tuple[float, float], reach: int = 12) -> Colour:
        """The middling colour round a place: not that of a letter or a line."""
        found = list(self._counted(place, reach).elements())
        return tuple(int(median(channel)) for channel in zip(*found, strict=True))

    def near(self, place: tuple[float, float], wanted: Callable[[Colour], bool], reach: int = 3) -> int:
        """How many pixels of a kind there are near a place."""
        return sum(number for colour, number in self._counted(place, reach).items() if wanted(colour))

    def share(self, wanted: Callable[[Colour], bool]) -> float:
        """The share of pixels of a kind."""
        counted = self._image.getcolors(WIDTH * HEIGHT)
        return sum(number for number, colour in counted if wanted(colour)) / (WIDTH * HEIGHT)

    def unlike(self, other: Picture) -> float:
        """The share of pixels in which another picture of the same size is different."""
        difference = ImageChops.difference(self._image, other._image).convert("L")
        return 1 - difference.histogram()[0] / (WIDTH * HEIGHT)

    def save(self, path: Path) -> None:
        """Keep the picture for people."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self._png)

    def _counted(self, place: tuple[float, float], reach: int) -> Counter[Colour]:
        x, y = self._view.pixel(place)
        cut = self._image.crop((x - reach, y - reach, x + reach + 1, y + reach + 1))
        return Counter({colour: number for number, colour in cut.getcolors((2 * reach + 1) ** 2)})
