"""Signing in with a GIS: what is taken from it, and what cannot be one (the real one: clients/python)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import httpx
import pytest

from arcgis_keywidget.errors import FieldError, SignInError
from arcgis_keywidget.models import KeyRequest
from arcgis_keywidget.portal import Portal, portal_options_of

if TYPE_CHECKING:
    from arcgis_keywidget.practice import PracticePortal

ADDRESS = "http://127.0.0.1:7443"
REFERER = "https://notebook.example"


def make_gis(token: object, *, url: str = ADDRESS, referer: str = REFERER, verify: object = True):
    """What a `GIS` of arcgis 2.4.4 looks like from outside, as far as it is looked at."""
    session = SimpleNamespace(
        auth=SimpleNamespace(token=token), headers={"Referer": referer}, referer=referer, verify=verify
    )
    return SimpleNamespace(url=url, session=session)


@pytest.fixture
async def token(practice: PracticePortal, transport: httpx.ASGITransport) -> str:
    """A token of Ada's that is bound to a Referer of its own."""
    ada = practice.users[0]
    async with Portal(ADDRESS, transport=transport, referer=REFERER) as portal:
        await portal.sign_in(ada.username, ada.password)
        practice.log.forget()
        return portal._rest.token.reveal()


@pytest.mark.parametrize("method", [False, True], ids=["attribute", "method"])
async def test_a_gis_signs_in_with_its_referer(practice, transport, token, method: bool) -> None:  # noqa: FBT001 (a parameter)
    """One request; its token goes with the Referer that it is bound to, always, and is not ended."""
    gis = make_gis((lambda: token) if method else token)
    async with Portal(ADDRESS, transport=transport) as portal:
        assert (await portal.sign_in_with_gis(gis)).username == "ada"
        assert [entry["referer"] for entry in practice.requests] == [REFERER]
        assert (await portal.create_key(KeyRequest())).key
        await portal.sign_out()
    assert "revokeToken" not in [entry["operation"] for entry in practice.requests]


def test_the_options_for_its_portal() -> None:
    """Address, Referer and certificates; what it does not tell is left at what is safe."""
    options = portal_options_of(make_gis("x", url="https://gis.example.com/portal/home", verify="/ca.pem"))
    assert options == {"url": "https://gis.example.com/portal", "referer": REFERER, "verify": "/ca.pem"}
    assert Portal(**options).url == "https://gis.example.com/portal"
    assert portal_options_of(make_gis("x", verify=False))["verify"] is False
    assert portal_options_of(make_gis("x", verify=None))["verify"] is True
    assert portal_options_of(make_gis("x", referer=""))["referer"] == "http"


@pytest.mark.parametrize(
    "thing", [None, "gis", 7, SimpleNamespace(url=ADDRESS), SimpleNamespace(url=7, session=7)], ids=repr
)
async def test_what_is_no_gis_is_told(transport, thing: object) -> None:
    """Before anything is asked of it."""
    with pytest.raises(FieldError, match="gis: This is no GIS"):
        portal_options_of(thing)
    async with Portal(ADDRESS, transport=transport) as portal:
        with pytest.raises(FieldError, match="gis: This is no GIS"):
            await portal.sign_in_with_gis(thing)


def fail() -> str:
    """A token that cannot be had."""
    raise OSError("canary-token is not accepted")


@pytest.mark.parametrize(
    ("gis", "words"),
    [
        (make_gis(None), "Nobody is signed in"),
        (make_gis(" "), "Nobody is signed in"),
        (make_gis("AAPTx.AT1_12345678"), "holds an API key"),
        (make_gis("AAPKx"), "holds an API key"),
        (make_gis("abc", url="https://gis.example.com"), r"of https://gis\.example\.com"),
        (make_gis(fail), r"could not tell its token \(OSError\)"),
    ],
    ids=["anonymous", "blank", "key", "legacy key", "other portal", "failing"],
)
async def test_a_gis_that_cannot_sign_in_is_told_why(practice, transport, gis, words: str) -> None:
    """At the argument, without its token, and with nothing sent."""
    async with Portal(ADDRESS, transport=transport) as portal:
        with pytest.raises(FieldError, match=words) as caught:
            await portal.sign_in_with_gis(gis)
        assert caught.value.field == "gis"
        assert "canary" not in f"{caught.value} {caught.value.__context__}"
    assert practice.requests == []


class Online(httpx.AsyncBaseTransport):
    """ArcGIS Online as far as signing in asks it."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Say who signs in."""
        return httpx.Response(200, json={"user": {"username": "ada"}}, request=request)


async def test_an_organizations_own_address_is_arcgis_com() -> None:
    """A GIS tells its organization's, a person may have written the common one: the token is good at both."""
    async with Portal("https://www.arcgis.com", transport=Online()) as portal:
        gis = make_gis("abc", url="https://myorg.maps.arcgis.com")
        assert (await portal.sign_in_with_gis(gis)).username == "ada"
        with pytest.raises(FieldError, match="This GIS is of"):
            await portal.sign_in_with_gis(make_gis("abc", url="https://arcgis.com.example.org"))


async def test_a_token_that_ended_is_told_as_such(transport) -> None:
    """The portal has the last word."""
    async with Portal(ADDRESS, transport=transport) as portal:
        with pytest.raises(SignInError, match="does not accept this token"):
            await portal.sign_in_with_gis(make_gis("long-ended"))
