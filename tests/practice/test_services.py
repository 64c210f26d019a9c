"""What a key opens, and what it does not."""

from __future__ import annotations

import json

import pytest

TILES = "/arcgis/rest/services/static-basemap-tiles-service/v1"
TILE = f"{TILES}/arcgis/streets/static/tile/1/0/1"
LAYER = "portal:app:access:item:"


@pytest.fixture
def rows(portal):
    """The path of the layer's query."""
    return f"/server/rest/services/Hosted/{portal.table.name}/FeatureServer/0/query"


async def test_tile_for_a_key(ada):
    """A PNG of 512 pixels, by header and by parameter."""
    key, _ = await ada.make_key()
    by_header = await ada.send(TILE, token=key, method="GET")
    by_query = await ada.http.get(f"http://practice.test{TILE}", params={"token": key})
    for reply in (by_header, by_query):
        assert (reply.status_code, reply.headers["content-type"]) == (200, "image/png")
        assert reply.content[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(reply.content[16:20], "big") == 512


@pytest.mark.parametrize("path", [TILE, f"{TILES}/self", f"{TILES}/arcgis/streets/static"])
async def test_tiles_refuse_with_true_statuses(ada, anyone, clock, path):
    """401 without a good token, 403 without the privilege; the body says which."""
    key, _ = await ada.make_key()
    poor, _ = await ada.make_key(["premium:user:basemaps"])

    async def refusal(caller, **given):
        reply = await caller.send(path, method="GET", **given)
        return reply.status_code, reply.json()["error"]["code"]

    assert await refusal(anyone) == (401, 499)
    assert await refusal(ada, token=f"{key}x") == (401, 498)
    assert await refusal(ada, token=poor) == (403, 403)
    clock.now += 8 * 86_400
    assert await refusal(ada, token=key) == (401, 498)


@pytest.mark.parametrize(
    "path", ["arcgis/streets/static/tile/1/2/0", "arcgis/streets/static/tile/1/a/0", "arcgis/none/static"]
)
async def test_no_such_tile(ada, path):
    """Outside the pyramid, no number, no such style: 404."""
    key, _ = await ada.make_key()
    assert (await ada.send(f"{TILES}/{path}", token=key, method="GET")).status_code == 404


async def test_styles_describe_themselves(ada):
    """The list leads to the tile service's own document."""
    key, _ = await ada.make_key()
    style = (await ada(f"{TILES}/self", token=key))["styles"][0]
    assert style["path"] == "/arcgis/streets"
    document = await ada(style["url"].removeprefix("http://practice.test"), token=key)
    assert document["tileInfo"]["rows"] == 512


@pytest.mark.parametrize("account", ["online", "enterprise"])
async def test_only_location_platform_has_static_tiles(open_portal, call_as, account):
    """Other account kinds have no such service."""
    ada = await call_as(open_portal(account)).sign_in()
    assert (await ada.send(TILE, method="GET")).status_code == 404


async def test_layer_answers_owner_and_granted_keys(ada, rows, portal):
    """The owner and a key that holds the item read all rows; pages and documents too."""
    key, _ = await ada.make_key([LAYER + portal.layer])
    for token in (ada.token, key):
        reply = await ada(rows, token=token, where="1=1", returnCountOnly="true")
        assert reply == {"count": portal.table.count}
    for path in (rows.removesuffix("/query"), rows.removesuffix("/0/query"), f"{rows}/"):
        assert "error" not in await ada(path, token=key, where="1=1")
    geojson = await ada(rows, token=key, where="1=1", f="geojson", method="GET")
    assert geojson["type"] == "FeatureCollection"
    item = await ada(f"content/items/{portal.layer}", token=key)
    assert item["url"] == f"http://practice.test{rows.removesuffix('/0/query')}"


async def test_layer_refuses_inside_http_200(ada, sam, anyone, rows):
    """499 without a token, 498 with a bad one, 403 for a key without the item and for strangers."""
    other, _ = await ada.make_key()
    assert (await anyone(rows))["error"]["code"] == 499
    assert (await ada(rows, token="nonsense"))["error"]["code"] == 498
    for caller, token in ((ada, other), (sam, sam.token)):
        error = (await caller(rows, token=token))["error"]
        assert (error["code"], error["messageCode"]) == (403, "GWM_0003")


async def test_layer_refuses_bad_queries_and_names(ada, rows, portal):
    """A bad where, and a service that is not there."""
    assert (await ada(rows, where="drop table"))["error"]["code"] == 400
    assert (await ada(rows.replace(portal.table.name, "Other")))["error"]["code"] == 404


async def test_referrers_hold_for_services_too(ada, rows, portal):
    """Tiles answer 401 and the layer 498 when the Referer is not on the list."""
    granted = ["premium:user:staticbasemaptiles", LAYER + portal.layer]
    key, _ = await ada.make_key(granted, httpReferrers=json.dumps(["https://class.example"]))
    right = {"Referer": "https://class.example/"}
    assert (await ada.send(TILE, token=key, method="GET", headers=right)).status_code == 200
    assert (await ada.send(TILE, token=key, method="GET")).status_code == 401
    assert "features" in await ada(rows, token=key, where="1=1", headers=right)
    assert (await ada(rows, token=key))["error"]["code"] == 498
