"""From numbers to colours, and from a picture of all colours to one of 256 that every tile of a style shares.

One palette for all tiles of a style keeps a colour the same on both sides of an edge; it makes the pictures
three times as small, and so as quick to write.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image, ImageColor

from arcgis_keywidget.practice.basemaps.relief import SHADES, sample_terrain
from arcgis_keywidget.practice.basemaps.styles import STYLES, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

LINED = 128
"""Where the same shades begin again, under a line of the graticule."""
_COLOURS = 256
_SHADOWS = ("#1c2014", "#282e1e", "#343c28", "#40462f")
"""The darkest slopes of imagery: too rare to be among its common colours, too dark for the next one."""
_SEA_STEPS, _INK_STEPS, _EDGE_STEPS = 32, 8, 5

Colour = tuple[int, int, int]


def colour_land(tints: Image.Image, style: Style) -> Image.Image:
    """A picture of tints, 0 where there is no country, in the style's colours."""
    lands = [_rgb(land) for land in style.land]
    return _colour(tints, [lands[1], *lands])


def colour_sea(shades: Image.Image, style: Style) -> Image.Image:
    """A picture of shades in the style's colours."""
    deep, shore, line = (_rgb(c) for c in (style.deep, style.shore, style.graticule))
    sea = [mix(deep, shore, n / (SHADES - 1)) for n in range(SHADES)]
    lined = [mix(colour, line, 0.6) for colour in sea]
    return _colour(shades, [*sea, *[shore] * (LINED - SHADES), *lined])


def share_palette(picture: Image.Image, name: str) -> Image.Image:
    """A picture in the palette of its style."""
    return picture.quantize(palette=palette_of(name), dither=Image.Dither.NONE)


@lru_cache(maxsize=8)
def palette_of(name: str) -> Image.Image:
    """The palette of a style: its own colours, what lies between two that meet, the earth's for imagery."""
    style = STYLES[name]
    colours = list(dict.fromkeys([*_own(style), *_between(style)]))
    if style.relief:
        colours += _common(sample_terrain(), _COLOURS - len(colours))
    return _palette(colours[:_COLOURS])


def _own(style: Style) -> Iterator[Colour]:
    own = (style.deep, style.shore, style.border, style.casing, style.halo, style.sea_halo)
    return map(_rgb, (*style.land, *own, *style.inks.values(), *(_SHADOWS if style.relief else ())))


def _between(style: Style) -> Iterator[Colour]:
    for a, b, steps in _meetings(style):
        yield from (mix(_rgb(a), _rgb(b), n / steps) for n in range(steps + 1))


def _meetings(style: Style) -> Iterator[tuple[str, str, int]]:
    """Colours that meet on the map, and in how many steps one goes over into the other."""
    papers = {kind: style.sea_halo if kind == "sea" else style.halo for kind in style.inks}
    yield style.deep, style.shore, _SEA_STEPS
    yield style.border, style.casing, _EDGE_STEPS
    yield style.halo, style.deep, _EDGE_STEPS
    yield from ((ink, papers[kind], _INK_STEPS) for kind, ink in style.inks.items())
    if style.relief:
        return
    yield style.graticule, style.deep, _EDGE_STEPS
    yield style.graticule, style.shore, _EDGE_STEPS
    yield style.coast, style.shore, _EDGE_STEPS
    yield style.sea_halo, style.deep, _EDGE_STEPS
    yield style.halo, style.shore, _EDGE_STEPS
    for land in style.land:
        yield style.coast, land, _EDGE_STEPS
        yield style.border, land, _EDGE_STEPS
        yield style.graticule, land, 2
        yield style.casing, land, 2


def mix(a: Colour, b: Colour, part: float) -> Colour:
    """A colour between two: the first at 0, the second at 1."""
    red, green, blue = (round(x + (y - x) * part) for x, y in zip(a, b, strict=True))
    return red, green, blue


def _rgb(colour: str) -> Colour:
    red, green, blue, *_ = ImageColor.getrgb(colour)
    return red, green, blue


def _common(picture: Image.Image, count: int) -> Iterator[Colour]:
    """The colours that stand best for those of a picture."""
    levels = picture.quantize(count, Image.Quantize.MEDIANCUT).getpalette() or []
    return zip(levels[::3], levels[1::3], levels[2::3], strict=True)


def _palette(colours: list[Colour]) -> Image.Image:
    picture = Image.new("P", (1, 1))
    picture.putpalette([level for colour in colours for level in colour])
    return picture


def _colour(numbers: Image.Image, colours: list[Colour]) -> Image.Image:
    numbers.putpalette([level for colour in colours for level in colour])
    return numbers.convert("RGB")
