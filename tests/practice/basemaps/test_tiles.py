"""The practice basemap: pictures of the right places, that fit their neighbours."""

from __future__ import annotations

import hashlib
import json
import math
import subprocess
import sys
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image, ImageChops, ImageColor, ImageStat

from arcgis_keywidget.practice.basemaps.canvas import MARGIN, SIDE, TILE, Window
from arcgis_keywidget.practice.basemaps.clip import clip_line, clip_outline
from arcgis_keywidget.practice.basemaps.description import describe_style
from arcgis_keywidget.practice.basemaps.ground import draw_ground
from arcgis_keywidget.practice.basemaps.labels import place_labels
from arcgis_keywidget.practice.basemaps.styles import STYLES
from arcgis_keywidget.practice.basemaps.tiles import draw_tile
from arcgis_keywidget.practice.basemaps.world import WORLD, Box, latitude_of, load_places, load_scene, project

STREETS = "arcgis/streets"
COLOURS = STYLES[STREETS]


def picture(z: int, x: int, y: int) -> Image.Image:
    """A tile as RGB."""
    return Image.open(BytesIO(draw_tile(STREETS, z, x, y))).convert("RGB")


def colour_at(longitude: float, latitude: float, z: int) -> tuple[int, int, int]:
    """The commonest colour in the 9 pixels round a place, so that a thin line does not decide."""
    x, y = (unit * (TILE << z) / WORLD for unit in project(longitude, latitude))
    tile = picture(z, int(x // TILE), int(y // TILE))
    left, top = int(x % TILE), int(y % TILE)
    square = tile.crop((left - 1, top - 1, left + 2, top + 2))
    return max(square.getcolors())[1]


def is_sea(colour: tuple[int, int, int]) -> bool:
    """Blue by at least the difference of the palest shore."""
    return colour[2] - colour[0] >= 20


def test_a_tile_is_a_512_px_png():
    """The service's tiles are PNG pictures of 512 px."""
    content = draw_tile(STREETS, 1, 0, 0)
    image = Image.open(BytesIO(content))
    assert (image.format, image.size) == ("PNG", (512, 512))


@pytest.mark.parametrize("z", [0, 2, 5])
@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "sea"),
    [
        ("mid-Atlantic", -35, 5, True),
        ("Indian Ocean", 75, -40, True),
        ("Bering Strait side", -178, 55, True),
        ("Sahara", 3.3, 22, False),
        ("Siberia", 93, 61, False),
        ("Chukotka, over the antimeridian", -176.5, 66.5, False),
        ("Antarctica", 91, -79, False),
        ("Lesotho, in a hole of its neighbour", 28.6, -29.7, False),
        ("Caspian Sea, between countries", 51.2, 40.4, True),
    ],
)
def test_land_and_sea_lie_where_they_are(place, longitude, latitude, sea, z):
    """Known places have the colour of land or of sea, from the whole world down to a country."""
    assert is_sea(colour_at(longitude, latitude, z)) is sea, place


@pytest.mark.parametrize(
    ("country", "latitude", "longitudes"),
    [
        ("Fiji", -16.8, (-110, -30, -12, 60, 90)),
        ("Russia, Chukotka", 66.5, (-30, -5, 3, 8)),
        ("Russia, Wrangel Island", 71.1, (-140, -15, 0, 15)),
        ("the Aleutians", 52.2, (-160, -140, -40, -25)),
    ],
)
def test_nothing_smears_over_the_antimeridian(country, latitude, longitudes):
    """Countries on both sides of 180 degrees leave the oceans at their latitude as sea."""
    assert all(is_sea(colour_at(longitude, latitude, 3)) for longitude in longitudes), country


def test_no_outline_is_as_wide_as_the_world_but_antarctica():
    """An outline drawn the wrong way round the world would be nearly 65536 units wide."""
    wide = [line for line in load_scene(6).outlines if line.box.right - line.box.left > 0.6 * WORLD]
    assert len(wide) == 1
    assert latitude_of(wide[0].box.top) < -60


@pytest.mark.parametrize(
    ("z", "x", "y"), [(1, 0, 0), (2, 2, 1), (4, 8, 5), (6, 33, 21), (9, 266, 170), (14, 8000, 5000)]
)
def test_neighbours_agree_on_what_lies_in_both_margins(z, x, y):
    """Each ground picture reaches into its neighbour's tile, and shows there what the neighbour shows."""
    here = draw_ground(Window(z, x, y), COLOURS)
    east = draw_ground(Window(z, (x + 1) % (1 << z), y), COLOURS)
    south = draw_ground(Window(z, x, y + 1), COLOURS)
    # The outer rim of a margin lacks the glow of coasts beyond it.
    rim = MARGIN - 3
    pairs = [
        (
            here.crop((MARGIN + TILE - 3, rim, MARGIN + TILE + 3, SIDE - rim)),
            east.crop((rim, rim, MARGIN + 3, SIDE - rim)),
        ),
        (
            here.crop((rim, MARGIN + TILE - 3, SIDE - rim, MARGIN + TILE + 3)),
            south.crop((rim, rim, SIDE - rim, MARGIN + 3)),
        ),
    ]
    for one, other in pairs:
        # Rounding and curve joints may move an edge's grey by a little, never a whole line.
        assert ImageStat.Stat(ImageChops.difference(one, other)).mean < [1.0, 1.0, 1.0]


@pytest.mark.parametrize("z", [0, 2, 3, 4, 6])
def test_a_label_over_an_edge_goes_on_next_door(z):
    """Every label is on each tile that its rectangle touches, at the same place of the world."""
    found = {}
    for (column, row), labels in place_labels(z).items():
        for label in labels:
            at = ((label.x + column * TILE) % (TILE << z), label.y + row * TILE)
            found.setdefault((label.text, at), set()).add((column, row))
    shared = 0
    for (text, (x, y)), on in found.items():
        label = next(item for item in place_labels(z)[min(on)] if item.text == text)
        columns = {c % (1 << z) for c in range(x // TILE, (x + label.width - 1) // TILE + 1)}
        rows = {r for r in range(y // TILE, (y + label.height - 1) // TILE + 1) if 0 <= r < 1 << z}
        assert {(c, r) for c in columns for r in rows} <= on
        shared += len(columns) * len(rows) > 1
    assert shared or z == 0


def test_labels_keep_apart():
    """No two names of a level overlap."""
    for labels in place_labels(4).values():
        boxes = [(item.x, item.y, item.x + item.width, item.y + item.height) for item in labels]
        for n, (left, top, right, bottom) in enumerate(boxes):
            for other in boxes[:n]:
                assert not (left < other[2] and other[0] < right and top < other[3] and other[1] < bottom)


@pytest.mark.parametrize("style", [STREETS, "arcgis/imagery"])
def test_pixels_are_the_same_in_another_process(style):
    """A tile depends on nothing but its name: no hash seed, no order of requests."""
    code = (
        "import hashlib; from arcgis_keywidget.practice.basemaps.tiles import draw_tile;"
        f"print(hashlib.sha256(draw_tile({style!r}, 3, 4, 2)).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {f"{hashlib.sha256(draw_tile(style, 3, 4, 2)).hexdigest()}\n".encode()}


@pytest.mark.parametrize(
    ("z", "x", "y"),
    [(-1, 0, 0), (23, 0, 0), (0, 1, 0), (0, 0, 1), (3, 8, 0), (3, 0, 8), (3, -1, 0), (3, 0, -1)],
)
def test_there_is_nothing_outside_the_pyramid(z, x, y):
    """Levels are 0 to 22, and each has so many rows and columns."""
    with pytest.raises(ValueError, match="no tile"):
        draw_tile(STREETS, z, x, y)


def test_an_unknown_style_is_refused():
    """A style that the practice portal does not draw is named in the error."""
    with pytest.raises(ValueError, match="arcgis/nothing"):
        draw_tile("arcgis/nothing", 0, 0, 0)
    with pytest.raises(ValueError, match="arcgis/nothing"):
        describe_style("arcgis/nothing")


@pytest.mark.parametrize(
    ("z", "x", "y"), [(9, 266, 170), (16, 34000, 22000), (22, 4194303, 4194303), (22, 0, 0)]
)
def test_deep_tiles_are_not_blank(z, x, y):
    """Past the data a tile still shows a graticule and says where it is."""
    assert len(picture(z, x, y).getcolors(TILE * TILE)) > 8


def test_deep_levels_keep_land_and_sea():
    """Far below the last detail the right side of a coast is still dry."""
    assert not is_sea(colour_at(-3.70023, 40.42023, 18))
    assert is_sea(colour_at(-35.00023, 5.00023, 18))


def test_the_description_is_that_of_the_pyramid():
    """Level 0 is the world in 512 px; each level halves the resolution; the credit names the sources."""
    document = json.loads(json.dumps(describe_style(STREETS)))
    info = document["tileInfo"]
    assert (info["rows"], info["cols"], len(info["lods"])) == (512, 512, 23)
    assert math.isclose(info["lods"][0]["resolution"], 78271.51696402048)
    assert all(
        math.isclose(a["scale"], 2 * b["scale"]) for a, b in zip(info["lods"], info["lods"][1:], strict=False)
    )
    credit = document["copyrightText"]
    assert all(word in credit for word in ("Practice data", "Natural Earth", "GeoNames"))
    assert "Esri" not in credit


def test_every_letter_of_every_name_is_in_its_font():
    """No name shows a box for a missing letter."""
    from arcgis_keywidget.practice.basemaps.labels import Text, _font, stamp

    for kind in ("country", "sea", "city"):
        missing = bytes(_font(kind, 12).getmask("\U0010fffe"))
        named = [place for place in load_places() if place.kind == kind]
        letters = {
            letter for place in named for letter in (place.name.upper() if kind == "country" else place.name)
        }
        assert not [a for a in letters if bytes(_font(kind, 12).getmask(a)) == missing]
    assert stamp(Text("city", ("İzmir",), 12, 0)).ink.getbbox()


def test_outlines_have_no_jumps():
    """The arcs of an outline meet end to end; a jump would draw a line across the map."""
    for outline in load_scene(6).outlines:
        coast = [math.dist(a, b) for a, b in pairwise(outline.points) if max(a[1], b[1]) < WORLD]
        assert max(coast, default=0) < 200


def test_an_outline_is_clipped_to_its_part_inside():
    """A triangle over the corner of a rectangle leaves the part within."""
    box = Box(0, 0, 10, 10)
    ring = clip_outline([(5, 5), (15, 5), (5, 15)], box)
    assert {(5, 5), (10, 5), (5, 10), (10, 10)} <= set(ring)
    assert all(0 <= x <= 10 and 0 <= y <= 10 for x, y in ring)
    assert clip_outline([(20, 20), (30, 20), (20, 30)], box) == []


def test_a_line_is_clipped_to_its_runs_inside():
    """A line that leaves and comes back gives two runs, cut at the sides."""
    runs = list(clip_line([(-5, 5), (5, 5), (5, 20), (8, 20), (8, 5)], Box(0, 0, 10, 10)))
    assert runs == [[(0, 5), (5, 5), (5, 10)], [(8, 10), (8, 5)]]


def test_land_has_the_styles_colours():
    """A plain stretch of land is one of the style's land colours, exactly."""
    land = {ImageColor.getrgb(colour) for colour in COLOURS.land}
    assert colour_at(100, 64, 5) in land
    assert colour_at(3.3, 24.5, 5) in land
