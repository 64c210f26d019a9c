"""Names and dots, painted on a tile."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from arcgis_keywidget.practice.basemaps.canvas import MARGIN, TILE, Window
from arcgis_keywidget.practice.basemaps.graticule import cross, describe_crossing, find_graticule
from arcgis_keywidget.practice.basemaps.labels import Label, Text, measure, place_labels, stamp

if TYPE_CHECKING:
    from arcgis_keywidget.practice.basemaps.sheet import Sheet
    from arcgis_keywidget.practice.basemaps.styles import Style


def write_labels(sheet: Sheet, window: Window, style: Style) -> None:
    """The labels of a tile; `sheet` has no margin."""
    for label in place_labels(window.z).get((window.x, window.y), ()):
        _write(sheet, label, style)


def write_crossings(sheet: Sheet, window: Window, style: Style) -> None:
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
        _write(sheet, Label(text, round(x) - MARGIN + 2, round(y) - MARGIN, *measure(text), None), style)


def _write(sheet: Sheet, label: Label, style: Style) -> None:
    """A label with its halo, and a city's dot."""
    kind, masks = label.text.kind, stamp(label.text)
    if label.dot:
        _draw_dot(sheet, label.dot, style, is_capital=kind == "capital")
    sheet.paint(style.sea_halo if kind == "sea" else style.halo, (label.x, label.y), masks.halo)
    sheet.paint(style.inks[kind], (label.x, label.y), masks.ink)


def _draw_dot(sheet: Sheet, at: tuple[int, int], style: Style, *, is_capital: bool) -> None:
    disc, core = _dots(is_capital=is_capital)
    corner = (at[0] - disc.width // 2, at[1] - disc.height // 2)
    sheet.paint(style.halo, corner, disc)
    sheet.paint(style.inks["capital" if is_capital else "city"], corner, core)


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
