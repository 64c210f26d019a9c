"""Basemap tiles with a key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from arcgis_keywidget import ApiKey, fetch_tile, use
from arcgis_keywidget.errors import (
    ExpiredError,
    FieldError,
    KeyWidgetError,
    PortalError,
    PrivilegeError,
    ReferrerError,
    TokenError,
    UnexpectedReplyError,
)
from arcgis_keywidget.models import LocationServices, session_keys
from arcgis_keywidget.services.basemaps import tile

STREETS = "arcgis/streets"


def altered(key: ApiKey, text: str | None = None, **changes: object) -> ApiKey:
    """The same key with something else about it."""
    names = ("portal", "expires", "services", "trust", "referrer")
    return ApiKey(text or key, **{name: changes.get(name, getattr(key, name)) for name in names})


def test_a_tile_is_a_picture_with_its_credits(served, make_key, tmp_path) -> None:
    """512 px PNG, shown by notebooks, saved to a file; the key goes in the header, never in the address."""
    session_keys.add(make_key())
    sent = len(served.portal.requests)
    picture = fetch_tile(STREETS, 2, 1, 3)
    assert picture._repr_png_()[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture.content[16:20]) == 512
    assert "Natural Earth" in picture.attribution
    assert "Esri" not in picture.attribution
    assert "PNG" not in repr(picture)
    picture.save(tmp_path / "tile.png")
    assert (tmp_path / "tile.png").read_bytes() == picture.content
    entries = served.portal.requests[sent:]
    assert entries[0]["path"].endswith("/static/tile/2/3/1")  # row before column
    assert {entry["token_by"] for entry in entries} == {"X-Esri-Authorization"}
    fetch_tile(STREETS, 2, 0, 0)
    assert len(served.portal.requests) == sent + 3  # the credits are asked for once


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("streets", 0, 0, 0), "style"),
        (("arcgis/../secrets", 0, 0, 0), "style"),
        (("arcgis/streets?token=x", 0, 0, 0), "style"),
        ((STREETS, 23, 0, 0), "z"),
        ((STREETS, -1, 0, 0), "z"),
        ((STREETS, 1, 2, 0), "x"),
        ((STREETS, 1, 0, -1), "y"),
        ((STREETS, 1.0, 0, 0), "z"),
        ((STREETS, "1", 0, 0), "z"),
        ((STREETS, 1, True, 0), "x"),
        ((STREETS, 1, 0, None), "y"),
    ],
)
def test_what_is_no_tile_is_never_asked_for(served, arguments: tuple, field: str) -> None:
    """A style or place that cannot be."""
    sent = len(served.portal.requests)
    with pytest.raises(FieldError) as caught:
        fetch_tile(*arguments, key="AAPTsomething")
    assert caught.value.field == field
    assert len(served.portal.requests) == sent


def test_without_a_key_the_way_to_one_is_told() -> None:
    """No key in the session."""
    with pytest.raises(KeyWidgetError, match=r"no API key in this session.*KeyForm"):
        fetch_tile(STREETS, 0, 0, 0)


def test_a_key_without_static_tiles_says_so() -> None:
    """Online and Enterprise have none; another key of the session that has them is taken."""
    online = ApiKey("AAPTonline", services=LocationServices(styles="https://basemapstyles-api.arcgis.com"))
    with pytest.raises(KeyWidgetError, match="Only ArcGIS Location Platform"):
        fetch_tile(STREETS, 0, 0, 0, key=online)


def test_the_newest_key_with_tiles_is_taken(make_key) -> None:
    """An Enterprise key that came later does not stand in the way."""
    session_keys.add(make_key())
    session_keys.add(ApiKey("AAPTenterprise", portal="https://gis.example.com"))
    assert fetch_tile(STREETS, 0, 0, 0).content


def test_a_key_given_as_text_is_recognised(make_key) -> None:
    """From the environment, say: it goes to the portal that it is known to be of."""
    key = make_key()
    session_keys.add(key)
    assert fetch_tile(STREETS, 0, 0, 0, key=str.__str__(key)).content


async def test_a_text_put_in_the_session_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known of its account, so nothing is said of it; a portal elsewhere has no tiles."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.host == "static-map-tiles-api.arcgis.com"
        if request.url.path.endswith("/static"):
            return httpx.Response(200, json={"copyrightText": "Credits"})
        return httpx.Response(200, content=b"\x89PNG\r\n\x1a\n")

    monkeypatch.setattr("arcgis_keywidget.services.raster._attributions", {})
    use("AAPTsomething", environ=())
    picture = await tile(STREETS, 0, 0, 0, transport=httpx.MockTransport(answer))
    assert picture.attribution == "Powered by Esri | Credits"
    with pytest.raises(KeyWidgetError, match="no static basemap tiles"):
        await tile(STREETS, 0, 0, 0, key=ApiKey("AAPTenterprise", portal="https://gis.example.com"))


def test_each_refusal_of_a_key_has_its_reason(make_key) -> None:
    """Ended, old kind, referrer, revoked, privilege missing: one sentence each, without the key."""
    key = make_key()
    past = datetime.now(UTC) - timedelta(days=1)
    cases = [
        (altered(key, "AAPTcanary", expires=past), ExpiredError, "has ended on"),
        (altered(key, "AAPK" + "canary" * 16), TokenError, "old kind"),
        (altered(key, "AAPTcanary", referrer="https://a.example"), ReferrerError, r"a\.example"),
        (altered(key, "AAPTcanary"), TokenError, "revoked"),
        (make_key(privileges=("premium:user:basemaps",)), PrivilegeError, "premium:user:staticbasemaptiles"),
    ]
    for bad, kind, says in cases:
        with pytest.raises(kind, match=says) as caught:
            fetch_tile(STREETS, 0, 0, 0, key=bad)
        assert "canary" not in f"{caught.value!s}{caught.value!r}{caught.value.__context__!r}"
        assert bad not in str(caught.value)


def test_a_key_with_a_referrer_brings_it_along(served, make_key) -> None:
    """The Referer is sent with each request; the portal checks it."""
    key = make_key(referrers=("https://*.example.com",))
    sent = len(served.portal.requests)
    assert fetch_tile(STREETS, 0, 0, 0, key=key).content
    assert {entry["referer"] for entry in served.portal.requests[sent:]} == {"https://www.example.com"}


@pytest.mark.parametrize(
    ("fault", "kind"),
    [("html", UnexpectedReplyError), ("http=503*3", PortalError), ("error=500*3", PortalError)],
)
def test_a_service_in_trouble_is_one_clear_error(served, make_key, fault: str, kind: type) -> None:
    """What passes is tried again; what stays is told, and it works again afterwards."""
    session_keys.add(make_key())
    served.portal.fail(f"tile:{fault}")
    with pytest.raises(kind) as caught:
        fetch_tile(STREETS, 0, 0, 0)
    assert caught.value.title
    assert fetch_tile(STREETS, 0, 0, 0).content


async def test_what_is_no_picture_is_refused(make_key) -> None:
    """A script or SVG under the address of a tile never becomes a Tile."""
    answers = httpx.MockTransport(lambda _: httpx.Response(200, content=b"GIF89a"))
    with pytest.raises(UnexpectedReplyError, match="picture"):
        await tile(STREETS, 0, 0, 0, key=make_key(), transport=answers)
