"""Sea, land, coasts and borders of a window.

Land is drawn at twice its size and reduced, for smooth edges. Each line is drawn once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from arcgis_keywidget.practice.basemaps.canvas import SIDE, Window, crop_scene
from arcgis_keywidget.practice.basemaps.graticule import cross, find_graticule
from arcgis_keywidget.practice.basemaps.palettes import LINED, colour_land, colour_sea
from arcgis_keywidget.practice.basemaps.relief import SHADES, draw_depth, draw_terrain
from arcgis_keywidget.practice.basemaps.world import load_tints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arcgis_keywidget.practice.basemaps.styles import Style
    from arcgis_keywidget.practice.basemaps.world import Scene

BARE = 8
"""The first level with so little left to show that crossings of the graticule are named."""
_FINE, _COARSE = 2, 4
_COAST, _BORDER = 0, 1
_ROOMY = 3
"""The first level where borders have room for an edge of their own."""
_SOLID = [0] + [255] * 255
_HALF = [level // 2 for level in range(256)]
_GLOW = [min(SHADES - 1, level * 2 * SHADES // 256) for level in range(256)]
_CASING = [min(255, level * 5) for level in range(256)]
_UNDER = [level if level >= LINED else level + LINED for level in range(256)]
_LINE = 150


class Borders(NamedTuple):
    """The mask of a window's borders, and of their edges at levels with room for them."""

    lines: Image.Image
    casing: Image.Image | None


def draw_ground(window: Window, style: Style) -> Image.Image:
    """Sea, land and coasts of a window, margin and all, in RGB."""
    scene = crop_scene(window)
    countries = _draw_countries(window, scene)
    shape = countries.point(_SOLID).reduce(_FINE)
    picture = _fill(window, countries, shape, style)
    coasts = None if style.relief else _draw_lines(window, scene, _COAST, _FINE)
    if coasts:
        picture.paste(style.coast, (0, 0), coasts)
    if window.z >= BARE:
        for box in _strips(window):
            thin = Image.new("L", (box[2] - box[0], box[3] - box[1]), _LINE)
            picture.paste(style.graticule, box, thin)
    return picture


def draw_borders(window: Window) -> Borders | None:
    """The borders of a window, margin and all; None where there are none."""
    lines = _draw_lines(window, crop_scene(window), _BORDER, min(2, window.z + 1))
    if lines is None:
        return None
    casing = lines.filter(ImageFilter.BoxBlur(1.5)).point(_CASING) if window.z >= _ROOMY else None
    return Borders(lines, casing)


def _fill(window: Window, countries: Image.Image, shape: Image.Image, style: Style) -> Image.Image:
    """Land and sea, each only where there is any."""
    land = _draw_land(window, countries, style) if shape.getbbox() else None
    if land and not ImageChops.invert(shape).getbbox():
        return land
    sea = colour_sea(_shade_sea(window, shape, style), style)
    return Image.composite(land, sea, shape) if land else sea


def _draw_countries(window: Window, scene: Scene) -> Image.Image:
    """Each country as its tint plus one, at twice the window's size."""
    tints = Image.new("L", (SIDE * _FINE, SIDE * _FINE), 0)
    paint, tint_of = ImageDraw.Draw(tints), load_tints()
    for outline in scene.outlines:
        fill = 0 if outline.kind < 0 else tint_of[outline.kind] + 1
        paint.polygon(window.place(outline.points, _FINE), fill=fill)
    return tints


def _draw_land(window: Window, countries: Image.Image, style: Style) -> Image.Image:
    if style.relief:
        return draw_terrain(window)
    return colour_land(countries.resize((SIDE, SIDE), Image.Resampling.NEAREST), style)


def _shade_sea(window: Window, shape: Image.Image, style: Style) -> Image.Image:
    """The sea from deep to shore, and the graticule on it."""
    near = shape.reduce(_COARSE).filter(ImageFilter.GaussianBlur(1.5)).point(_GLOW)
    shades = near.resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    if style.relief:
        return ImageChops.lighter(shades.point(_HALF), draw_depth(window))
    if window.z < BARE:
        for box in _strips(window):
            shades.paste(shades.crop(box).point(_UNDER), box)
    return shades


def _draw_lines(window: Window, scene: Scene, kind: int, width: int) -> Image.Image | None:
    """Coasts or borders as a mask, their width in halves of a pixel."""
    lines = [line for line in scene.lines if line.kind == kind]
    if not lines:
        return None
    mask = Image.new("L", (SIDE * _FINE, SIDE * _FINE), 0)
    draw = ImageDraw.Draw(mask)
    for line in lines:
        draw.line(window.place(line.points, _FINE), fill=255, width=width)
    return mask.reduce(_FINE)


def _strips(window: Window) -> Iterator[tuple[int, int, int, int]]:
    """The lines of the graticule as rectangles one pixel wide."""
    lines = find_graticule(window)
    for longitude in lines.meridians:
        x = round(window.place([cross(longitude, 0)])[0][0])
        if 0 <= x < SIDE:
            yield x, 0, x + 1, SIDE
    for latitude in lines.parallels:
        y = round(window.place([cross(0, latitude)])[0][1])
        if 0 <= y < SIDE:
            yield 0, y, SIDE, y + 1
