"""Where names stand on the practice map: decided once per level for the whole world.

A tile draws whatever part of a label falls on it, so that a name over a tile's edge goes on in the next tile.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from arcgis_keywidget.practice.basemaps.canvas import TILE
from arcgis_keywidget.practice.basemaps.world import WORLD, Place, load_places
from arcgis_keywidget.practice.data import read_data

if TYPE_CHECKING:
    from collections.abc import Iterator


_CELL = 128
_FONTS = {
    "country": "label-bold.ttf",
    "sea": "label-italic.ttf",
    "city": "label.ttf",
    "capital": "label.ttf",
    "reading": "label.ttf",
}
_HALO, _ROOM = 2, 3  # pixels round a letter: its halo, and what may reach out of its advance
_PARTS = 4  # of a pixel that a letter is placed by
_GAP = 5  # pixels between a dot and its name
_LAST_COUNTRIES = 8  # deeper, a country's one name would be far away from any view


class Text(NamedTuple):
    """What a label says and how large; equal texts share one drawing."""

    kind: str
    lines: tuple[str, ...]
    size: int
    spacing: int


class Label(NamedTuple):
    """A text, its top left corner in pixels, and for a city the place of its dot."""

    text: Text
    x: int
    y: int
    width: int
    height: int
    dot: tuple[int, int] | None


class Stamp(NamedTuple):
    """The two masks of a text: its letters, and a halo round them."""

    ink: Image.Image
    halo: Image.Image


@lru_cache(maxsize=23)
def place_labels(level: int) -> dict[tuple[int, int], list[Label]]:
    """The labels on each tile (column, row) of a level, their positions relative to that tile.

    Names are taken in order of importance; one that would touch another is moved aside or left out.
    """
    world = TILE << level
    cells: dict[tuple[int, int], list[tuple[int, int, int, int]]] = defaultdict(list)
    tiles: dict[tuple[int, int], list[Label]] = defaultdict(list)
    for place in load_places():
        for label in _options(place, level):
            if not _collides(label, cells, world):
                _remember(label, cells, tiles, world)
                break
    return dict(tiles)


@lru_cache(maxsize=2048)
def stamp(text: Text) -> Stamp:
    """Draw a text, its lines centred, on transparent ground with room for the halo."""
    width, height = measure(text)
    ink, halo = Image.new("L", (width, height)), Image.new("L", (width, height))
    for row, line in enumerate(text.lines):
        x, y = (width - _length(line, text)) / 2 - _ROOM, 2 + row * _pitch(text)
        for letter, after in zip_longest(line, line[1:], fillvalue=""):
            whole, part = divmod(round(x * _PARTS), _PARTS)
            masks = _letter(text.kind, text.size, letter, part)
            halo.paste(255, (whole, y), masks.halo)
            ink.paste(255, (whole, y), masks.ink)
            x += _advance(text.kind, text.size, letter, "" if text.spacing else after) + text.spacing
    return Stamp(ink, halo)


@lru_cache(maxsize=4096)
def _letter(kind: str, size: int, letter: str, part: int) -> Stamp:
    """One letter, a part of a pixel further right: letters come back much more often than names."""
    font, start = _font(kind, size), _ROOM + part / _PARTS
    ink = Image.new("L", (math.ceil(font.getlength(letter)) + 2 * _ROOM + 1, 2 * size))
    halo = ink.copy()
    ImageDraw.Draw(ink).text((start, 0), letter, 255, font)
    ImageDraw.Draw(halo).text((start, 0), letter, 255, font, stroke_width=_HALO)
    return Stamp(ink, halo)


@lru_cache(maxsize=8192)
def _advance(kind: str, size: int, letter: str, after: str) -> float:
    """From a letter to the one after it."""
    font = _font(kind, size)
    return font.getlength(letter + after) - font.getlength(after)


def _options(place: Place, level: int) -> Iterator[Label]:
    """The positions to try for a place, best first; none where the level is too coarse for it."""
    text = _compose(place, level)
    if text is None:
        return
    width, height = measure(text)
    scale = (TILE << level) / WORLD
    x, y = round(place.x * scale), round(place.y * scale)
    if place.kind in ("country", "sea"):
        yield Label(text, x - width // 2, y - height // 2, width, height, None)
        return
    right, left, middle = x + _GAP, x - _GAP - width, y - height // 2 - 1
    above, below = y - _GAP - height + 3, y + _GAP - 3
    for corner in ((right, middle), (left, middle), (x - width // 2, above), (x - width // 2, below)):
        yield Label(text, *corner, width, height, (x, y))


def _compose(place: Place, level: int) -> Text | None:
    """How a place is written at a level, or ``None`` when it is not."""
    if level < place.level:
        return None
    if place.kind == "sea":
        size = min(17, 9 + place.size + level // 2)
        return Text("sea", _wrap(place.name, 14), size, place.size // 3 + 1)
    if place.kind != "country":
        return Text(
            place.kind, (place.name,), 12 if place.level <= level - 2 or place.kind == "capital" else 11, 0
        )
    room = 2 * place.size * (TILE << level) / WORLD
    text = Text("country", _wrap(place.name.upper(), 11), max(10, min(16, round(7 + room / 45))), 1)
    return text if measure(text)[0] < room * 1.5 + 14 and level <= _LAST_COUNTRIES else None


def _wrap(name: str, limit: int) -> tuple[str, ...]:
    """Break a name that is longer than the limit into lines of about the same length."""
    aim = limit if len(name) <= limit else 1.4 * len(name) / math.ceil(len(name) / limit)
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= aim:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _collides(
    label: Label, cells: dict[tuple[int, int], list[tuple[int, int, int, int]]], world: int
) -> bool:
    left, top, right, bottom = _reach(label)
    if top < -_GAP or bottom > world + _GAP:
        return True
    for cell in _touched(left, top, right, bottom, _CELL, world):
        for other_left, other_top, other_right, other_bottom in cells.get(cell, ()):
            over = world * round((left - other_left) / world)
            if (
                left < other_right + over
                and other_left + over < right
                and top < other_bottom
                and other_top < bottom
            ):
                return True
    return False


def _remember(
    label: Label,
    cells: dict[tuple[int, int], list[tuple[int, int, int, int]]],
    tiles: dict[tuple[int, int], list[Label]],
    world: int,
) -> None:
    box = _reach(label)
    for cell in _touched(*box, _CELL, world):
        cells[cell].append(box)
    left, top, right, bottom = box
    for column in range(left // TILE, right // TILE + 1):
        for row in range(max(0, top // TILE), min(world - 1, bottom) // TILE + 1):
            dx, dy = column * TILE, row * TILE
            dot = (label.dot[0] - dx, label.dot[1] - dy) if label.dot else None
            local = label._replace(x=label.x - dx, y=label.y - dy, dot=dot)
            tiles[column % (world // TILE), row].append(local)


def _reach(label: Label) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all that a label draws, and a little air."""
    left, top, right, bottom = label.x, label.y, label.x + label.width, label.y + label.height
    if label.dot:
        x, y = label.dot
        left, top, right, bottom = min(left, x - 4), min(top, y - 4), max(right, x + 4), max(bottom, y + 4)
    return left - 2, top - 1, right + 2, bottom + 1


def _touched(
    left: int, top: int, right: int, bottom: int, size: int, world: int
) -> Iterator[tuple[int, int]]:
    columns = world // size
    for column in range(left // size, right // size + 1):
        for row in range(top // size, bottom // size + 1):
            yield column % columns, row


@lru_cache(maxsize=64)
def _font(kind: str, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout engine is in every build of Pillow: the same letters in the same places everywhere.
    return ImageFont.truetype(BytesIO(read_data(_FONTS[kind])), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def measure(text: Text) -> tuple[int, int]:
    """Width and height of a text with its halo, in pixels."""
    width = max(_length(line, text) for line in text.lines)
    return round(width) + 6, _pitch(text) * len(text.lines) + 4


def _length(line: str, text: Text) -> float:
    return _font(text.kind, text.size).getlength(line) + text.spacing * (len(line) - 1)


def _pitch(text: Text) -> int:
    return round(text.size * 1.2)
