"""Basemap tiles of the practice portal: 512 px Web Mercator PNG pictures, drawn with Pillow.

Levels are those of the Static Basemap Tiles service (its documentation, "tile"): at level 0 one tile holds
the whole world, and the last level is 22. Land is drawn at twice its size and reduced, for smooth edges.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageFilter

from arcgis_keywidget.practice.basemaps.canvas import MARGIN, SIDE, TILE, Window, crop_scene
from arcgis_keywidget.practice.basemaps.graticule import cross, describe_crossing, find_graticule
from arcgis_keywidget.practice.basemaps.labels import Label, Text, measure, place_labels, stamp
from arcgis_keywidget.practice.basemaps.styles import STYLES, Style
from arcgis_keywidget.practice.basemaps.world import load_tints

if TYPE_CHECKING:
    from arcgis_keywidget.practice.basemaps.world import Scene

LEVELS = 23
CREDIT = "Practice data, not for navigation. Made with Natural Earth; place names © GeoNames, CC BY 4.0."
_FINE = 2
_COAST, _BORDER = 0, 1
_GLOW = [min(255, level // 6 * 12) for level in range(256)]
"""The blurred coast as a light: twice as strong, in steps too small to see that keep the pictures small."""
_ROOMY = 3
"""The first level where borders have room for a light edge."""
_BARE = 8
"""The first level with so little left to show that crossings of the graticule are named."""


@lru_cache(maxsize=512)
def draw_tile(style: str, z: int, x: int, y: int) -> bytes:
    """Draw one tile.

    Args:
        style: A name in ``STYLES``.
        z: Level, 0 to 22.
        x: Column, eastward from 180 W.
        y: Row, southward from 85.05 N.

    Returns:
        A PNG of 512 by 512 pixels, the same for the same tile.

    Raises:
        ValueError: No such style, or no such tile in the pyramid.
    """
    if style not in STYLES:
        raise ValueError(f"There is no practice basemap style {style!r}.")
    if not (0 <= z < LEVELS and 0 <= x < 1 << z and 0 <= y < 1 << z):
        raise ValueError(f"There is no tile at level {z}, row {y}, column {x}.")
    colours, window = STYLES[style], Window(z, x, y)
    picture = _draw_ground(window, colours).crop((MARGIN, MARGIN, MARGIN + TILE, MARGIN + TILE))
    if z >= _BARE:
        _write_crossings(picture, window, colours)
    for label in place_labels(z).get((x, y), ()):
        _write(picture, label, colours)
    file = BytesIO()
    picture.save(file, "PNG", compress_level=6)
    return file.getvalue()


def describe_style(style: str) -> dict[str, Any]:
    """The tile service's own description of a style, with the fields of ``.../static?f=json``.

    Raises:
        ValueError: No such style.
    """
    if style not in STYLES:
        raise ValueError(f"There is no practice basemap style {style!r}.")
    edge = 20037508.342787
    system = {"wkid": 102100, "latestWkid": 3857}
    lods = [
        {"level": z, "resolution": 2 * edge / (TILE << z), "scale": 295828763.7957775 / (1 << z)}
        for z in range(LEVELS)
    ]
    extent = {"xmin": -edge, "ymin": -edge, "xmax": edge, "ymax": edge, "spatialReference": system}
    return {
        "currentVersion": 11.4,
        "mapName": STYLES[style].title,
        "description": "A practice basemap, drawn from free data. It is no Esri basemap.",
        "copyrightText": CREDIT,
        "spatialReference": system,
        "singleFusedMapCache": True,
        "tileInfo": {
            "rows": TILE,
            "cols": TILE,
            "dpi": 96,
            "format": "PNG",
            "origin": {"x": -edge, "y": edge},
            "spatialReference": system,
            "lods": lods,
        },
        "initialExtent": extent,
        "fullExtent": extent,
        "minScale": lods[0]["scale"],
        "maxScale": lods[-1]["scale"],
        "units": "esriMeters",
        "capabilities": "Map",
    }


def _draw_ground(window: Window, style: Style) -> Image.Image:
    """Sea, land and borders of a window, margin and all."""
    scene = crop_scene(window)
    land, shape = _draw_land(window, scene, style)
    near = shape.filter(ImageFilter.GaussianBlur(MARGIN / 4)).point(_GLOW)
    sea = Image.composite(_plain(style.shore), _plain(style.deep), near)
    lines = _draw_graticule(window)
    if window.z < _BARE:
        sea.paste(style.graticule, (0, 0), lines)
    picture = Image.composite(land, sea, shape)
    _draw_lines(picture, window, scene, _COAST, 2, style.coast)
    if window.z >= _BARE:
        picture.paste(style.graticule, (0, 0), lines)
    return picture


def _draw_land(window: Window, scene: Scene, style: Style) -> tuple[Image.Image, Image.Image]:
    """The countries in their colours, and the mask of all land."""
    size = (SIDE * _FINE, SIDE * _FINE)
    land, shape = Image.new("RGB", size, style.land[0]), Image.new("L", size, 0)
    paint, cut = ImageDraw.Draw(land), ImageDraw.Draw(shape)
    tints = load_tints()
    for outline in scene.outlines:
        corners = window.place(outline.points, _FINE)
        cut.polygon(corners, fill=0 if outline.kind < 0 else 255)
        if outline.kind >= 0:
            paint.polygon(corners, fill=style.land[tints[outline.kind]])
    land = land.reduce(_FINE)
    if window.z >= _ROOMY:
        _draw_lines(land, window, scene, _BORDER, 7, style.casing)
    _draw_lines(land, window, scene, _BORDER, min(2, window.z + 1), style.border)
    return land, shape.reduce(_FINE)


def _draw_lines(
    picture: Image.Image, window: Window, scene: Scene, kind: int, width: int, colour: str
) -> None:
    """Draw coasts or borders, their width in halves of a pixel."""
    lines = [line for line in scene.lines if line.kind == kind]
    if not lines:
        return
    mask = Image.new("L", (SIDE * _FINE, SIDE * _FINE), 0)
    draw = ImageDraw.Draw(mask)
    joint = "curve" if width > _FINE else None
    for line in lines:
        draw.line(window.place(line.points, _FINE), fill=255, width=width, joint=joint)
    picture.paste(colour, (0, 0), mask.reduce(_FINE))


def _draw_graticule(window: Window) -> Image.Image:
    mask = Image.new("L", (SIDE, SIDE), 0)
    draw = ImageDraw.Draw(mask)
    lines = find_graticule(window)
    for longitude in lines.meridians:
        x = round(window.place([cross(longitude, 0)])[0][0])
        draw.line([(x, 0), (x, SIDE)], fill=150)
    for latitude in lines.parallels:
        y = round(window.place([cross(0, latitude)])[0][1])
        draw.line([(0, y), (SIDE, y)], fill=150)
    return mask


def _write_crossings(picture: Image.Image, window: Window, style: Style) -> None:
    """Name the crossings of the graticule, and the tile in its lower corner."""
    lines = find_graticule(window)
    names = [
        (describe_crossing(longitude, latitude, lines.step), *window.place([cross(longitude, latitude)])[0])
        for longitude in lines.meridians
        for latitude in lines.parallels
    ]
    here = f"level {window.z} · row {window.y} · column {window.x}"
    lowest = MARGIN + TILE - 20
    clear = lowest - 24 * any(lowest - 16 < y < lowest + 16 for _, _, y in names)
    for name, x, y in [*names, (here, MARGIN + 2, clear)]:
        text = Text("reading", (name,), 10, 0)
        _write(picture, Label(text, round(x) - MARGIN + 2, round(y) - MARGIN, *measure(text), None), style)


def _write(picture: Image.Image, label: Label, style: Style) -> None:
    """A label with its halo, and a city's dot."""
    kind, masks = label.text.kind, stamp(label.text)
    if label.dot:
        _draw_dot(picture, label.dot, style, is_capital=kind == "capital")
    picture.paste(style.sea_halo if kind == "sea" else style.halo, (label.x, label.y), masks.halo)
    picture.paste(style.inks[kind], (label.x, label.y), masks.ink)


def _draw_dot(picture: Image.Image, at: tuple[int, int], style: Style, *, is_capital: bool) -> None:
    disc, core = _dots(is_capital=is_capital)
    corner = (at[0] - disc.width // 2, at[1] - disc.height // 2)
    picture.paste(style.halo, corner, disc)
    picture.paste(style.inks["capital" if is_capital else "city"], corner, core)


@lru_cache(maxsize=2)
def _dots(*, is_capital: bool) -> tuple[Image.Image, Image.Image]:
    """Masks of a dot's light ground and of its mark: a ring round a point for a capital."""
    disc, core = Image.new("L", (44, 44)), Image.new("L", (44, 44))
    outer = 14 if is_capital else 9
    ImageDraw.Draw(disc).circle((22, 22), outer + 4, 255)
    ImageDraw.Draw(core).circle((22, 22), outer, 255)
    if is_capital:
        ImageDraw.Draw(core).circle((22, 22), 9, 0)
        ImageDraw.Draw(core).circle((22, 22), 5, 255)
    return disc.reduce(4), core.reduce(4)


def _plain(colour: str) -> Image.Image:
    return Image.new("RGB", (SIDE, SIDE), colour)
