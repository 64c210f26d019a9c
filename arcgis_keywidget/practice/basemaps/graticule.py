"""Meridians and parallels, and where deep levels name their crossings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from arcgis_keywidget.practice.basemaps.world import WORLD, latitude_of, project

if TYPE_CHECKING:
    from arcgis_keywidget.practice.basemaps.canvas import Window

_STEPS = (30.0, 15.0, 10.0, 5.0, 2.0, 1.0, *(n / 10**k for k in range(1, 7) for n in (5, 2, 1)))


class Graticule(NamedTuple):
    """Degrees of the meridians and parallels in a window, and the degrees between them."""

    meridians: list[float]
    parallels: list[float]
    step: float


def find_graticule(window: Window) -> Graticule:
    """About six lines a tile each way, at round numbers of degrees, with one more on the western side."""
    span = 360 / (1 << window.z)
    step = next((s for s in reversed(_STEPS) if s >= span / 6), _STEPS[0])
    box = window.box
    west, east = (box.left / WORLD - 0.5) * 360 - step, (box.right / WORLD - 0.5) * 360
    north, south = min(latitude_of(box.top), 85), max(latitude_of(box.bottom), -85)
    return Graticule(_multiples(west, east, step), _multiples(south, north, step), step)


def describe_crossing(longitude: float, latitude: float, step: float) -> str:
    """A crossing in words, with as many decimals as the lines are apart."""
    digits = max(0, math.ceil(-math.log10(step)))
    longitude = (longitude + 180) % 360 - 180
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    return f"{abs(latitude):.{digits}f}°{north} {abs(longitude):.{digits}f}°{east}"


def cross(longitude: float, latitude: float) -> tuple[float, float]:
    """The grid position of a crossing, also one beyond the antimeridian."""
    x, y = project(0, latitude)
    return x + longitude / 360 * WORLD, y


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [n * step for n in range(math.ceil(low / step), math.floor(high / step) + 1)]
