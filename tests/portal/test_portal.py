"""Signing in, the account, and where a portal may be used."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from arcgis_keywidget import Portal
from arcgis_keywidget.errors import FieldError, PrivilegeError, SignInError
from arcgis_keywidget.models import AccountKind, KeyRequest, LocationServices
from arcgis_keywidget.portal.account import _account
from arcgis_keywidget.practice import PracticePortal

ADDRESS = "http://127.0.0.1:7443"


async def test_signing_in_takes_two_requests(practice: PracticePortal, portal: Portal) -> None:
    """A token bound to our Referer, then who that is; the password travels in the body only."""
    assert [entry["path"] for entry in practice.requests] == [
        "/sharing/rest/generateToken",
        "/sharing/rest/portals/self",
    ]
    assert practice.requests[0]["query"] == []
    assert {entry["referer"] for entry in practice.requests} == {ADDRESS}
    assert practice.requests[1]["token_by"] == "X-Esri-Authorization"
    assert portal.account.username == practice.users[0].username
    assert portal.account.organization == "Practice organization"
    assert portal.account.can_create_keys
    assert portal.account.practice


@pytest.mark.parametrize(
    ("kind", "styles", "tiles"),
    [("location-platform", True, True), ("online", True, False), ("enterprise", False, False)],
)
async def test_each_kind_of_account_is_told_apart(kind: str, styles: bool, tiles: bool) -> None:  # noqa: FBT001 (parameters)
    """Its name, and the basemap services it has, on the portal's own origin."""
    practice = PracticePortal(kind)
    async with Portal(f"{ADDRESS}/home", transport=httpx.ASGITransport(practice)) as portal:
        account = await portal.sign_in(practice.users[0].username, practice.users[0].password)
        assert account.kind == AccountKind(kind)
        for address, there in ((account.services.styles, styles), (account.services.static_tiles, tiles)):
            assert (address or "").startswith(ADDRESS) is there
    practice.close()


async def test_a_role_that_may_not_is_told_before_anything_is_sent() -> None:
    """The missing privileges are named, and asking for a key sends nothing."""
    practice = PracticePortal("online")
    async with Portal(ADDRESS, transport=httpx.ASGITransport(practice)) as portal:
        account = await portal.sign_in(practice.users[2].username, practice.users[2].password)
        assert {one.label for one in account.missing} == {
            "Generate API keys",
            "Assign privileges to OAuth 2.0 applications",
        }
        sent = len(practice.requests)
        with pytest.raises(PrivilegeError, match="Generate API keys"):
            await portal.create_key(KeyRequest())
        assert len(practice.requests) == sent
    practice.close()


async def test_a_wrong_password_is_said_at_once(transport) -> None:
    """The error is a SignInError that does not repeat the password."""
    async with Portal(ADDRESS, transport=transport) as portal:
        with pytest.raises(SignInError, match="does not accept this user name and password") as caught:
            await portal.sign_in("ada", "canary-password")
        assert "canary" not in repr(caught.value) + str(caught.value)
        assert not portal.signed_in
        with pytest.raises(SignInError, match="Nobody is signed in"):
            _ = portal.account


@pytest.mark.parametrize(("username", "password", "field"), [(" ", "x", "username"), ("ada", "", "password")])
async def test_empty_fields_are_never_sent(practice, transport, username, password, field) -> None:
    """Known before: no request."""
    async with Portal(ADDRESS, transport=transport) as portal:
        with pytest.raises(FieldError) as caught:
            await portal.sign_in(username, password)
        assert caught.value.field == field
        for token in ("", "two words\n", "ä"):
            with pytest.raises(FieldError, match="token"):
                await portal.sign_in_with_token(token)
    assert practice.requests == []


async def test_a_token_signs_in_with_one_request(practice: PracticePortal, portal: Portal, transport) -> None:
    """A user's token and its Referer do; a wrong one, or another Referer, does not."""
    token = portal._rest.token
    sent = len(practice.requests)
    async with Portal(ADDRESS, transport=transport) as other:
        await other.sign_in_with_token(token.reveal())
        assert other.account == portal.account
        assert len(practice.requests) == sent + 1
        with pytest.raises(SignInError, match="does not accept this token"):
            await other.sign_in_with_token("canary-token")
        assert other.signed_in, "the session that there was is kept"
    async with Portal(ADDRESS, transport=transport, referer="https://other.example") as other:
        with pytest.raises(SignInError):
            await other.sign_in_with_token(token)


async def test_a_key_is_no_persons_token(portal: Portal, transport) -> None:
    """An API key can be used, but not to make keys."""
    credential = await portal.create_key(KeyRequest())
    async with Portal(ADDRESS, transport=transport) as other:
        with pytest.raises(FieldError, match="token: This is an API key"):
            await other.sign_in_with_token(credential.key)


async def test_signing_out_forgets_the_session(portal: Portal) -> None:
    """Afterwards nobody is signed in."""
    await portal.sign_out()
    assert not portal.signed_in
    assert portal._rest.token is None
    with pytest.raises(SignInError):
        await portal.folders()


def test_a_portal_before_its_time_is_refused(transport) -> None:
    """Used before entering, after closing, or on another loop: a sentence each."""
    portal = Portal(ADDRESS, transport=transport)
    with pytest.raises(RuntimeError, match="not open"):
        asyncio.run(portal.folders())
    asyncio.run(portal.__aenter__())
    with pytest.raises(RuntimeError, match="another event loop"):
        asyncio.run(portal.folders())
    with Portal.connect(ADDRESS, transport=transport) as blocking:
        assert not blocking.signed_in
    with pytest.raises(RuntimeError, match="not open"):
        blocking.folders()
    blocking.close()


async def test_the_blocking_face_does_the_same(served) -> None:
    """Each method waits for its result, also inside a running loop."""
    user = served.portal.users[0]
    with Portal.connect(served.url) as portal:
        assert portal.sign_in(user.username, user.password) == portal.account
        assert portal.create_key(KeyRequest("By hand", generate=False)).key is None
        assert portal.search_items("capitals").items[0].id == served.portal.layer
        assert isinstance(portal.folders(), tuple)
        token = portal.portal._rest.token
        portal.sign_out()
        assert portal.sign_in_with_token(token).username == user.username
        assert portal.url == served.url
        assert portal.origin == served.url
        assert repr(portal) == f"<Portal {served.url}, signed in as {user.username}>"


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/tiles",
        "https://evil.example/tiles",
        "/\\evil.example",
        "\\\\evil.example",
        "@evil.example",
        "/tiles?x=@evil",
        "tiles",
        7,
        None,
        "",
    ],
)
def test_a_portal_cannot_point_keys_elsewhere(path: object) -> None:
    """Practice services are paths of the portal's own origin, or nothing."""
    document = {"practiceServices": {"basemapStyles": path, "staticBasemapTiles": "/tiles/v1"}}
    account = _account(ADDRESS, document, {"username": "ada"})
    assert account.services == LocationServices(styles=None, static_tiles=f"{ADDRESS}/tiles/v1")


@pytest.mark.parametrize(
    ("url", "document", "styles", "tiles"),
    [
        ("https://www.arcgis.com", {"subscriptionInfo": {"type": "Location"}}, True, True),
        ("https://myorg.maps.arcgis.com", {}, True, False),
        ("https://gis.example.com", {"isPortal": True}, False, False),
        ("https://gis.example.com", {}, False, False),
    ],
)
def test_arcgis_com_accounts_get_its_services(url, document, styles, tiles) -> None:
    """Location Platform both, Online the styles; a portal elsewhere none, whatever it claims to be."""
    services = _account(url, document, {"username": "ada"}).services
    assert ((services.styles or "").startswith("https://basemapstyles-api.arcgis.com/")) is styles
    assert ((services.static_tiles or "").startswith("https://static-map-tiles-api.arcgis.com/")) is tiles


async def test_reprs_hold_no_secret(practice: PracticePortal, portal: Portal) -> None:
    """Nothing that a portal holds shows token or password; the token is there, masked."""
    token = portal._rest.token
    shown = " ".join(reprs_within(portal))
    assert repr(token) in shown
    assert token.reveal() not in shown
    assert practice.users[0].password not in shown


def reprs_within(value: object):
    """The repr of an object of the client, and of all that it holds."""
    yield repr(value)
    if type(value).__module__.startswith(("arcgis_keywidget.portal", "arcgis_keywidget._http", "httpx._c")):
        for held in vars(value).values():
            yield from reprs_within(held)


def test_a_portal_shows_its_address_and_takes_a_list_of_hosts() -> None:
    """Before anything is asked of it."""
    assert repr(Portal("arcgis.com")) == "<Portal https://www.arcgis.com, signed out>"
    with pytest.raises(TypeError, match="a list of hosts"):
        Portal(ADDRESS, trust="gis.example.com")
