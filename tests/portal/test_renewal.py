"""A session from the browser while it is in use: renewed once, and revoked at its end."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from arcgis_keywidget.errors import KeyWidgetError, PortalUnreachableError, TokenError
from arcgis_keywidget.models import KeyRequest
from arcgis_keywidget.portal import Portal, grant

MINUTE, DAY = 60, 86_400


def service_of(site) -> str:
    """Return the address of Ada's layer."""
    return f"{site.url}/server/rest/services/Hosted/{site.practice.table.name}/FeatureServer"


async def test_a_token_that_ended_is_renewed_and_the_request_sent_again(site, in_browser) -> None:
    """The portal refused, so nothing was done: one renewal, one more try, and the key is made once."""
    site.clock.ahead = 31 * MINUTE
    assert (await in_browser.create_key(KeyRequest())).key
    assert site.operations() == [
        *("addItem", "token", "addItem"),
        *("registerApp", "update", "token"),
    ]
    applications = [
        item for item in site.practice.items_of("ada") if item["title"].startswith("Notebook key")
    ]
    assert len(applications) == 1


async def test_a_service_is_asked_with_a_renewed_token(site, in_browser) -> None:
    """A server refuses the token that ended as the portal does, and accepts the next."""
    site.clock.ahead = 31 * MINUTE
    found = await in_browser.find_items(service_of(site))
    assert ([item.id for item in found.items], found.problems) == ([site.practice.layer], ())


async def test_a_service_is_not_blamed_for_a_session_that_ended(site, in_browser) -> None:
    """Signing in again helps, and not another address."""
    site.clock.ahead = 15 * DAY
    with pytest.raises(TokenError, match=r"session at 127\.0\.0\.1 has ended"):
        await in_browser.find_items(service_of(site))


async def test_a_token_is_renewed_shortly_before_its_end(site, in_browser, monkeypatch) -> None:
    """No request meets the end on its way; the new token has a full life again."""
    now = grant.monotonic()
    monkeypatch.setattr(grant, "monotonic", lambda: now + 29 * MINUTE + 5)
    await in_browser.folders()
    await in_browser.folders()
    assert site.operations() == ["token", "content", "content"]


async def test_requests_at_the_same_time_renew_once(site, in_browser) -> None:
    """Eight find the token ended; one asks for another, and all are answered."""
    site.clock.ahead = 31 * MINUTE
    assert len(await asyncio.gather(*(in_browser.folders() for _ in range(8)))) == 8
    assert site.operations().count("token") == 1


async def test_a_renewal_is_finished_by_another_when_its_request_is_cancelled(site, in_browser) -> None:
    """The lock is given on, and the next request renews."""
    site.clock.ahead = 31 * MINUTE
    site.practice.fail("token:slow=5")
    first = asyncio.ensure_future(in_browser.folders())
    while not in_browser._rest.grant._lock.locked():  # noqa: ASYNC110 (the portal's thread sets no event here)
        await asyncio.sleep(0.01)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    site.practice.heal()
    assert isinstance(await in_browser.folders(), tuple)


async def test_a_session_ends_with_its_refresh_token(site, in_browser) -> None:
    """Fourteen days later: said so, asked once, and nothing but signing in again helps."""
    site.clock.ahead = 15 * DAY
    for _ in range(2):
        with pytest.raises(TokenError, match=r"session at 127\.0\.0\.1 has ended") as caught:
            await in_browser.folders()
        assert caught.value.code == 498
    assert site.operations().count("token") == 1


@pytest.mark.parametrize("fault", ["drop-before", "drop-after", "error=500", "http=503", "html", "half"])
async def test_trouble_while_renewing_makes_nothing_and_ends_nothing(site, in_browser, fault: str) -> None:
    """The refused addItem is told as not done, and not looked for; once the portal is back, all goes on."""
    site.clock.ahead = 31 * MINUTE
    site.practice.fail(f"token:{fault}")
    with pytest.raises(PortalUnreachableError) as caught:
        await in_browser.create_key(KeyRequest())
    assert not caught.value.sent
    assert site.operations() == ["addItem", "token"]
    assert isinstance(await in_browser.folders(), tuple)


async def test_a_request_that_may_have_been_done_is_not_sent_again(site, in_browser) -> None:
    """Only a refusal of the token is a reason to."""
    site.practice.fail("content:drop-after")
    with pytest.raises(PortalUnreachableError):
        await in_browser.folders()
    assert site.operations() == ["content"]


async def test_refused_twice_is_refused(site, in_browser) -> None:
    """A portal that refuses a fresh token as well is not asked a third time."""
    site.practice.fail("content:error=498*0")
    with pytest.raises(TokenError):
        await in_browser.folders()
    assert site.operations() == ["content", "token", "content"]


async def test_other_sessions_are_not_renewed(site) -> None:
    """Of a password and of a pasted token: the error of the portal stands."""
    async with Portal(site.url) as portal, Portal(site.url) as other:
        await portal.sign_in(site.ada.username, site.ada.password)
        await other.sign_in_with_token(portal._rest.token)
        site.practice.log.forget()
        site.clock.ahead = DAY
        for one in (portal, other):
            with pytest.raises(TokenError):
                await one.folders()
    assert site.operations() == ["content", "content"]


async def test_signing_out_ends_the_tokens_at_the_portal(site, in_browser) -> None:
    """The access token is good for nothing afterwards; signing out twice is fine, and ends nothing more."""
    token = in_browser._rest.token
    assert await in_browser.sign_out() is True
    assert await in_browser.sign_out() is False
    assert site.operations() == ["revokeToken"]
    (entry,) = site.practice.requests
    assert (entry["query"], set(entry["body"])) == ([], {"f", "auth_token", "client_id"})
    assert not in_browser.signed_in
    async with httpx.AsyncClient() as client:
        form = {"f": "json", "token": token.reveal()}
        reply = await client.post(f"{site.running.rest}/portals/self", data=form)
    assert reply.json()["error"]["code"] == 498


@pytest.mark.parametrize(
    "fault", ["drop-before", "drop-after", "http=503", "html", "half", "error=500", "slow=9"]
)
async def test_signing_out_never_fails(site, in_browser, fault: str, monkeypatch) -> None:
    """Whatever the portal does, the session is forgotten here, within seconds, and that is all it tells."""
    monkeypatch.setattr(grant, "_PATIENCE", 0.3)
    site.practice.fail(f"revokeToken:{fault}")
    assert await in_browser.sign_out() is False
    assert not in_browser.signed_in
    assert in_browser._rest.token is None


async def test_other_tokens_are_left_alone(site) -> None:
    """One that was handed in is somebody else's to end; one of a password cannot be ended."""
    async with Portal(site.url) as portal, Portal(site.url) as other:
        await portal.sign_in(site.ada.username, site.ada.password)
        await other.sign_in_with_token(portal._rest.token)
        assert await other.sign_out() is False
        assert isinstance(await portal.folders(), tuple)
    assert "revokeToken" not in site.operations()


async def test_signing_in_anew_ends_the_session_before(site, in_browser) -> None:
    """Nothing that nobody can reach any more stays alive; a sign-in that fails ends nothing."""
    with pytest.raises(KeyWidgetError):
        await in_browser.sign_in(site.ada.username, "wrong")
    assert isinstance(await in_browser.folders(), tuple)
    await in_browser.sign_in(site.ada.username, site.ada.password)
    assert site.operations()[-2:] == ["portals/self", "revokeToken"]
    assert in_browser.account.username == site.ada.username


async def test_closing_signs_out(site) -> None:
    """Also when nobody asked for it."""
    async with Portal(site.url) as portal:
        page = portal.begin_code_sign_in(site.client_id)
        await portal.sign_in_with_code(site.answer(page), page)
    assert site.operations()[-1] == "revokeToken"
