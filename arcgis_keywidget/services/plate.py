"""The credits on a picture: dark letters on a light plate at its bottom right; needs Pillow, an extra."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont
    from PIL.ImageFont import ImageFont as Bitmap

    Font = FreeTypeFont | Bitmap

PLATE, INK = (255, 255, 255, 217), (32, 32, 32, 255)

_SMALLEST = 9  # pixels of the letters' height
_PER_LETTER = (80, 24)  # pixels of the picture's width and height to one of the letters': as large in print
_NARROWEST = 2  # pixels of a letter
_WIDEST, _TALLEST = 0.9, 0.34  # shares of the picture that the plate may take
_MORE = "…"
# Pillow's own font knows little beyond English; one of these is on most systems, or beside matplotlib.
_WIDER = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "arial.ttf",
    "Arial Unicode.ttf",
    "NotoSansCJK-Regular.ttc",
)
_NO_LETTER = "\U0010ffff"
_ALIKE = {0x2013: "-", 0x2014: "-", 0x2022: "-", 0xDF: "ss", 0xF8: "o", 0xD8: "O", 0x142: "l", 0x141: "L"}
"""Letters that no rule of Unicode takes apart: dashes, a bullet, sharp s, letters with a stroke."""


def draw_credits(picture: Image.Image, text: str) -> Image.Image:
    """Return a picture with its credits on it: wrapped, and shortened with an ellipsis, never cut off."""
    if not text:
        return picture
    width, height = picture.size
    letters = min(width // _PER_LETTER[0], height // _PER_LETTER[1])
    font, text = _choose_font(text, max(letters, _SMALLEST))
    pad = max(2, round(_line_height(font) / 4))
    rows = max(1, int((height * _TALLEST - 2 * pad) // _line_height(font)))
    lines = _wrap(text, font, width * _WIDEST - 2 * pad, rows)
    wide = max(font.getlength(line) for line in lines)
    plate = Image.new("RGBA", (int(wide) + 2 * pad + 1, _line_height(font) * len(lines) + 2 * pad), PLATE)
    pen = ImageDraw.Draw(plate)
    for number, line in enumerate(lines):
        indent = wide - font.getlength(line)
        pen.text((pad + indent, pad + number * _line_height(font)), line, fill=INK, font=font)
    place = (width - plate.width, height - plate.height)
    under = picture.crop((*place, width, height)).convert("RGBA")
    picture.paste(Image.alpha_composite(under, plate).convert(picture.mode), place)
    return picture


def _wrap(text: str, font: Font, width: float, rows: int) -> list[str]:
    """Return text in lines that fit, at most so many; the last one tells that there was more."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < rows:
        last = len(lines) == rows - 1
        fitting = _fit(rest, font, width)
        if last and len(fitting) < len(rest):
            fitting = _fit(rest, font, width - font.getlength(_MORE))
            lines.append(fitting.rstrip(" ,;|") + _MORE)
            break
        lines.append(fitting.rstrip())
        rest = rest[len(fitting) :].lstrip()
    return lines


def _fit(text: str, font: Font, width: float) -> str:
    """Return as much of the beginning as fits, up to the end of a word if one does."""
    near = text[: int(width / _NARROWEST) + 1]  # measuring takes as long as the text is
    if len(near) == len(text) and font.getlength(text) <= width:
        return text

    def measure(end: int) -> float:
        return font.getlength(near[:end].rstrip())

    words = list(accumulate(map(len, re.findall(r"\s*\S+(?=\s)\s*", near))))
    for ends in (words, range(1, len(near) + 1)):
        count = bisect_right(ends, width, key=measure)
        if count:
            return near[: ends[count - 1]]
    return near[:1]


def _choose_font(text: str, size: int) -> tuple[Font, str]:
    """Return a font that has the letters of a text; where none has, the text in letters that one has."""
    own = _own_font(size)
    if not _missing(own, text):
        return own, text
    for name in _WIDER:
        font = _system_font(name, size)
        if font is not None and not _missing(font, text):
            return font, text
    return own, simplify(text, _missing(own, text))


def simplify(text: str, missing: frozenset[str]) -> str:
    """Return a text without some letters: near ones in their places, an ellipsis where there is none."""
    for letter in missing:
        near = unicodedata.normalize("NFKD", letter.translate(_ALIKE)).encode("ascii", "ignore").decode()
        text = text.replace(letter, near if near.strip() else "\0")
    return re.sub(r"\0[\0\s]*\0|\0", _MORE, text)


def _missing(font: Font, text: str) -> frozenset[str]:
    nothing = _shape(font, _NO_LETTER)
    return frozenset(
        letter for letter in set(text) if not letter.isspace() and _shape(font, letter) == nothing
    )


def _shape(font: Font, letter: str) -> tuple[float, bytes]:
    try:
        return font.getlength(letter), bytes(font.getmask(letter))
    except UnicodeError:  # a bitmap font knows Latin-1 only
        return 0, b""


@lru_cache(maxsize=16)
def _own_font(size: int) -> Font:
    try:
        return ImageFont.load_default(size)
    except (ImportError, OSError):  # a Pillow that was built without FreeType
        return ImageFont.load_default()


@lru_cache(maxsize=64)
def _system_font(name: str, size: int) -> Font | None:
    try:
        return ImageFont.truetype(name, size)
    except (ImportError, OSError):
        return None


def _line_height(font: Font) -> int:
    size = getattr(font, "size", None)
    return round(size * 1.3) if isinstance(size, int | float) else 14
