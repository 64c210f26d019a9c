"""Glyphs for map clients: signed distance fields of the label fonts, in ranges of 256 characters.

The format is that of Mapbox's fontnik: 24 px glyphs with 3 px round them, in each pixel the distance to the
outline, where 192 is the outline itself and eight pixels make the whole scale (read in maplibre-gl).
Distances are exact for smoothed letters, as in Mapbox's tiny-sdf: a grey pixel holds part of the outline.
"""

from __future__ import annotations

from functools import lru_cache, partial
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, ImageDraw, ImageFont, ImageMath

from arcgis_keywidget.practice.basemaps.mvt import field, zigzag
from arcgis_keywidget.practice.data import read_data

SIZE, BORDER, RADIUS, CUTOFF = 24, 3, 8, 0.25
RANGE = 256
_FINE = 4
_REACH = 7
"""Pixels beyond which a distance no longer shows."""
_CELL = 2 * SIZE
_COLUMNS = 16
_FAR = 1e6
_CEILING = 26
"""Where maplibre-gl measures a glyph's top from: so capitals stand in the middle of their line."""
_FALLBACK = "label.ttf"


class Glyph(NamedTuple):
    """A letter's place in its cell: the corner and size of its ink in pixels, and its advance."""

    letter: str
    left: int
    top: int
    width: int
    height: int
    advance: int


@lru_cache(maxsize=64)
def build_glyphs(stack: str, start: int) -> bytes:
    """The glyphs of 256 characters as a Protocol Buffers message; without glyphs where the font has none.

    Args:
        stack: The fonts' names as a style writes them. Bold and italic are told by these words in the first
            name; every name gets the practice portal's own letters.
        start: The first character's code, a multiple of 256.
    """
    file = _file_of(stack)
    letters = [
        chr(code) for code in range(start, start + RANGE) if chr(code).isprintable() and _owner(file, code)
    ]
    name, span = field(1, stack), field(2, f"{start}-{start + RANGE - 1}")
    return field(1, name + span + b"".join(_draw(file, letters)))


def _file_of(stack: str) -> str:
    first = stack.partition(",")[0].lower()
    if "bold" in first:
        return "label-bold.ttf"
    return "label-italic.ttf" if "italic" in first or "oblique" in first else _FALLBACK


def _owner(file: str, code: int) -> str | None:
    """The font that has a character: the one asked for, else the plain one, which has the most."""
    return next((name for name in (file, _FALLBACK) if _has(name, code)), None)


def _has(file: str, code: int) -> bool:
    return bytes(_font(file).getmask(chr(code))) != _missing(file)


@lru_cache(maxsize=8)
def _missing(file: str) -> bytes:
    return bytes(_font(file).getmask("\U0010fffe"))


@lru_cache(maxsize=8)
def _font(file: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(read_data(file)), SIZE * _FINE, layout_engine=ImageFont.Layout.BASIC)


def _draw(file: str, letters: list[str]) -> list[bytes]:
    """All letters at once, on one sheet, so that the distances cost a few operations on whole pictures."""
    sheet = Image.new("L", (_COLUMNS * _CELL * _FINE, (len(letters) // _COLUMNS + 1) * _CELL * _FINE))
    glyphs = [_place(sheet, n, letter, file) for n, letter in enumerate(letters)]
    distances = _measure(sheet.reduce(_FINE))
    return [field(3, _encode(distances, n, glyph)) for n, glyph in enumerate(glyphs)]


def _corner(number: int) -> tuple[int, int]:
    """Where a cell's baseline begins, in pixels of the reduced sheet."""
    row, column = divmod(number, _COLUMNS)
    return column * _CELL + 12, row * _CELL + 34


def _place(sheet: Image.Image, number: int, letter: str, file: str) -> Glyph:
    font = _font(_owner(file, ord(letter)) or file)
    x, y = _corner(number)
    ImageDraw.Draw(sheet).text((x * _FINE, y * _FINE), letter, 255, font, anchor="ls")
    left, top, right, bottom = font.getbbox(letter, anchor="ls")
    advance = round(font.getlength(letter) / _FINE)
    if right <= left or bottom <= top:
        return Glyph(letter, 0, 0, 0, 0, advance)
    west, north = int(left // _FINE), int(top // _FINE)
    east, south = -int(-right // _FINE), -int(-bottom // _FINE)
    return Glyph(letter, west, north, east - west, south - north, advance)


def _measure(sheet: Image.Image) -> Image.Image:
    """The field of a whole sheet."""
    grey = sheet.convert("F")
    outside = _spread(ImageMath.lambda_eval(_outside, grey=grey))
    inside = _spread(ImageMath.lambda_eval(_inside, grey=grey))
    scaled: Image.Image = ImageMath.lambda_eval(_scale, outside=outside, inside=inside)
    return scaled.convert("L")


def _outside(given: dict[str, Any]) -> Any:  # noqa: ANN401 (Pillow's operands have no public type)
    """Squared distances to the ink where they are known at once: from within its own pixel."""
    part = 0.5 - given["grey"] / 255
    near = given["max"](part, 0)
    return near * near + (given["grey"] == 0) * _FAR


def _inside(given: dict[str, Any]) -> Any:  # noqa: ANN401 (see above)
    part = given["grey"] / 255 - 0.5
    near = given["max"](part, 0)
    return near * near + (given["grey"] >= 255) * _FAR  # noqa: PLR2004 (full ink)


def _scale(given: dict[str, Any]) -> Any:  # noqa: ANN401 (see above)
    distance = given["outside"] ** 0.5 - given["inside"] ** 0.5
    value = 255.5 - 255 * (distance / RADIUS + CUTOFF)
    return given["min"](given["max"](value, 0), 255)


def _nearer(far: int, given: dict[str, Any]) -> Any:  # noqa: ANN401 (see above)
    return given["min"](given["best"], given["moved"] + far)


def _spread(squares: Image.Image) -> Image.Image:
    """The least squared distance over the neighbourhood: along rows, then along columns."""
    for dx, dy in ((1, 0), (0, 1)):
        best = squares
        for step in (s for s in range(-_REACH, _REACH + 1) if s):
            x, y = dx * step, dy * step
            moved = squares.crop((x, y, x + squares.width, y + squares.height))
            best = ImageMath.lambda_eval(partial(_nearer, step * step), best=best, moved=moved)
        squares = best
    return squares


def _encode(distances: Image.Image, number: int, glyph: Glyph) -> bytes:
    x, y = _corner(number)
    left, top = x + glyph.left - BORDER, y + glyph.top - BORDER
    size = (glyph.width + 2 * BORDER, glyph.height + 2 * BORDER)
    bitmap = distances.crop((left, top, left + size[0], top + size[1])).tobytes()
    lift = -glyph.top - _CEILING if glyph.height else 0
    parts = (field(1, ord(glyph.letter)), field(2, bitmap) if glyph.width else b"", field(3, glyph.width))
    metrics = (field(4, glyph.height), field(5, zigzag(glyph.left)), field(6, zigzag(lift)))
    return b"".join([*parts, *metrics, field(7, glyph.advance)])
