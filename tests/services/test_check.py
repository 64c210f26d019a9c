"""What a key is and opens: each refusal with its reason and its remedy, as the practice portal answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from arcgis_keywidget import ApiKey, KeyRequest, Portal, _loop, check_key, use
from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models import Item, Secret
from arcgis_keywidget.practice import PracticePortal
from arcgis_keywidget.services.check import check
from arcgis_keywidget.services.key_check import State

ADDRESS = "http://127.0.0.1:7443"
BASEMAPS, TILES = "premium:user:basemaps", "premium:user:staticbasemaptiles"
GEOCODE = "premium:user:geocode:temporary"
ABSENT = "0" * 32


@pytest.fixture
def make_credential(served):
    """A function that makes a credential on the served portal."""

    def make(**settings):
        user = served.portal.users[0]
        with Portal.connect(served.url) as portal:
            portal.sign_in(user.username, user.password)
            return portal.create_key(KeyRequest("A key", **settings))

    return make


@pytest.fixture
def work(served):
    """A function that does something to the served portal as the first user, with its REST path and form."""

    def do(path, **form):
        user = served.portal.users[0]
        with Portal.connect(served.url) as portal:
            portal.sign_in(user.username, user.password)
            return _loop.run(portal.portal._rest.post(path, form))

    return do


def row(found, name):
    """The row of a privilege or item; of the key itself, where the name is empty."""
    return next(row for row in found.rows if row.name == name)


def states(found):
    """Every row's state by its name."""
    return {row.name: str(row.state) for row in found.rows}


def test_a_good_key_is_told_in_full(served, make_credential) -> None:
    """Account, kind, end, slot and a row for each privilege and item, for five requests and no tile."""
    made = make_credential(privileges=(BASEMAPS, TILES, GEOCODE), items=(served.portal.layer,))
    sent = len(served.portal.requests)
    found = check_key(made.key)
    assert states(found) == {
        "": "works",
        BASEMAPS: "works",
        TILES: "works",
        GEOCODE: "not tested",
        served.portal.layer: "works",
    }
    assert "may cost" in row(found, GEOCODE).why
    assert (found.ok, found.kind, found.title, found.slot) == (True, "API key", "A key", 1)
    assert found.account == "ada, Practice organization"
    assert abs(found.expires - made.key.expires) <= timedelta(seconds=1)
    assert found.days_left == 6
    assert found.summary == "4 work, 1 not tested"
    entries = served.portal.requests[sent:]
    asked = sorted(entry["operation"] for entry in entries)
    assert asked == ["FeatureServer", "item", "portals/self", "static", "style"]
    assert {entry["token_by"] for entry in entries} == {"X-Esri-Authorization"}


def test_the_session_knows_the_key(served, make_credential) -> None:
    """Without an argument it is the newest one, or that of the named portal."""
    use(make_credential(privileges=(BASEMAPS,)).key, environ=())
    assert check_key().ok
    assert check_key(portal=served.url).ok
    with pytest.raises(KeyWidgetError, match="no API key for"):
        check_key(portal="https://gis.example.com")


def test_what_is_missing_is_named(served, make_credential) -> None:
    """A privilege that is asked for itself, one by the portal's list, and an item that was not granted."""
    made = make_credential(privileges=(BASEMAPS,))
    layer = Item(id=served.portal.layer, title="", type="", owner="ada", access="private")
    found = check_key(made.key, privileges=(TILES, GEOCODE), items=(layer, ABSENT))
    assert states(found) == {
        "": "works",
        BASEMAPS: "works",
        **dict.fromkeys((TILES, GEOCODE, layer.id, ABSENT), "refused"),
    }
    assert "privileges=" in row(found, TILES).mend
    assert "not among the items" in row(found, layer.id).why
    assert not found.ok


def test_a_credential_that_was_changed_since_is_told(served, make_credential, work) -> None:
    """A privilege that was taken away while the key lives on, and an item that was deleted."""
    served.portal.switches = type(served.portal.switches)(edits="keep")
    try:
        made = make_credential(privileges=(BASEMAPS, GEOCODE), items=(served.portal.layer,))
        access = f"portal:app:access:item:{served.portal.layer}"
        work(f"oauth2/apps/{made.client_id}/update", privileges=f'["{BASEMAPS}", "{access}"]')
        found = check_key(credential=made)
        assert states(found)[GEOCODE] == "refused"
        assert "was changed in the portal" in row(found, GEOCODE).why
        assert row(found, served.portal.layer).state is State.WORKS
    finally:
        served.portal.switches = type(served.portal.switches)()


def test_a_granted_item_that_is_gone_is_told(make_credential, work) -> None:
    """The key is good for it, but it does not open."""
    item = work("content/users/ada/addItem", title="Short-lived", type="Web Map")["id"]
    made = make_credential(items=(item,), privileges=())
    assert row(check_key(made.key), item).state is State.WORKS
    work(f"content/users/ada/items/{item}/delete")
    assert "it was deleted" in row(check_key(made.key), item).why


@pytest.mark.parametrize(
    ("key", "kind", "why"),
    [
        ("AAPK" + "canary" * 16, "legacy API key", "none since 27 June 2026"),
        ("AAST" + "canary" * 16, "token of a basemap session", "no key"),
    ],
)
def test_other_kinds_are_told_without_a_request(served, key: str, kind: str, why: str) -> None:
    """By their shape; nothing of them is shown."""
    sent = len(served.portal.requests)
    found = check_key(key, portal=served.url)
    assert kind in found.kind
    assert why in found.rows[0].why
    assert found.rows[0].mend
    assert not found.ok
    assert len(served.portal.requests) == sent
    assert "canary" not in f"{found!r}{found}{found._repr_html_()}{found.as_dict()}"


def test_tokens_of_people_are_told(served) -> None:
    """Whose it is, and what to do with it."""
    user = served.portal.users[0]
    with Portal.connect(served.url, referer="https://a.example") as portal:
        portal.sign_in(user.username, user.password)
        token = portal.portal._rest.token
    found = check_key(token, portal=served.url, referrer="https://a.example")
    assert (found.kind, found.account) == ("token of a user", "ada, Practice organization")
    assert "user (ada)" in found.rows[0].why
    assert found.refused


def test_a_key_that_has_ended_is_told(served) -> None:
    """By its date, where that is known."""
    past = datetime.now(UTC) - timedelta(hours=1)
    found = check_key(ApiKey("AAPTcanary", portal=served.url, expires=past))
    assert "has ended on" in found.rows[0].why
    assert (found.days_left, "over" in str(found)) == (0, True)


def test_a_revoked_key_is_told(make_credential, work) -> None:
    """A key of this session can be of no other portal."""
    made = make_credential()
    work(f"content/users/ada/items/{made.item_id}/delete", permanentDelete="true")
    found = check_key(credential=made)
    assert "does not accept it (498)" in found.rows[0].why
    assert "revoked" in found.rows[0].mend
    assert "another portal" not in found.rows[0].mend


def test_a_key_with_referrers_needs_one_of_them(served, make_credential) -> None:
    """Its own is sent; another, or none, is named as what may be wrong."""
    made = make_credential(privileges=(BASEMAPS,), referrers=("https://*.example.com",))
    sent = len(served.portal.requests)
    assert check_key(made.key).ok
    assert {entry["referer"] for entry in served.portal.requests[sent:]} == {"https://www.example.com"}
    text = Secret(made.key)
    wrong = check_key(text, portal=served.url, referrer="https://other.example")
    assert "https://other.example was sent" in wrong.rows[0].why
    assert "was made for" in wrong.rows[0].mend
    assert "certain referrers" in check_key(text, portal=served.url).rows[0].mend
    assert check_key(text, portal=served.url, referrer="https://*.example.com").ok


def test_a_key_of_another_portal_is_told(served, make_credential) -> None:
    """One of this session is not even sent there; of an unknown one it is named as a cause."""
    made = make_credential()
    sent = len(served.portal.requests)
    found = check_key(credential=made, portal="https://gis.example.com")
    assert "is not sent to gis.example.com" in found.rows[0].why
    assert len(served.portal.requests) == sent
    assert "another portal" in check_key("AAPTcanary", portal=served.url).rows[0].mend


@pytest.mark.parametrize("kind", ["online", "location-platform", "enterprise"])
async def test_every_kind_of_account(kind: str) -> None:
    """What an account has, works; a key of personal scope is a key; what it lacks is refused."""
    practice = PracticePortal(kind)
    transport, user = httpx.ASGITransport(practice), practice.users[0]
    async with Portal(ADDRESS, transport=transport) as portal:
        await portal.sign_in(user.username, user.password)
        names = () if kind == "enterprise" else (BASEMAPS,)
        request = KeyRequest(
            privileges=(*names, "portal:user:createItem"), items=[practice.layer], private=True
        )
        made = await portal.create_key(request)
    found = await check(credential=made, privileges=(TILES,), transport=transport)
    assert states(found) == {
        **dict.fromkeys(("", *names, practice.layer), "works"),
        "portal:user:createItem": "not tested",
        TILES: "refused",
    }
    assert "could change something" in row(found, "portal:user:createItem").why
    practice.close()


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"key": "two words"}, "key"),
        ({"key": "AAPTx", "portal": "http://gis.example.com"}, "portal"),
        ({"key": "AAPTx", "items": ["no id"]}, "items"),
        ({"key": "AAPTx", "referrer": "a b"}, "referrer"),
    ],
)
def test_what_cannot_be_right_is_never_sent(arguments: dict, field: str) -> None:
    """Named by its argument, without the key."""
    with pytest.raises(FieldError) as caught:
        check_key(**arguments)
    assert caught.value.field == field
    with pytest.raises(TypeError, match="a list each"):
        check_key("AAPTx", items=ABSENT)
