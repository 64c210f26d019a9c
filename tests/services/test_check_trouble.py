"""What stands in the way of a check is told as that, and never as a fault of the key."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import httpx
import pytest

from arcgis_keywidget import ApiKey, check_key
from arcgis_keywidget.services.check import check
from arcgis_keywidget.services.key_check import Finding, KeyCheck, State

BASEMAPS, TILES = "premium:user:basemaps", "premium:user:staticbasemaptiles"
HOSTILE = "<script>alert(1)</script>\x1b[2J"


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("html", "web page instead of data"),
        ("error=500", r"could not do this \(500\)"),
        ("http=503", "503"),
        ("http=429", r"too many requests for now \(429\)"),
        ("half", "incomplete"),
        ("drop-before", "closed the connection"),
        ("slow=3", "did not answer in time"),
    ],
)
@pytest.mark.parametrize(
    ("operation", "name"), [("portals/self", ""), ("style", BASEMAPS), ("item", "layer")]
)
def test_trouble_is_no_refusal(served, make_key, fault: str, why: str, operation: str, name: str) -> None:
    """Of the portal and of each service: not tested, with what to do; the other rows stand."""
    key = make_key()
    served.portal.fail(f"{operation}:{fault}")
    found = check_key(key, privileges=(BASEMAPS,), timeout=0.5 if "slow" in fault else 10)
    row = next(row for row in found.rows if row.name == (served.portal.layer if name == "layer" else name))
    assert (row.state, row.trouble) == (State.NOT_TESTED, True)
    assert re.search(why, row.why)
    assert row.mend
    assert (found.ok, found.refused, found.troubled) == (False, False, True)
    if name:
        assert any(other.state is State.WORKS for other in found.rows[1:])


@pytest.mark.parametrize(
    ("fault", "name", "why"),
    [
        ("style:http=403", BASEMAPS, "the service refuses it"),
        ("style:http=401", BASEMAPS, "this service does not"),
        ("static:error=498", TILES, "this service does not"),
        ("item:error=403", "layer", "does not open"),
        ("FeatureServer:error=403", "layer", "does not open"),
        ("FeatureServer:error=499", "layer", "this service does not"),
    ],
)
def test_a_service_may_refuse_what_the_portal_grants(
    served, make_key, fault: str, name: str, why: str
) -> None:
    """By a true status, or inside HTTP 200."""
    key = make_key()
    served.portal.fail(fault)
    found = check_key(key)
    row = next(row for row in found.rows if row.name == (served.portal.layer if name == "layer" else name))
    assert (row.state, row.trouble) == (State.REFUSED, False)
    assert why in row.why
    assert row.mend


def test_a_dead_network_is_told() -> None:
    """Nothing listens there; what should be opened is listed as not tested."""
    found = check_key("AAPTcanary", portal="http://127.0.0.1:9", privileges=(BASEMAPS,))
    assert [str(row.state) for row in found.rows] == ["not tested", "not tested"]
    assert "cannot be reached" in found.rows[0].why
    assert found.troubled


async def test_a_portal_that_has_moved_is_told() -> None:
    """The key does not follow it to another host."""
    moved = httpx.MockTransport(
        lambda _: httpx.Response(301, headers={"Location": "https://new.example.com/sharing/rest"})
    )
    key = ApiKey("AAPTcanary", portal="https://gis.example.com")
    found = await check(key, transport=moved)
    assert "sends this request on to new.example.com" in found.rows[0].why
    assert found.rows[0].mend


def test_an_items_server_that_may_not_see_the_key_is_told(served, make_key) -> None:
    """The item is the key's, its service is elsewhere."""
    key, store = make_key(), served.portal.store
    before = store.one("SELECT fields FROM items WHERE id = ?", served.portal.layer)["fields"]
    change = "UPDATE items SET fields = ? WHERE id = ?"
    place = json.dumps({"url": "https://gis.example.com/arcgis/rest/services/Trails/FeatureServer"})
    with store.writing():
        store.run(change, place, served.portal.layer)
    try:
        found = check_key(key)
    finally:
        with store.writing():
            store.run(change, before, served.portal.layer)
    row = next(row for row in found.rows if row.name == served.portal.layer)
    assert "not sent to gis.example.com" in row.why
    assert "trust=" in row.mend


async def test_words_of_a_portal_are_only_ever_words() -> None:
    """Markup and terminal codes in names, reasons and titles."""
    answers = httpx.MockTransport(
        lambda _: httpx.Response(
            200,
            json={
                "name": HOSTILE,
                "appInfo": {
                    "appTitle": HOSTILE,
                    "appOwner": HOSTILE,
                    "privileges": [HOSTILE],
                    "expirationDate": 4_000_000_000_000,
                },
            },
        )
    )
    found = await check(ApiKey("AAPTx", portal="https://gis.example.com"), transport=answers)
    assert HOSTILE in found.title
    assert "<script" not in found._repr_html_()
    assert "\x1b" not in f"{found}{found!r}"


def test_counts_are_said_as_people_say_them() -> None:
    """One works, two work."""
    rows = [Finding(what="a", state=state, why="") for state in (State.WORKS, State.WORKS, State.REFUSED)]
    told = {"portal": "https://a.example", "kind": "API key", "checked": datetime.now(UTC)}
    assert KeyCheck(rows=tuple(rows), **told).summary == "2 work, 1 refused"
    assert KeyCheck(rows=tuple(rows[:1]), **told).summary == "1 works"
    assert KeyCheck(rows=(), **told).ok is False


def test_the_table_has_a_column_of_what_to_do_only_where_something_is() -> None:
    """Words begin at the left, where notebooks would set them to the right."""
    told = {"portal": "https://a.example", "kind": "API key", "checked": datetime.now(UTC)}
    works = Finding(what="a", state=State.WORKS, why="It answers.")
    refused = Finding(what="b", state=State.REFUSED, why="It does not.", mend="Ask for it.")
    assert "What to do" not in KeyCheck(rows=(works,), **told)._repr_html_()
    page = KeyCheck(rows=(works, refused), **told)._repr_html_()
    assert "What to do" in page
    assert "Ask for it." in page
    assert "<td>" not in page
