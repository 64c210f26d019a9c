"""Static Basemap Tiles v1 over HTTP."""

from __future__ import annotations

import asyncio
from io import BytesIO
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from arcgis_keywidget.practice.basemaps.tiles import draw_tile

SERVICE = "/arcgis/rest/services/static-basemap-tiles-service/v1"
STYLES = "/arcgis/rest/services/styles/v2"
STREETS = f"{SERVICE}/arcgis/streets/static/tile/2/1/2"
OPEN = f"{SERVICE}/open/streets/static/tile/2/1/2"


@pytest.fixture
async def holder(ada):
    """The first user with a key for tiles instead of her own token."""
    ada.token, _ = await ada.make_key()
    return ada


async def get(caller, path, **given):
    """A GET with the key in a header, as libraries send it."""
    headers = {"X-Esri-Authorization": f"Bearer {caller.token}", **given.pop("headers", {})}
    return await caller.http.get(f"http://practice.test{path}", params=given, headers=headers)


async def test_a_tile_is_what_is_drawn_for_its_place(holder):
    """Row comes before column in the path."""
    reply = await get(holder, f"{SERVICE}/arcgis/streets/static/tile/2/1/3")
    assert reply.content == draw_tile("arcgis/streets", 2, 3, 1)


async def test_the_list_leads_to_everything_it_names(holder):
    """Each style's document, its tiles by the template, and its thumbnail, which needs no token."""
    document = (await get(holder, f"{SERVICE}/self")).json()
    assert {family["code"] for family in document["styleFamilies"]} == {"arcgis", "open"}
    assert {"name": "French", "code": "fr"} in document["languages"]
    assert [worldview["code"] for worldview in document["worldviews"]] == ["unitedStatesOfAmerica"]
    for style in document["styles"]:
        assert style["path"].startswith(f"/{style['styleFamily']}/")
        path = style["url"].removeprefix("http://practice.test")
        assert (await get(holder, path)).json()["mapName"] == style["name"]
        tile = style["templateUrl"].removeprefix("http://practice.test").format(z=0, y=0, x=0)
        assert (await get(holder, tile)).headers["content-type"] == "image/png"
        thumbnail = await holder.http.get(style["thumbnailUrl"])
        assert Image.open(BytesIO(thumbnail.content)).size == (200, 133)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("arcgis/dark-gray", 200),
        ("arcgis/dark-gray/base", 200),
        ("arcgis/light-gray/labels", 200),
        ("arcgis/imagery/labels", 200),
        ("arcgis/imagery", 404),
        ("arcgis/imagery/standard", 404),
        ("arcgis/streets/base", 404),
        ("arcgis/dark-gray/roads", 404),
        ("other/streets", 404),
    ],
)
async def test_parts_are_those_of_the_documented_list(holder, path, status):
    """A part that Esri does not list for a style is not found; of imagery there are the labels alone."""
    assert (await get(holder, f"{SERVICE}/{path}/static")).status_code == status
    assert (await get(holder, f"{SERVICE}/{path}/static/tile/0/0/0")).status_code == status


async def test_imagery_whole_by_the_switch(open_portal, call_as):
    """Where the real service should have it after all."""
    portal = open_portal(switches={"static_imagery": "complete"})
    ada = await call_as(portal).sign_in()
    ada.token, _ = await ada.make_key()
    assert (await get(ada, f"{SERVICE}/arcgis/imagery/static/tile/0/0/0")).status_code == 200


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        (STREETS, {"language": "fr"}, 200),
        (STREETS, {"language": "fr-CA"}, 200),
        (STREETS, {"language": "tlh"}, 200),
        (STREETS, {"worldview": "unitedStatesOfAmerica"}, 200),
        (STREETS, {"worldview": "UnitedStatesOfAmerica"}, 400),
        (STREETS, {"worldview": "atlantis"}, 400),
        (OPEN, {}, 200),
        (OPEN, {"language": "fr"}, 400),
        (OPEN, {"worldview": "unitedStatesOfAmerica"}, 400),
    ],
)
async def test_preferences_are_checked(holder, path, given, status):
    """An unknown language falls back; an unknown worldview and all preferences of open styles do not."""
    reply = await get(holder, path, **given)
    assert reply.status_code == status
    if status == 400:
        assert reply.json()["error"]["message"] == "Parameter invalid."


async def test_open_styles_may_ignore_the_language_by_the_switch(open_portal, call_as):
    """A worldview is refused all the same."""
    ada = await call_as(open_portal(switches={"open_language": "ignore"})).sign_in()
    ada.token, _ = await ada.make_key()
    assert (await get(ada, OPEN, language="fr")).status_code == 200
    assert (await get(ada, OPEN, worldview="unitedStatesOfAmerica")).status_code == 400


async def test_a_tile_that_is_known_is_not_sent_again(holder):
    """304 for the entity tag it has, in each of its spellings; the whole tile for another."""
    first = await get(holder, STREETS)
    etag = first.headers["etag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = await get(holder, STREETS, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert (await get(holder, STREETS, headers={"If-None-Match": '"other"'})).content == first.content


async def test_a_revoked_key_gets_no_304(holder, clock):
    """The token is looked at before the tag."""
    etag = (await get(holder, STREETS)).headers["etag"]
    clock.now += 8 * 86_400
    assert (await get(holder, STREETS, headers={"If-None-Match": etag})).status_code == 401


async def test_session_tokens_open_no_static_tiles(holder):
    """They are for the Basemap Styles service alone."""
    session = await get(holder, f"{STYLES}/sessions/start", styleFamily="arcgis")
    holder.token = session.json()["sessionToken"]
    reply = await get(holder, STREETS)
    assert (reply.status_code, reply.json()["error"]["code"]) == (401, 498)


@pytest.mark.parametrize(
    "place", ["2/-1/0", "2/٢/0", "2/+1/0", "2/1.0/0", "2/1/0.png", "2/4/0", "23/0/0", f"2/1/{'9' * 5000}"]
)
async def test_what_is_no_number_of_a_tile_is_not_found(holder, place):
    """Signs, other digits, endings, and numbers that are far too large."""
    path = f"{SERVICE}/arcgis/streets/static/tile/{place}"
    assert (await get(holder, path)).status_code == 404


@given(
    style=st.sampled_from(["arcgis/streets", "arcgis/dark-gray/labels", "open/streets"])
    | st.text(max_size=9),
    place=st.lists(st.integers(-2, 40).map(str) | st.text(max_size=4), min_size=2, max_size=4).map("/".join),
    wanted=st.dictionaries(st.sampled_from(["language", "worldview", "f", "token"]), st.text(max_size=8)),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_path_or_parameter_makes_it_fail(portal, call_as, style, place, wanted):
    """Whatever is asked: the tile, or the documented refusal."""

    async def ask():
        caller = await call_as(portal).sign_in()
        path = f"{SERVICE}/{quote(style, safe='/')}/static/tile/{quote(place, safe='/')}"
        return await get(caller, path, **wanted)

    reply = asyncio.run(ask())
    assert reply.status_code in {200, 400, 401, 404}
    if reply.headers["content-type"].startswith("application/json"):
        assert reply.json()["error"]["code"] in {400, 404, 498}


async def test_thumbnails_are_only_of_styles_and_of_location_platform(anyone, open_portal, call_as):
    """No such style, and no such service."""
    missing = await anyone.http.get(f"http://practice.test{SERVICE}/arcgis/none/static/thumbnail")
    online = call_as(open_portal("online"))
    other = await online.http.get(f"http://practice.test{SERVICE}/arcgis/streets/static/thumbnail")
    assert (missing.status_code, other.status_code) == (404, 404)
