"""The ground of the imagery-like style: the earth from above, in as much detail as one cares to look at.

Colours and depths come from two small pictures of the world. Below their detail the land is made up: slopes
lit from the north-west, as rough at every level as at the one before, so that those of a level stay where
they are while deeper ones add to them. NOTICE names the source of the pictures.
"""

from __future__ import annotations

import math
from functools import lru_cache
from io import BytesIO
from random import Random

from PIL import Image, ImageChops

from arcgis_keywidget.practice.basemaps.canvas import MARGIN, SIDE, TILE, Window
from arcgis_keywidget.practice.basemaps.world import WORLD
from arcgis_keywidget.practice.data import read_data

SHADES = 64
"""Shades of the sea, from deep to shore."""
_RIM = 64  # pixels of the world repeated beyond the antimeridian
_GROUND = 1024  # pixels after which the made-up slopes repeat
_OCTAVES = 4
_FIRST = 2
"""The level whose pixels the first slopes have; the world's picture shows the larger ones."""
_SMOOTH, _SMALL = 3, SIDE // 4
"""From this level on a picture of the world is enlarged smoothly to a quarter, then simply."""
_FLAT = 128
_DARKEST, _LIGHTEST = 84, 172
_LIT = [min(_LIGHTEST, max(_DARKEST, level)) for level in range(256)]
_LIGHTS = (_DARKEST, 106, 128, 150, _LIGHTEST)
_DEPTHS = [level * (SHADES * 5 // 8) // 255 for level in range(256)]


def draw_terrain(window: Window) -> Image.Image:
    """Land from above, in RGB, also where there is sea."""
    land, light = _enlarge(_load("relief-land.webp"), window), _light(window)
    if light is None:
        return land
    return ImageChops.overlay(land, Image.merge("RGB", (light, light, light)))


@lru_cache(maxsize=1)
def sample_terrain() -> Image.Image:
    """A small picture with all colours that land has, in its light and in its shade."""
    land = _load("relief-land.webp").resize((128, 128), Image.Resampling.NEAREST)
    sample = Image.new("RGB", (128, 128 * len(_LIGHTS)))
    for n, light in enumerate(_LIGHTS):
        lit = ImageChops.overlay(land, Image.new("RGB", land.size, (light, light, light)))
        sample.paste(lit, (0, 128 * n))
    return sample


def draw_depth(window: Window) -> Image.Image:
    """Shades of the sea, lighter where it is shallow."""
    return _enlarge(_load("relief-sea.webp"), window).point(_DEPTHS)


def _enlarge(world: Image.Image, window: Window) -> Image.Image:
    """The part of a picture of the world in a window, at the window's size."""
    scale = (world.width - 2 * _RIM) / WORLD
    left, top, right, bottom = (edge * scale + _RIM for edge in window.box)
    # Pillow's own rectangle is in single precision: too coarse for the whole world at deep levels.
    x, y = math.floor(left) - 3, math.floor(top) - 3
    part = world.crop((x, y, math.ceil(right) + 3, math.ceil(bottom) + 3))
    box = (left - x, top - y, right - x, bottom - y)
    if window.z >= _SMOOTH:  # in two steps: as smooth, in half the time
        unit = (right - left) / _SMALL
        wide = (box[0] - unit, box[1] - unit, box[2] + unit, box[3] + unit)
        part = part.resize((_SMALL + 2, _SMALL + 2), Image.Resampling.BICUBIC, wide)
        box = (1, 1, _SMALL + 1, _SMALL + 1)
    return part.resize((SIDE, SIDE), Image.Resampling.BILINEAR, box)


def warm() -> None:
    """Read the pictures of the world and make the slopes, once and for all."""
    sample_terrain()
    draw_depth(Window(0, 0, 0))
    _slopes()


def _light(window: Window) -> Image.Image | None:
    """The made-up slopes of a window, 128 where it is flat; None at levels that need none."""
    total = None
    for up in range(min(_OCTAVES, window.z - _FIRST + 1) - 1, -1, -1):
        size = SIDE / (1 << up)
        left = (window.x * TILE - MARGIN) / (1 << up) % _GROUND
        top = (window.y * TILE - MARGIN) / (1 << up) % _GROUND
        box = (left, top, left + size, top + size)
        octave = _slopes().resize((SIDE, SIDE), Image.Resampling.BILINEAR, box) if up else _slopes().crop(box)
        total = octave if total is None else ImageChops.add(total, octave, 1, -_FLAT)
    return total and total.point(_LIT)


@lru_cache(maxsize=1)
def _slopes() -> Image.Image:
    """A square of slopes that fits itself on all sides, and begins again beyond its right and lower edge."""
    random, heights = Random(11), Image.new("L", (_GROUND, _GROUND), _FLAT)
    for cells in (64, 128, 256):
        bumps = Image.frombytes("L", (cells, cells), random.randbytes(cells * cells))
        wide = _repeat(bumps, cells // 8).resize((_GROUND + _GROUND // 8,) * 2, Image.Resampling.BICUBIC)
        rim = _GROUND // 16  # bumps at the picture's own edge lack a neighbour
        heights = Image.blend(heights, wide.crop((rim, rim, rim + _GROUND, rim + _GROUND)), 0.5)
    slopes = ImageChops.subtract(ImageChops.offset(heights, -1), ImageChops.offset(heights, 1), 3, _FLAT)
    return _repeat(slopes, SIDE)


def _repeat(picture: Image.Image, more: int) -> Image.Image:
    """A picture that begins again beyond its right and lower edge."""
    side = picture.width
    wide = Image.new(picture.mode, (side + more, side + more))
    for x in (0, side):
        for y in (0, side):
            wide.paste(picture, (x, y))
    return wide


@lru_cache(maxsize=2)
def _load(name: str) -> Image.Image:
    """A picture of the world, with a rim all round so that enlarging it leaves no seam."""
    picture = Image.open(BytesIO(read_data(name))).convert("RGB" if name == "relief-land.webp" else "L")
    side = picture.width
    world = Image.new(picture.mode, (side + 2 * _RIM, side + 2 * _RIM))
    wide = picture.resize((side, side + 2 * _RIM))  # above and below the map, out of sight
    for x in (_RIM - side, _RIM, _RIM + side):
        world.paste(wide, (x, 0))
        world.paste(picture, (x, _RIM))
    return world
