"""The imagery's own tile service, as `@arcgis/core` and MapLibre use it behind the style `arcgis/imagery`."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from arcgis_keywidget.practice.basemaps.image_server import shrink_tile
from arcgis_keywidget.practice.basemaps.tiles import draw_tile

IMAGES = "/arcgis/rest/services/World_Imagery/MapServer"
TILE = f"{IMAGES}/tile/3/2/4"


def picture(z: int, x: int, y: int) -> Image.Image:
    """A tile as RGB."""
    tile = shrink_tile(draw_tile("arcgis/imagery", z, x, y, "standard"))
    return Image.open(BytesIO(tile)).convert("RGB")


async def test_the_service_tells_its_scheme(keyed):
    """A cache of 256 px tiles, whose levels are those that most maps count."""
    document = await keyed.document(IMAGES, f="json")
    assert document["singleFusedMapCache"] is True
    info = document["tileInfo"]
    assert (info["rows"], info["cols"], info["lods"][-1]["level"]) == (256, 256, 19)
    assert info["lods"][0]["resolution"] == pytest.approx(156543.03392804097)
    assert info["lods"][0]["scale"] == pytest.approx(591657527.591555)
    assert "Esri" not in document["copyrightText"]


async def test_a_tile_is_a_256_px_jpeg(keyed):
    """Row before column, for who holds the privilege; older refusals inside HTTP 200."""
    reply = await keyed.get(TILE)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "image/jpeg")
    image = Image.open(BytesIO(reply.content))
    assert (image.format, image.size) == ("JPEG", (256, 256))
    assert await keyed.refusal(TILE, key="") == (200, 499)
    assert await keyed.refusal(TILE, key="nonsense") == (200, 498)
    assert await keyed.refusal(IMAGES, key="") == (200, 499)


async def test_the_root_can_be_open(open_portal, with_key):
    """The same switch as for vector services."""
    keyed = await with_key(open_portal(switches={"service_root": "open"}))
    assert (await keyed.document(IMAGES, key=""))["singleFusedMapCache"] is True
    assert await keyed.refusal(TILE, key="") == (200, 499)


@pytest.mark.parametrize("place", ["tile/20/0/0", "tile/3/8/0", "tile/3/0/-1", "tile/a/0/0"])
async def test_what_is_not_there_is_404(keyed, place):
    """Outside the pyramid of twenty levels."""
    assert await keyed.refusal(f"{IMAGES}/{place}") == (404, 404)


def test_neighbours_fit():
    """The last column of a tile and the first of the next are as alike as columns beside each other."""
    for z, x, y in ((2, 1, 1), (4, 8, 5), (9, 266, 170)):
        here, east = picture(z, x, y), picture(z, x + 1, y)
        seam = ImageChops.difference(here.crop((255, 0, 256, 256)), east.crop((0, 0, 1, 256)))
        inside = ImageChops.difference(here.crop((200, 0, 255, 256)), here.crop((201, 0, 256, 256)))
        assert max(ImageStat.Stat(seam).mean) < 3 * max(ImageStat.Stat(inside).mean) + 6


def test_land_and_sea_are_there_but_no_names():
    """Green land and blue sea; nowhere the white of a label."""
    tile = picture(4, 8, 5)
    colours = [colour for _, colour in tile.reduce(4).getcolors(4096)]
    assert any(blue > red + 20 for red, _, blue in colours)
    assert any(red > blue + 10 for red, _, blue in colours)
    assert not any(min(colour) > 240 for _, colour in tile.getcolors(256 * 256))
