"""Basemap tiles of the practice portal: 512 px Web Mercator PNG pictures, drawn with Pillow.

Levels are those of the Static Basemap Tiles service (its documentation, "tile"): at level 0 one tile holds
the whole world, and the last level is 22.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from arcgis_keywidget.practice.basemaps.canvas import MARGIN, SIDE, TILE, Window, crop_scene
from arcgis_keywidget.practice.basemaps.ground import BARE, draw_borders, draw_ground
from arcgis_keywidget.practice.basemaps.labels import place_labels
from arcgis_keywidget.practice.basemaps.lettering import write_crossings, write_labels
from arcgis_keywidget.practice.basemaps.palettes import share_palette
from arcgis_keywidget.practice.basemaps.relief import warm as warm_relief
from arcgis_keywidget.practice.basemaps.sheet import Sheet
from arcgis_keywidget.practice.basemaps.styles import STYLES, Style
from arcgis_keywidget.practice.basemaps.world import FINEST

if TYPE_CHECKING:
    from collections.abc import Iterator

LEVELS = 23
LABELS = "labels"
"""The part of a style that holds borders and names alone; every other part is the ground alone."""
WARM_STEPS = FINEST + 2
_EFFORT = 2
_INSIDE = (MARGIN, MARGIN, MARGIN + TILE, MARGIN + TILE)


class TileKey(NamedTuple):
    """Which tile.

    Attributes:
        style: a name in ``STYLES``.
        z: level, 0 to 22.
        x: column, eastward from 180 W.
        y: row, southward from 85.05 N.
        part: one of the style's parts; nothing for the whole map.
    """

    style: str
    z: int
    x: int
    y: int
    part: str = ""

    def check(self) -> None:
        """Make sure that there is such a tile.

        Raises:
            ValueError: no such style or part, or no such tile in the pyramid.
        """
        style, z, x, y, part = self
        if style not in STYLES or part not in ("", *STYLES[style].parts):
            name = "/".join(filter(None, (style, part)))
            raise ValueError(f"There is no practice basemap style {name!r}.")
        if not (0 <= z < LEVELS and 0 <= x < 1 << z and 0 <= y < 1 << z):
            raise ValueError(f"There is no tile at level {z}, row {y}, column {x}.")


def draw_tile(style: str, z: int, x: int, y: int, part: str = "") -> bytes:
    """Draw one tile; see `TileKey` for the arguments.

    Returns:
        A PNG of 512 by 512 pixels, the same for the same tile; transparent where labels alone leave room.

    Raises:
        ValueError: No such style or part, or no such tile in the pyramid.
    """
    TileKey(style, z, x, y, part).check()
    window = Window(z, x, y)
    sheet = paint_tile(window, STYLES[style], part)
    file = BytesIO()
    if sheet.cover:
        sheet.picture.putalpha(sheet.cover)
        sheet.picture.quantize(256, Image.Quantize.FASTOCTREE).save(file, "PNG", compress_level=_EFFORT)
    else:
        share_palette(sheet.picture, style).save(file, "PNG", compress_level=_EFFORT)
    return file.getvalue()


def warm(step: int) -> None:
    """Read once what many tiles need: the world of a level, and with the last step the pictures of it.

    Args:
        step: 0 to ``WARM_STEPS`` - 1.
    """
    if step <= FINEST:
        crop_scene(Window(step, 0, 0))
        place_labels(step)
    else:
        warm_relief()


def paint_tile(window: Window, style: Style, part: str = "") -> Sheet:
    """A tile or a part of it, without its margin."""
    sheet = Sheet.blank(style, SIDE) if part == LABELS else Sheet(draw_ground(window, style))
    # Esri's imagery comes with neither borders nor names; both are in its labels.
    if not style.relief or part in ("", LABELS):
        for colour, mask in _borders(window, style):
            sheet.paint(colour, (0, 0), mask)
    sheet = sheet.crop(_INSIDE)
    if part in ("", LABELS):
        if window.z >= BARE:
            write_crossings(sheet, window, style)
        write_labels(sheet, window, style)
    return sheet


def _borders(window: Window, style: Style) -> Iterator[tuple[str, Image.Image]]:
    borders = draw_borders(window)
    if borders and borders.casing:
        yield style.casing, borders.casing
    if borders:
        yield style.border, borders.lines
