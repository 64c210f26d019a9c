"""Basemap sessions: what their tokens open, and what they do not."""

from __future__ import annotations

import pytest

SERVICES = "/arcgis/rest/services"
STYLES = f"{SERVICES}/styles/v2"
START = f"{STYLES}/sessions/start"
TILES = {
    "arcgis": f"{SERVICES}/World_Basemap_v2/VectorTileServer/tile/0/0/0.pbf",
    "open": f"{SERVICES}/OpenBasemap_v2/VectorTileServer/tile/0/0/0.pbf",
}


async def test_a_session_lasts_as_long_as_asked(keyed, clock):
    """The reply names token, family and both times; without a duration it is twelve hours."""
    session = await keyed.document(START, styleFamily="open", durationSeconds=600)
    assert session["sessionToken"].startswith("AASTpractice")
    assert session["styleFamily"] == "open"
    assert session["endTime"] - session["startTime"] == 600_000
    assert session["startTime"] == clock.ms
    usual = await keyed.document(START)
    assert (usual["endTime"] - usual["startTime"], usual["styleFamily"]) == (43_200_000, "arcgis")


@pytest.mark.parametrize(("family", "other"), [("arcgis", "open"), ("open", "arcgis")])
async def test_a_session_opens_its_own_family(keyed, clock, family, other):
    """Styles, web maps and tiles of the family, until its time is over; not those of the other."""
    token = (await keyed.document(START, styleFamily=family, durationSeconds=60))["sessionToken"]
    style = await keyed.document(f"{STYLES}/styles/{family}/streets", key=token)
    assert all(token in source["tiles"][0] for source in style["sources"].values())
    assert await keyed.document(f"{STYLES}/webmaps/{family}/streets", key=token)
    assert await keyed.document(f"{STYLES}/styles/self", key=token)
    assert "error" not in (await keyed.get(TILES[family], key=token)).headers.get("content-type")
    assert (await keyed.get(TILES[family], key=token)).headers["content-encoding"] == "gzip"
    assert await keyed.refusal(f"{STYLES}/styles/{other}/streets", key=token) == (403, 403)
    assert await keyed.refusal(TILES[other], key=token) == (200, 403)
    clock.now += 60
    assert await keyed.refusal(f"{STYLES}/styles/{family}/streets", key=token) == (401, 498)
    assert await keyed.refusal(TILES[family], key=token) == (200, 498)


async def test_a_session_opens_nothing_else(keyed):
    """No further session, no custom style, no static tile, no portal, no layer."""
    token = (await keyed.document(START))["sessionToken"]
    assert await keyed.refusal(START, key=token) == (403, 403)
    assert await keyed.refusal(f"{STYLES}/styles/items/{'0' * 32}", key=token) == (403, 403)
    static = f"{SERVICES}/static-basemap-tiles-service/v1/arcgis/streets/static/tile/0/0/0"
    assert await keyed.refusal(static, key=token) == (401, 498)
    for path in ("portals/self", "community/self", "search"):
        assert await keyed.refusal(f"/sharing/rest/{path}", key=token, f="json", q="map") == (200, 498)


@pytest.mark.parametrize(
    "wrong",
    [
        {"styleFamily": "osm"},
        {"styleFamily": "ARCGIS"},
        {"durationSeconds": "9"},
        {"durationSeconds": "43201"},
        {"durationSeconds": "-60"},
        {"durationSeconds": "ten"},
        {"durationSeconds": "1e3"},
        {"durationSeconds": "9" * 5000},
        {"durationSeconds": "00000000000060"},
        {"durationSeconds": "²"},
    ],
)
async def test_wrong_wishes_are_400(keyed, wrong):
    """Families are arcgis and open; seconds are 10 to 43200."""
    assert await keyed.refusal(START, **wrong) == (400, 400)


async def test_starting_needs_the_privilege(keyed, ada):
    """401 without a good token, 403 without the privilege; a person's own token will do."""
    poor, _ = await ada.make_key(["premium:user:staticbasemaptiles"])
    assert await keyed.refusal(START, key="") == (401, 499)
    assert await keyed.refusal(START, key="nonsense") == (401, 498)
    assert await keyed.refusal(START, key=poor) == (403, 403)
    reply = await ada.send(START, method="GET")
    assert "sessionToken" in reply.json()


async def test_sessions_are_for_location_platform_alone(open_portal, with_key, call_as):
    """Online has the styles but no sessions; Enterprise has neither."""
    online = await with_key(open_portal("online"))
    assert await online.refusal(START) == (403, 403)
    enterprise = await call_as(open_portal("enterprise")).sign_in()
    assert (await enterprise.send(START, method="GET")).status_code == 404


async def test_a_session_outlives_a_restart_and_is_kept_hashed(open_portal, with_key, tmp_path):
    """The store knows the token by its hash alone, and still knows it when it is opened again."""
    file = tmp_path / "portal.sqlite"
    first = open_portal(store=file)
    keyed = await with_key(first)
    token = (await keyed.document(START))["sessionToken"]
    first.close()
    assert token.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    second = await with_key(open_portal(store=file))
    assert await second.document(f"{STYLES}/styles/arcgis/streets", key=token)
