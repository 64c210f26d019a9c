"""The styles: each a map that can be read, all of one world."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageColor, ImageStat

from arcgis_keywidget.practice.basemaps.canvas import MARGIN, SIDE, TILE, Window
from arcgis_keywidget.practice.basemaps.ground import draw_ground
from arcgis_keywidget.practice.basemaps.palettes import share_palette
from arcgis_keywidget.practice.basemaps.styles import STYLES
from arcgis_keywidget.practice.basemaps.tiles import draw_tile

PLAIN = [name for name, style in STYLES.items() if not style.relief]
EUROPE = (4, 8, 5)


def picture(style, place=EUROPE, part="", mode="RGB") -> Image.Image:
    """A tile or a part of it."""
    return Image.open(BytesIO(draw_tile(style, *place, part))).convert(mode)


def luminance(colour) -> float:
    """Relative luminance (WCAG 2.2)."""
    levels = [level / 255 for level in ImageColor.getrgb(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in levels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", STYLES)
def test_names_of_places_can_be_read(name):
    """Country, city and capital stand out from their halo by 4.5 to 1; the halo keeps the ground away."""
    style = STYLES[name]
    assert min(contrast(style.inks[kind], style.halo) for kind in ("country", "city", "capital")) >= 4.5


@pytest.mark.parametrize("name", STYLES)
def test_no_style_looks_like_another(name):
    """Side by side the same tile differs."""
    others = [other for other in STYLES if other != name]
    mine = picture(name)
    for other in others:
        assert sum(ImageStat.Stat(ImageChops.difference(mine, picture(other))).mean) > 8, other


@pytest.mark.parametrize("name", PLAIN)
def test_the_shared_palette_keeps_a_styles_own_colours(name):
    """Land and sea are exactly the style's, so that nothing changes at a tile's edge."""
    style = STYLES[name]
    for colour in (*style.land, style.deep):
        kept = share_palette(Image.new("RGB", (4, 4), colour), name).convert("RGB").getpixel((0, 0))
        assert kept == ImageColor.getrgb(colour)


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize(("z", "x", "y"), [(0, 0, 0), (2, 2, 1), (3, 7, 2), (6, 33, 21), (11, 1060, 682)])
def test_neighbours_fit_in_every_style(name, z, x, y):
    """The ground of a tile reaches into its eastern neighbour, and shows there what that one shows."""
    here = draw_ground(Window(z, x, y), STYLES[name])
    east = draw_ground(Window(z, (x + 1) % (1 << z), y), STYLES[name])
    mine = here.crop((MARGIN + TILE - 3, MARGIN, MARGIN + TILE + 3, SIDE - MARGIN))
    other = east.crop((MARGIN - 3, MARGIN, MARGIN + 3, SIDE - MARGIN))
    assert max(ImageStat.Stat(ImageChops.difference(mine, other)).mean) < 1.5


@pytest.mark.parametrize(
    ("name", "ground"),
    [("arcgis/dark-gray", "base"), ("arcgis/light-gray", "base"), ("arcgis/imagery", "standard")],
)
def test_ground_and_labels_make_the_whole_map(name, ground):
    """Labels are transparent but for what they paint; laid on the ground they give the map."""
    labels = picture(name, part="labels", mode="RGBA")
    clear = labels.getchannel("A").histogram()[0] / TILE**2
    assert 0.5 < clear < 0.98
    both = Image.alpha_composite(picture(name, part=ground, mode="RGBA"), labels).convert("RGB")
    assert max(ImageStat.Stat(ImageChops.difference(both, picture(name))).mean) < 3
    assert ImageChops.difference(picture(name, part=ground), picture(name)).getbbox()


def test_imagery_has_the_colours_of_the_earth():
    """Forest is green, the Sahara is sand, ice is white, and the deep sea is darker than the shelf."""

    def mean(z, x, y):
        return ImageStat.Stat(picture("arcgis/imagery", (z, x, y), "standard")).mean

    amazon, sahara, ice = mean(6, 20, 32), mean(6, 33, 27), mean(5, 20, 30)
    assert amazon[1] > amazon[0] > amazon[2]
    assert sahara[0] > sahara[2] + 30
    assert min(sahara) > min(amazon)
    assert min(ice) > 170
    assert sum(mean(5, 13, 13)) < sum(mean(6, 32, 20))


@pytest.mark.parametrize("z", [6, 12, 22])
def test_imagery_is_never_flat(z):
    """At every level there is something to see on land."""
    x, y = int(0.515 * (1 << z)), int(0.34 * (1 << z))
    land = picture("arcgis/imagery", (z, x, y), "standard").convert("L")
    assert ImageStat.Stat(land).stddev[0] > 3
