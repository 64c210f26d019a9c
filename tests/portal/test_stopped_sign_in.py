"""Sessions that are stopped half-way: nothing stays alive at the portal, nothing stays open here."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from arcgis_keywidget.errors import TokenError
from arcgis_keywidget.models import KeyCredential, KeyRequest
from arcgis_keywidget.portal import Portal
from tests.clients.sign_in_page import read_code

SOON = 20
"""Seconds, only so that a test ends that would wait for ever."""


class Gate(httpx.AsyncHTTPTransport):
    """The network, with one kind of answer held back on its way: the portal has done its work by then."""

    def __init__(self, path: str = "", word: bytes = b"") -> None:
        super().__init__()
        self._path, self._word = path, word
        self.answered, self.open = asyncio.Event(), asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; hold its answer if it is of this kind."""
        response = await super().handle_async_request(request)
        if request.url.path.endswith(self._path) and self._word in request.content:
            self.answered.set()
            await asyncio.wait_for(self.open.wait(), SOON)
        return response


def living(site) -> int:
    """How many tokens from the browser the portal would take."""
    row = site.practice.store.one("SELECT count(*) AS number FROM access_tokens WHERE maker = 'oauth'")
    return int(row["number"])


async def enter(portal: Portal, site) -> None:
    """Sign in by a page of the portal."""
    page = portal.begin_code_sign_in(site.client_id)
    await portal.sign_in_with_code(read_code(site.answer(page)), page)


async def begin_key(portal: Portal, site, gate: Gate) -> asyncio.Task[KeyCredential]:
    """Sign in, and make a key as far as the gate."""
    await enter(portal, site)
    creating = asyncio.create_task(portal.create_key(KeyRequest()))
    await asyncio.wait_for(gate.answered.wait(), SOON)
    return creating


@pytest.mark.parametrize("stop", ["before", "after"])
@pytest.mark.parametrize("path", ["oauth2/token", "portals/self"])
async def test_a_cancelled_sign_in_leaves_no_session(site, path: str, stop: str) -> None:
    """Neither while the code is being traded, nor while the portal tells whose tokens they are."""
    gate = Gate(path)
    async with Portal(site.url, transport=gate) as portal:
        page = portal.begin_code_sign_in(site.client_id)
        task = asyncio.create_task(portal.sign_in_with_code(read_code(site.answer(page)), page))
        await asyncio.wait_for(gate.answered.wait(), SOON)
        assert living(site) == 1
        task.cancel()
        if stop == "before":  # a second one, as of a closing loop, while the first is at work
            await asyncio.sleep(0)
            task.cancel()
        gate.open.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not portal.signed_in
        assert living(site) == 0


async def test_a_cancelled_sign_in_does_not_wait_for_ever(site, monkeypatch) -> None:
    """A portal that never answers is given up; the connections can be closed."""
    monkeypatch.setattr("arcgis_keywidget.portal.oauth._PATIENCE", 0.1)
    gate = Gate("oauth2/token")
    async with Portal(site.url, transport=gate) as portal:
        page = portal.begin_code_sign_in(site.client_id)
        task = asyncio.create_task(portal.sign_in_with_code(read_code(site.answer(page)), page))
        await asyncio.wait_for(gate.answered.wait(), SOON)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, SOON)


async def test_signing_out_while_renewing_revives_nothing(site) -> None:
    """The renewed tokens come when nobody is signed in any more: they are ended, and not used."""
    gate = Gate("oauth2/token", b"grant_type=refresh_token")
    async with Portal(site.url, transport=gate) as portal:
        await enter(portal, site)
        site.practice.fail("content:error=498")
        site.practice.log.forget()
        folders = asyncio.create_task(portal.folders())
        await asyncio.wait_for(gate.answered.wait(), SOON)
        await portal.sign_out()
        gate.open.set()
        with pytest.raises(TokenError, match="has ended"):
            await folders
    assert site.operations() == ["content", "token", "revokeToken", "revokeToken"]
    assert living(site) == 0


@pytest.mark.parametrize("end", ["sign_out", "aclose", "sign_in"])
async def test_a_key_is_made_to_its_end_before_its_session_ends(site, end: str) -> None:
    """Or the run would fail half-way, and lack the session to take back what it has made."""
    gate = Gate("registerApp")
    async with Portal(site.url, transport=gate) as portal:
        creating = await begin_key(portal, site, gate)
        arguments = (site.ada.username, site.ada.password) if end == "sign_in" else ()
        ending = asyncio.create_task(getattr(portal, end)(*arguments))
        await asyncio.wait({ending}, timeout=0.2)  # what it would do at once, it has done by then
        gate.open.set()
        assert (await creating).key
        await ending
        assert portal.signed_in is (end == "sign_in")
        assert living(site) == 0
        assert bool(portal._client._clients) is (end != "aclose")


@pytest.mark.parametrize("end", ["sign_out", "aclose"])
async def test_an_end_that_is_stopped_ends_the_session_all_the_same(site, end: str) -> None:
    """Also while it waits for a key that is being made: nothing could end the session later."""
    gate = Gate("registerApp")
    async with Portal(site.url, transport=gate) as portal:
        creating = await begin_key(portal, site, gate)
        ending = asyncio.create_task(getattr(portal, end)())
        await asyncio.wait({ending}, timeout=0.1)
        ending.cancel()
        await asyncio.wait({ending}, timeout=0.1)
        gate.open.set()
        assert await ending is True
        assert (await creating).key
        assert living(site) == 0
        assert bool(portal._client._clients) is (end == "sign_out")


async def test_closing_twice_at_once_ends_the_session(site) -> None:
    """Two forms may do so: the second must not close the connection on which the first one revokes."""
    gate = Gate("revokeToken")
    async with Portal(site.url, transport=gate) as portal:
        await enter(portal, site)
        closing = [asyncio.create_task(portal.aclose()) for _ in range(2)]
        await asyncio.wait_for(gate.answered.wait(), SOON)
        await asyncio.wait({closing[1]}, timeout=0.2)
        gate.open.set()
        assert await asyncio.gather(*closing) == [True, False]
        assert [one.status for one in portal.transcript][-1] == 200
        assert portal._client._clients == {}
    assert living(site) == 0
