"""Icons of the vector styles: a dot for a city and a ring for a capital, in the colours of each style.

One sheet serves every style, as one vector tile service serves them: `sprite.json` says where an icon lies on
`sprite.png`, and the `@2x` pair is twice as fine.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from arcgis_keywidget.practice.basemaps.styles import STYLES, Style

SIDE = 11
"""Pixels of an icon."""
_FINE = 8
_KINDS = ("city", "capital")


def icon_name(style: str, kind: str) -> str:
    """What a style calls its icon for a kind of place, `city` or `capital`."""
    return f"{style}/{kind}"


def describe_sprite(scale: int) -> dict[str, dict[str, int]]:
    """The index of the sheet at a scale of 1 or 2: where each icon lies, in the sheet's own pixels."""
    side = SIDE * scale
    return {
        icon_name(style, kind): {
            "x": column * side,
            "y": row * side,
            "width": side,
            "height": side,
            "pixelRatio": scale,
        }
        for row, style in enumerate(STYLES)
        for column, kind in enumerate(_KINDS)
    }


@lru_cache(maxsize=2)
def draw_sprite(scale: int) -> bytes:
    """The sheet as a PNG with transparent ground, at a scale of 1 or 2."""
    side = SIDE * scale
    sheet = Image.new("RGBA", (side * len(_KINDS), side * len(STYLES)))
    for row, style in enumerate(STYLES.values()):
        for column, kind in enumerate(_KINDS):
            sheet.paste(_draw_icon(style, kind, side), (column * side, row * side))
    file = BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()


def _draw_icon(style: Style, kind: str, side: int) -> Image.Image:
    """A mark on a light ground: a disc, for a capital a ring round a point."""
    fine = side * _FINE
    discs = [
        (0.46, style.halo),
        (0.35, style.inks["capital"]),
        (0.23, style.halo),
        (0.13, style.inks["capital"]),
    ]
    if kind == "city":
        discs = [(0.34, style.halo), (0.22, style.inks["city"])]
    icon = Image.new("RGBA", (fine, fine), f"{style.halo}00")
    draw = ImageDraw.Draw(icon)
    for radius, colour in discs:
        draw.circle((fine / 2, fine / 2), radius * fine, colour)
    return icon.reduce(_FINE)
