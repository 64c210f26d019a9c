"""Glyphs and icons: what maplibre-gl reads, read here in the same way."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from arcgis_keywidget.practice.basemaps.glyphs import BORDER, build_glyphs
from arcgis_keywidget.practice.basemaps.sprites import describe_sprite, draw_sprite, icon_name
from arcgis_keywidget.practice.basemaps.styles import STYLES
from arcgis_keywidget.practice.basemaps.vector_tiles import load_translations
from arcgis_keywidget.practice.basemaps.world import load_places

OUTLINE = 192


def fields(message: bytes) -> list[tuple[int, int | bytes]]:
    """The fields of a Protocol Buffers message."""
    found, at = [], 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        tag = number()
        value = number()
        if tag & 7 == 2:
            value, at = message[at : at + value], at + value
        found.append((tag >> 3, value))
    return found


@cache
def read(stack: str, start: int) -> dict[str, dict[int, int | bytes]]:
    """The glyphs of a range by letter."""
    [(tag, body)] = fields(build_glyphs(stack, start))
    assert tag == 1
    assert [value for tag, value in fields(body) if tag < 3] == [
        stack.encode(),
        f"{start}-{start + 255}".encode(),
    ]
    glyphs = [dict(fields(value)) for tag, value in fields(body) if tag == 3]
    return {chr(glyph[1]): glyph for glyph in glyphs}


def signed(value: int) -> int:
    """A number out of its zigzag."""
    return value >> 1 ^ -(value & 1)


@pytest.mark.parametrize("stack", ["Arial Regular", "Arial Bold", "Arial Italic", "Any Name", "A,B"])
def test_each_stack_has_the_plain_letters(stack):
    """Whatever a font is called, letters and digits are there, with a bitmap of the right size."""
    glyphs = read(stack, 0)
    for letter in "AZaz09-.,'":
        glyph = glyphs[letter]
        assert len(glyph[2]) == (glyph[3] + 2 * BORDER) * (glyph[4] + 2 * BORDER)
        assert 0 < glyph[7] < 30
    assert glyphs[" "][7] > 0


def test_stacks_differ_as_their_names_say():
    """Bold has more ink than plain, and italic leans: their bitmaps differ."""
    plain, bold, italic = (read(f"Arial {word}", 0)["T"] for word in ("Regular", "Bold", "Italic"))
    ink = [sum(value > OUTLINE for value in glyph[2]) for glyph in (plain, bold)]
    assert ink[1] > 1.2 * ink[0]
    assert italic[2] != plain[2]


def test_distances_grow_evenly_towards_the_outline():
    """An upright stroke: each pixel nearer to it is 255/8 more, and 192 lies within its edge."""
    glyph = read("Arial Regular", 0)["l"]
    width = glyph[3] + 2 * BORDER
    row = list(glyph[2][width * 12 : width * 13])
    rising = [value for value in row[: row.index(max(row))] if value < OUTLINE]
    steps = [b - a for a, b in pairwise(rising)]
    assert len(steps) >= 3
    assert all(abs(step - 255 / 8) < 2 for step in steps), row
    assert max(row) > OUTLINE > rising[-1]


def test_capitals_stand_in_the_middle_of_a_line():
    """maplibre-gl sets a glyph's top from 17 px above the middle: capitals reach as far up as down."""
    glyph = read("Arial Regular", 0)["H"]
    top = -17 - signed(glyph[6])
    assert abs(top + (top + glyph[4])) <= 1


def test_every_letter_of_every_name_is_there():
    """No name loses a letter in any language, in the stack that the styles write it in."""
    stacks = {"country": "Arial Bold", "sea": "Arial Italic"}
    for place in load_places():
        stack = stacks.get(place.kind, "Arial Regular")
        names = "".join([place.name, *load_translations().get(place.name, {}).values()])
        for letter in names.upper() if place.kind == "country" else names:
            assert letter in read(stack, ord(letter) & ~0xFF)


@pytest.mark.parametrize("start", [0x4E00, 0xFF00, 0x10FF00])
def test_a_range_without_letters_is_an_empty_stack(start):
    """A missing range must not be an error: clients drop other letters then."""
    assert read("Arial Regular", start) == {}


@pytest.mark.parametrize("scale", [1, 2])
def test_icons_lie_on_the_sheet(scale):
    """Every style has its two icons; each lies within the sheet, has ink, and clear corners."""
    sheet = Image.open(BytesIO(draw_sprite(scale)))
    index = describe_sprite(scale)
    assert set(index) == {icon_name(style, kind) for style in STYLES for kind in ("city", "capital")}
    for name, icon in index.items():
        box = (icon["x"], icon["y"], icon["x"] + icon["width"], icon["y"] + icon["height"])
        picture = sheet.crop(box)
        assert box[2] <= sheet.width
        assert box[3] <= sheet.height
        assert picture.getpixel((0, 0))[3] == 0, name
        assert picture.getpixel((picture.width // 2, picture.height // 2))[3] == 255, name
        assert icon["pixelRatio"] == scale
