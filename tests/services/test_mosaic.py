"""A basemap as one picture."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import threading
import time
import warnings
from io import BytesIO

import geopandas
import httpx
import pytest
import shapely
from PIL import Image, ImageChops

from arcgis_keywidget import ApiKey, basemap_image, fetch_tile
from arcgis_keywidget.errors import (
    FieldError,
    KeyWidgetError,
    MissingExtraError,
    PortalError,
    PrivilegeError,
    QuotaError,
    UnexpectedReplyError,
)
from arcgis_keywidget.models import LocationServices, session_keys
from arcgis_keywidget.services import mosaic
from arcgis_keywidget.services.pace import IN_FLIGHT_HERE
from arcgis_keywidget.services.tile_scheme import TILE, WORLD

STREETS = "arcgis/streets"
GERMANY = (5.0, 47.0, 15.5, 55.0)
WORLD_BOX = (-180, -90, 180, 90)
CREDITS = 60  # pixels at the bottom, which the plate may cover


@pytest.fixture(autouse=True)
def key(make_key):
    """A key in the session."""
    session_keys.add(make := make_key())
    return make


@pytest.fixture
def hasty(monkeypatch):
    """Tries again at once."""
    monkeypatch.setattr("arcgis_keywidget.services.pace.BACKOFF", (0.0, 0.0))


def tile_asked(served, since: int) -> list[str]:
    """The tiles that the portal was asked for."""
    return [entry["path"] for entry in served.portal.requests[since:] if "/static/tile/" in entry["path"]]


def without_credits(picture: Image.Image) -> Image.Image:
    """The part that no plate covers."""
    return picture.convert("RGB").crop((0, 0, picture.width, picture.height - CREDITS))


def test_pixels_are_those_of_the_tiles() -> None:
    """At a level's own resolution nothing is changed, and no seam is seen."""
    picture = basemap_image(WORLD_BOX, STREETS, (4 * TILE, 4 * TILE))
    whole = Image.new("RGB", picture.size)
    for x in range(4):
        for y in range(4):
            tile = Image.open(BytesIO(fetch_tile(STREETS, 2, x, y).content))
            whole.paste(tile.convert("RGB"), (x * TILE, y * TILE))
    assert ImageChops.difference(without_credits(picture), without_credits(whole)).getbbox() is None
    assert picture.extent == pytest.approx((-WORLD, WORLD, -WORLD, WORLD))
    assert (picture.level, picture.mode, picture.missing) == (2, "RGB", ())


def test_what_is_between_levels_is_made_smaller_never_larger() -> None:
    """Two thirds of a level: the level's picture, shrunk."""
    size = TILE * 4 // 3
    picture = basemap_image(WORLD_BOX, STREETS, (size, size))
    full = basemap_image(WORLD_BOX, STREETS, (2 * TILE, 2 * TILE))
    assert picture.level == full.level == 1
    small = full.resize((size, size), Image.Resampling.LANCZOS)
    difference = ImageChops.difference(without_credits(picture), without_credits(small))
    assert max(high for _, high in difference.getextrema()) <= 2


def test_a_picture_knows_where_it_lies_and_whom_to_credit(tmp_path) -> None:
    """As matplotlib and geopandas want it; it is shown by notebooks and saved like any of Pillow's."""
    picture = basemap_image(GERMANY, size=(600, 400))
    left, right, bottom, top = picture.extent
    assert picture.size == (600, 400)
    assert (right - left) / (top - bottom) == pytest.approx(1.5)
    assert picture.bounds == (left, bottom, right, top)
    assert picture.crs == "EPSG:3857"
    assert "Natural Earth" in picture.attribution
    assert picture._repr_png_()[:4] == b"\x89PNG"
    picture.save(tmp_path / "map.jpg")
    assert type(picture.resize((10, 10))) is Image.Image  # which lies elsewhere, or nowhere
    again = pickle.loads(pickle.dumps(picture))  # noqa: S301 (our own)
    assert (again.tobytes(), again.extent) == (picture.tobytes(), picture.extent)


def test_a_frame_is_put_in_the_middle() -> None:
    """In whatever system its coordinates are; the rectangle round it is the same."""
    box = geopandas.GeoSeries([shapely.box(*GERMANY)], crs="EPSG:4326")
    corners = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(GERMANY[::2], GERMANY[1::2]), crs=4326)
    expected = basemap_image(GERMANY, size=(200, 200))
    for where in (box, corners.to_crs(3857)):
        assert basemap_image(where, size=(200, 200)).extent == pytest.approx(expected.extent)


def test_across_the_180th_meridian_the_world_goes_on(served) -> None:
    """The same tiles, those of the other edge beside each other; each is asked for once."""
    sent = len(served.portal.requests)
    picture = basemap_image((90, -66, -90, 66), "arcgis/dark-gray", (TILE, TILE))
    assert len(tile_asked(served, sent)) == len(set(tile_asked(served, sent)))
    whole = basemap_image(WORLD_BOX, "arcgis/dark-gray", (2 * TILE, 2 * TILE))
    assert picture.extent[0] < WORLD < picture.extent[1]
    middle = TILE // 2
    halves = Image.new("RGB", (TILE, TILE))
    halves.paste(whole.crop((2 * TILE - middle, middle, 2 * TILE, middle + TILE)), (0, 0))
    halves.paste(whole.crop((0, middle, middle, middle + TILE)), (middle, 0))
    assert picture.level == 1
    assert ImageChops.difference(without_credits(picture), without_credits(halves)).getbbox() is None


def test_labels_alone_stay_transparent() -> None:
    """To be laid over something; whole styles are opaque, beyond the poles there is nothing."""
    assert basemap_image(GERMANY, "arcgis/imagery/labels", (200, 200)).getpixel((0, 0))[3] == 0
    tall = basemap_image(WORLD_BOX, STREETS, (100, 400))
    assert tall.getpixel((50, 10)) == (0, 0, 0, 0)
    assert tall.getpixel((50, 200))[3] == 255


def test_preferences_go_along(served) -> None:
    """With every tile; an unknown code is refused before anything is sent."""
    sent = len(served.portal.requests)
    basemap_image(GERMANY, size=(400, 400), language="de", worldview="unitedStatesOfAmerica")
    asked = [entry for entry in served.portal.requests[sent:] if "/static/tile/" in entry["path"]]
    assert asked
    assert all(set(entry["query"]) == {"language", "worldview"} for entry in asked)
    with pytest.raises(FieldError, match="language"):
        basemap_image(GERMANY, language="d&e")


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fault", ["http=503", "error=500", "drop-before", "half", "html"])
def test_what_failed_once_is_asked_for_again(served, fault: str) -> None:
    """And the picture is whole."""
    served.portal.fail(f"tile:{fault}*2")
    assert basemap_image((5.0, 47.0, 15.5, 55.1), STREETS, (900, 900)).missing == ()


@pytest.mark.usefixtures("hasty")
def test_what_does_not_come_at_all_is_told_and_striped(served, monkeypatch) -> None:
    """A few tiles; a second call asks for these alone."""
    monkeypatch.setattr("arcgis_keywidget.services.pace.IN_FLIGHT_HERE", 1)  # all three meet the first tile
    served.portal.fail("tile:http=503*3")
    with pytest.warns(UserWarning, match=r"1 tile of arcgis/streets did not come.*striped.*503") as told:
        picture = basemap_image(WORLD_BOX, STREETS, (4 * TILE, 4 * TILE))
    assert told[0].filename == __file__
    assert "503" in picture.trouble
    assert picture.missing == (pytest.approx((-WORLD, -WORLD / 2, WORLD / 2, WORLD)),)
    sent = len(served.portal.requests)
    again = basemap_image(WORLD_BOX, STREETS, (4 * TILE, 4 * TILE))
    assert again.missing == ()
    assert len(tile_asked(served, sent)) == 1
    assert ImageChops.difference(picture, again).getbbox() == (0, 0, TILE, TILE)


@pytest.mark.usefixtures("hasty")
def test_a_service_in_trouble_is_one_error_and_soon(served) -> None:
    """A picture with more than a quarter of holes is none; the rest is not asked for."""
    served.portal.fail("tile:http=503*0")
    sent = len(served.portal.requests)
    with pytest.raises(PortalError, match="503"):
        basemap_image(WORLD_BOX, STREETS, (8 * TILE, 8 * TILE))
    assert len(tile_asked(served, sent)) < 3 * 64


def test_a_ceiling_on_requests_is_waited_out(served, monkeypatch) -> None:
    """Once; whoever asks for too much is told."""
    monkeypatch.setattr("arcgis_keywidget.services.pace.PAUSE", 0.01)
    served.portal.fail("tile:http=429*2")
    assert basemap_image((6, 47, 15, 55), STREETS, (400, 400)).missing == ()
    served.portal.fail("tile:http=429*0")
    with pytest.raises(QuotaError):
        basemap_image((6, 47, 15, 55), "arcgis/dark-gray", (400, 400))


def test_a_key_that_may_not_costs_one_request(served, make_key, monkeypatch) -> None:
    """The privilege is named; so is a style that is not there."""
    monkeypatch.setattr("arcgis_keywidget.services.raster._attributions", {})
    bad = make_key(privileges=("premium:user:basemaps",))
    sent = len(served.portal.requests)
    with pytest.raises(PrivilegeError, match="staticbasemaptiles"):
        basemap_image(GERMANY, "arcgis/light-gray/base", key=bad)
    asked = [one for one in served.portal.requests[sent:] if "light-gray" in one["path"]]
    assert len(asked) == 1
    for style in ("arcgis/nothing", "arcgis/imagery"):
        with pytest.raises(FieldError, match="no pictures of a style"):
            basemap_image(GERMANY, style)
    online = ApiKey("AAPTonline", services=LocationServices(styles="https://basemapstyles-api.arcgis.com"))
    with pytest.raises(KeyWidgetError, match=r"no static basemap tiles.*Location Platform.*BasemapMap"):
        basemap_image(GERMANY, key=online)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ((5,), "bbox"),
        (((0, 86, 1, 88),), "bbox"),
        ((GERMANY, "streets"), "style"),
        ((GERMANY, STREETS, (1, 1)), "size"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_sent(served, arguments: tuple, field: str) -> None:
    """By the name of the argument."""
    sent = len(served.portal.requests)
    with pytest.raises(FieldError) as caught:
        basemap_image(*arguments)
    assert caught.value.field == field
    assert len(served.portal.requests) == sent


def test_without_pillow_the_way_to_it_is_told(monkeypatch) -> None:
    """It is an extra."""
    monkeypatch.setattr(mosaic, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'arcgis-keywidget\[maps\]'"):
        basemap_image(GERMANY)


async def test_a_picture_that_is_no_tile_is_refused(key) -> None:
    """One of another size, or a bomb, is not drawn."""
    file = BytesIO()
    Image.new("L", (TILE, TILE + 1)).save(file, "PNG")

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/static"):
            return httpx.Response(200, json={"copyrightText": "Credits"})
        return httpx.Response(200, content=file.getvalue())

    with pytest.raises(UnexpectedReplyError, match="512 x 513"):
        await mosaic.image(GERMANY, key=key, transport=httpx.MockTransport(answer))


def test_interrupting_ends_the_requests(served) -> None:
    """Ctrl-C: nothing is asked for any more, and the next picture is made as ever."""
    basemap_image(GERMANY, "open/streets", size=(64, 64))  # what is asked for once in a process
    served.portal.fail("tile:slow=1*0")
    sent = len(served.portal.requests)
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        basemap_image(WORLD_BOX, "open/streets", (4000, 4000))
    served.portal.heal()
    time.sleep(1.5)
    assert len(tile_asked(served, sent)) <= IN_FLIGHT_HERE
    assert basemap_image(GERMANY, size=(64, 64)).missing == ()


async def test_both_faces_give_the_same(key) -> None:
    """The async one on any loop, without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        one = await mosaic.image(GERMANY, size=(128, 128), key=key)
    other = await asyncio.to_thread(basemap_image, GERMANY, size=(128, 128))
    assert one.tobytes() == other.tobytes()
