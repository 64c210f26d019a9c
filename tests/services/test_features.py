"""Rows of a layer with a key."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from arcgis_keywidget import ApiKey, read_layer
from arcgis_keywidget.errors import (
    FieldError,
    HostRefusedError,
    KeyWidgetError,
    NotGrantedError,
    PortalError,
    PortalUnreachableError,
    QuotaError,
    TokenError,
    UnexpectedReplyError,
)
from arcgis_keywidget.models import Item, session_keys
from arcgis_keywidget.services import pace


def test_the_private_layer_is_read_by_its_item(served, make_key) -> None:
    """Rows are dicts; geometries and the whole as GeoJSON; the key is in the header only."""
    session_keys.add(make_key())
    sent = len(served.portal.requests)
    rows = read_layer(served.portal.layer, num=3, fields="*")
    assert len(rows) == 3
    assert rows.exceeded
    assert tuple(rows[0]) == rows.fields
    assert rows[1:] == [*rows][1:]
    collection = rows.to_geojson()
    assert [one["properties"] for one in collection["features"]] == [*rows]
    assert collection["features"][0]["geometry"] == rows.geometries[0]
    assert {entry["token_by"] for entry in served.portal.requests[sent:]} == {"X-Esri-Authorization"}


@pytest.mark.parametrize("end", ["", "/", "/0", "/0/", "/0/query", "/0?token=nonsense#x"])
def test_the_layer_is_found_by_its_address_too(served, make_key, end: str) -> None:
    """The service, the layer, with what people copy along; a token in the address is not sent."""
    session_keys.add(make_key())
    root = served.ready["layer"]["url"].removesuffix("/0")
    sent = len(served.portal.requests)
    assert len(read_layer(root + end, num=2)) == 2
    assert not any("token" in entry["query"] for entry in served.portal.requests[sent:])


def test_conditions_and_columns(served, make_key) -> None:
    """`where` and `outFields` are the layer's; they go in the body, so that no log of addresses has them."""
    session_keys.add(make_key())
    every = read_layer(served.portal.layer)
    name = every.fields[1]
    some = read_layer(served.portal.layer, where="objectid <= 5", fields=[name.upper()])
    assert some.fields == ("objectid", name)
    assert len(some) == 5
    assert not some.exceeded
    assert "where" in served.portal.requests[-1]["body"]


def test_an_item_value_will_do(served, make_key) -> None:
    """As `search_items` gives it; and an id in capitals."""
    assert len(read_layer(f" {served.portal.layer.upper()} ", num=1, key=make_key())) == 1
    item = Item(id=served.portal.layer, title="", type="Feature Service", owner="ada", access="private")
    assert len(read_layer(item, num=1, key=make_key())) == 1


def test_a_key_that_does_not_open_the_item_is_told(served, make_key) -> None:
    """The key is good, the item is not among those it opens: by item and by address."""
    key = make_key(items=())
    for place in (served.portal.layer, served.ready["layer"]["url"]):
        with pytest.raises(NotGrantedError, match="does not open") as caught:
            read_layer(place, key=key)
        assert caught.value.item == place


def test_a_bad_key_is_told(served) -> None:
    """The layer refuses inside HTTP 200."""
    key = ApiKey("AAPTcanary", portal=served.url)
    with pytest.raises(TokenError, match="does not accept this key"):
        read_layer(served.ready["layer"]["url"], key=key)


@pytest.mark.parametrize("place", ["", "trails", "https://gis.example.com/home", "f" * 31])
def test_what_is_no_layer_is_never_asked_for(place: str) -> None:
    """Neither an item id nor the address of a layer."""
    with pytest.raises(FieldError, match="neither an item id nor"):
        read_layer(place, key=ApiKey("AAPTkey"))


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"num": 0}, "num"),
        ({"num": -5}, "num"),
        ({"num": "5"}, "num"),
        ({"num": 2.5}, "num"),
        ({"num": True}, "num"),
        ({"where": " "}, "where"),
        ({"where": None}, "where"),
    ],
)
def test_settings_that_cannot_be_right_are_never_sent(served, settings: dict, field: str) -> None:
    """How many rows and which, named by the argument."""
    sent = len(served.portal.requests)
    with pytest.raises(FieldError) as caught:
        read_layer(served.portal.layer, key=ApiKey("AAPTkey", portal=served.url), **settings)
    assert caught.value.field == field
    assert len(served.portal.requests) == sent


def test_an_item_that_is_no_layer_is_told(served, make_key) -> None:
    """A web map has no rows."""
    user = served.portal.users[0].username
    apps = [item for item in served.portal.items_of(user) if item["type"] == "Application"]
    item = apps[0]["id"] if apps else make_key() and served.portal.items_of(user)[-1]["id"]
    with pytest.raises(FieldError, match="is a 'Application', not a layer"):
        read_layer(item, key=make_key(items=(item,)))


def test_the_key_stays_away_from_other_hosts(served, make_key) -> None:
    """By address, and by an item whose address points elsewhere."""
    key = make_key()
    place = "https://evil.example/arcgis/rest/services/Trails/FeatureServer/0"
    with pytest.raises(HostRefusedError, match=r"not sent to evil\.example"):
        read_layer(place, key=key)
    store = served.portal.store
    before = store.one("SELECT fields FROM items WHERE id = ?", served.portal.layer)["fields"]
    change = "UPDATE items SET fields = ? WHERE id = ?"
    with store.writing():
        store.run(change, f'{{"url": "{place}"}}', served.portal.layer)
    try:
        with pytest.raises(HostRefusedError, match=r"not sent to evil\.example"):
            read_layer(served.portal.layer, key=key)
    finally:
        with store.writing():
            store.run(change, before, served.portal.layer)


def test_the_key_that_may_go_there_is_taken(served, make_key) -> None:
    """With several keys in the session, an address chooses; without any, the way to one is told."""
    url = served.ready["layer"]["url"]
    with pytest.raises(KeyWidgetError, match="no API key in this session"):
        read_layer(url)
    session_keys.add(make_key())
    session_keys.add(ApiKey("AAPTother", portal="https://gis.example.com"))
    assert len(read_layer(url, num=1)) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("html", UnexpectedReplyError),
        ("half", UnexpectedReplyError),
        ("error=500*3", PortalError),
        ("drop-before*3", PortalUnreachableError),
    ],
)
def test_a_layer_in_trouble_is_one_clear_error(served, make_key, monkeypatch, fault: str, kind: type) -> None:
    """After three tries where the trouble may pass; and it works again afterwards."""
    monkeypatch.setattr(pace, "BACKOFF", (0, 0))
    session_keys.add(make_key())
    served.portal.fail(f"query:{fault}")
    with pytest.raises(kind):
        read_layer(served.portal.layer)
    assert len(read_layer(served.portal.layer, num=1)) == 1


def test_pages_are_followed_to_the_end(served, make_key, monkeypatch) -> None:
    """The layer has more rows than a page: all are here, once, in order, and a stumble is no matter."""
    monkeypatch.setattr(pace, "BACKOFF", (0, 0))
    session_keys.add(make_key())
    sent = len(served.portal.requests)
    served.portal.fail("query:http=503")
    served.portal.fail("query:drop-after")
    every = read_layer(served.portal.layer)
    ids = [row["objectid"] for row in every]
    assert len(ids) > 200
    assert ids == [*range(1, len(ids) + 1)]
    assert not every.exceeded
    asked = [entry for entry in served.portal.requests[sent:] if entry["path"].endswith("/query")]
    assert len(asked) == 5  # the count and two pages; two of these twice
    assert all(entry["query"] == [] for entry in asked)


def test_a_rectangle_of_the_globe(served, make_key) -> None:
    """In degrees; one across the 180th meridian has both its halves, and nothing between them."""
    session_keys.add(make_key())
    europe = read_layer(served.portal.layer, bbox=(-25, 35, 40, 72))
    assert 20 < len(europe) < 100
    every = read_layer(served.portal.layer)
    places = [geometry["coordinates"][0] for geometry in every.geometries]
    pacific = read_layer(served.portal.layer, bbox=[170, -90, -170, 90])
    assert len(pacific) == sum(abs(x) > 170 for x in places) > 1


def test_a_layer_is_not_granted_through_all_its_pages(served, make_key) -> None:
    """The item itself may be seen; its rows are refused half-way."""
    key = make_key()
    served.portal.fail("query:error=403")
    with pytest.raises(NotGrantedError, match=r"does not open 'World capitals' \(") as caught:
        read_layer(served.portal.layer, key=key)
    assert caught.value.item == served.portal.layer
    assert "KeyRequest(items=" in caught.value.hint


def test_a_column_that_is_not_there(served, make_key) -> None:
    """Those that are there are named."""
    session_keys.add(make_key())
    with pytest.raises(FieldError, match="no column 'height'; there are objectid, capital") as caught:
        read_layer(served.portal.layer, fields="capital,height")
    assert caught.value.field == "fields"


def test_a_ceiling_on_requests_is_waited_out_once(served, make_key, monkeypatch) -> None:
    """Then it is an error that says what to do."""
    monkeypatch.setattr(pace, "PAUSE", 0)
    session_keys.add(make_key())
    served.portal.fail("query:http=429")
    assert len(read_layer(served.portal.layer)) > 200
    served.portal.fail("query:http=429*2")
    with pytest.raises(QuotaError, match=r"too many requests.*Wait a minute"):
        read_layer(served.portal.layer)


def test_ctrl_c_ends_a_reading(served, make_key) -> None:
    """Whatever page it waits for; the next one is read as ever."""
    session_keys.add(make_key())
    served.portal.fail("query:slow=60*0")
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        read_layer(served.portal.layer)
    served.portal.heal()
    assert len(read_layer(served.portal.layer, num=1)) == 1
