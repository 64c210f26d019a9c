"""The tile services behind the vector styles, as their clients use them."""

from __future__ import annotations

import gzip
import json
from urllib.parse import urljoin

import mapbox_vector_tile
import pytest

SERVICES = "/arcgis/rest/services"
VECTOR = f"{SERVICES}/World_Basemap_v2/VectorTileServer"
OPEN = f"{SERVICES}/OpenBasemap_v2/VectorTileServer"
TILE = f"{VECTOR}/tile/3/2/4.pbf"
FONT = f"{VECTOR}/resources/fonts/Arial Bold/0-255.pbf"
SPRITE = f"{VECTOR}/resources/sprites/sprite"
RESOURCES = [FONT, f"{SPRITE}.json", f"{SPRITE}@2x.png", f"{VECTOR}/resources/styles/root.json"]


@pytest.mark.parametrize("service", [VECTOR, OPEN])
async def test_the_root_tells_what_clients_read(keyed, service):
    """The scheme of tiles and where they, the style and the credit are; nothing promises a tile map."""
    document = await keyed.document(service, f="json")
    assert document["tiles"] == ["tile/{z}/{y}/{x}.pbf"]
    assert document["defaultStyles"] == "resources/styles"
    assert document["name"] in service
    assert (document["type"], document["capabilities"]) == ("indexedVector", "TilesOnly")
    assert "tileMap" not in document
    info = document["tileInfo"]
    assert (info["rows"], info["cols"], info["spatialReference"]["latestWkid"]) == (512, 512, 3857)
    assert info["lods"][0]["resolution"] == pytest.approx(78271.51696402048)
    assert info["lods"][0]["scale"] == pytest.approx(295828763.7957775)
    assert document["maxLOD"] == info["lods"][-1]["level"] == 22
    assert "GeoNames" in document["copyrightText"]
    assert "Esri" not in document["copyrightText"]


async def test_a_tile_is_a_gzipped_vector_tile(keyed):
    """Row before column; `f=json` makes no difference, as one client appends it."""
    for more in ({}, {"f": "json"}):
        reply = await keyed.get(TILE, **more)
        assert (reply.status_code, reply.headers["content-type"]) == (200, "application/x-protobuf")
        assert reply.headers["content-encoding"] == "gzip"
        names = {
            feature["properties"]["name"]
            for feature in mapbox_vector_tile.decode(reply.content)["land"]["features"]
        }
        assert {"France", "Germany"} <= names


async def test_tile_services_refuse_inside_http_200(keyed, ada, clock):
    """499 without a token, 498 with a bad or expired one, 403 without the privilege: the older shape."""
    poor, _ = await ada.make_key(["premium:user:staticbasemaptiles"])
    for path in (VECTOR, TILE):
        assert await keyed.refusal(path, key="") == (200, 499)
        assert await keyed.refusal(path, key=f"{keyed.key}x") == (200, 498)
        assert await keyed.refusal(path, key=poor) == (200, 403)
    clock.now += 8 * 86_400
    assert await keyed.refusal(TILE) == (200, 498)


async def test_the_root_can_be_open(open_portal, with_key):
    """With `service_root=open` the root answers anyone, but still refuses a bad token; tiles stay shut."""
    keyed = await with_key(open_portal(switches={"service_root": "open"}))
    assert (await keyed.document(VECTOR, key=""))["type"] == "indexedVector"
    assert await keyed.refusal(VECTOR, key="nonsense") == (200, 498)
    assert await keyed.refusal(TILE, key="") == (200, 499)


async def test_referrers_hold_for_tiles(ada, keyed):
    """The wrong Referer makes a key invalid."""
    key, _ = await ada.make_key(
        ["premium:user:basemaps"], httpReferrers=json.dumps(["https://class.example"])
    )
    right = {"Referer": "https://class.example/map"}
    assert (await keyed.get(TILE, key=key, headers=right)).headers["content-encoding"] == "gzip"
    assert await keyed.refusal(TILE, key=key, headers={"Referer": "https://other.example/"}) == (200, 498)


@pytest.mark.parametrize("path", RESOURCES)
async def test_resources_are_open_or_not(keyed, open_portal, with_key, path):
    """Glyphs, icons and style need no token; with `style_resources=token` they do."""
    assert (await keyed.get(path, key="")).content == (await keyed.get(path, key="", f="json")).content
    strict = await with_key(open_portal(switches={"style_resources": "token"}))
    assert await strict.refusal(path, key="") == (200, 499)
    reply = await strict.get(path)
    assert (reply.status_code, "error" in reply.text[:10]) == (200, False)


async def test_the_client_that_has_a_file_gets_304(keyed):
    """A tile's ETag is stable; asked with it, the body is saved, but the token is still looked at."""
    first = await keyed.get(TILE)
    again = await keyed.get(TILE, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert await keyed.refusal(TILE, key="", headers={"If-None-Match": first.headers["etag"]}) == (200, 499)


async def test_the_own_style_leads_to_everything(keyed):
    """Its relative addresses, put together as browsers do, answer; so do fonts and icons that it names."""
    for path in (f"{VECTOR}/resources/styles", f"{VECTOR}/resources/styles/root.json"):
        style = await keyed.document(path)
        base = f"{VECTOR}/resources/styles/root.json"
        assert urljoin(base, style["sources"]["esri"]["url"]) == f"{VECTOR}/"
        icons = await keyed.document(urljoin(base, style["sprite"]) + ".json")
        for layer in style["layers"]:
            layout = layer.get("layout", {})
            assert layout.get("icon-image", next(iter(icons))) in icons
            for font in layout.get("text-font", ()):
                glyphs = urljoin(base, style["glyphs"]).format(fontstack=font, range="0-255")
                assert len((await keyed.get(glyphs)).content) > 10_000


@pytest.mark.parametrize(
    "path",
    [
        f"{VECTOR}/tile/3/8/0.pbf",
        f"{VECTOR}/tile/23/0/0.pbf",
        f"{VECTOR}/tile/3/a/0.pbf",
        f"{VECTOR}/tile/3/-1/0.pbf",
        f"{VECTOR}/resources/fonts/Arial/0-100.pbf",
        f"{VECTOR}/resources/fonts/Arial/1-256.pbf",
        f"{VECTOR}/resources/fonts/Arial/x-y.pbf",
        f"{VECTOR}/resources/fonts/Arial/²-257.pbf",
        f"{VECTOR}/resources/fonts/Arial/1114112-1114367.pbf",
        f"{VECTOR}/resources/sprites/other.png",
        f"{VECTOR}/resources/sprites/sprite.gif",
        f"{SERVICES}/Nothing/VectorTileServer",
        f"{SERVICES}/Nothing/VectorTileServer/tile/0/0/0.pbf",
    ],
)
async def test_what_is_not_there_is_404(keyed, path):
    """No such tile, range, icon or service."""
    assert await keyed.refusal(path) == (404, 404)


async def test_credits_are_told_by_place(keyed):
    """The document that esri-leaflet-vector reads its dynamic attribution from; it credits our sources."""
    document = await keyed.document("/attribution/Vector/World_Basemap_v2", key="", f="json")
    [contributor] = document["contributors"]
    assert "GeoNames" in contributor["attribution"]
    assert contributor["coverageAreas"][0]["bbox"] == [-90, -180, 90, 180]
    assert await keyed.refusal("/attribution/Vector/Nothing") == (404, 404)


@pytest.mark.parametrize("start", [0x3400, 0x10FF00])
async def test_letters_that_are_not_there_are_no_error(keyed, start):
    """A range without letters, and a font that nobody knows."""
    path = f"{VECTOR}/resources/fonts/Nobody Knows/{start}-{start + 255}.pbf"
    reply = await keyed.get(path)
    assert (reply.status_code, len(reply.content) < 60) == (200, True)


async def test_online_has_the_tiles_and_enterprise_has_not(open_portal, with_key, call_as):
    """Basemaps are for Location Platform and Online."""
    online = await with_key(open_portal("online"))
    assert gzip.decompress(gzip.compress((await online.get(TILE)).content))
    enterprise = await call_as(open_portal("enterprise")).sign_in()
    for path in (VECTOR, TILE, *RESOURCES):
        assert (await enterprise.send(path, method="GET")).status_code == 404


async def test_faults_can_be_armed_for_each_operation(keyed, portal):
    """A client's answer to trouble with tiles can be tried."""
    portal.fail("VectorTileServer/tile:http=503")
    assert (await keyed.get(TILE)).status_code == 503
    assert (await keyed.get(TILE)).status_code == 200
    portal.fail("style:error=498")
    style = f"{SERVICES}/styles/v2/styles/arcgis/streets"
    assert await keyed.refusal(style) == (200, 498)
