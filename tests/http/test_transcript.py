"""What is noted of every exchange: names and figures, never a value."""

from __future__ import annotations

import asyncio
from contextlib import closing

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

from arcgis_keywidget._http import Client, TrustedHosts
from arcgis_keywidget.errors import HostRefusedError, KeyWidgetError, PortalUnreachableError
from arcgis_keywidget.models import KeyRequest, Secret, Transcript
from arcgis_keywidget.portal import Portal
from arcgis_keywidget.practice import serve
from tests.clients.sign_in_page import read_code, sign_in
from tests.leaks.overheard import OverheardPortal

BASE = "http://127.0.0.1:7443"
SITE = Starlette(
    routes=[
        Route("/fine", lambda _: JSONResponse({"status": "ok"}), methods=["GET", "POST"]),
        Route("/long", lambda _: JSONResponse({"error": {"code": 1, "message": "x" * 70_000}})),
        Route("/refused", lambda _: JSONResponse({"error": {"code": 498, "message": "Invalid token."}})),
        Route("/gone", lambda _: JSONResponse({}, 404)),
        Route("/moved", lambda _: RedirectResponse("/fine?secret=canary")),
        Route("/away", lambda _: RedirectResponse("http://127.0.0.2/")),
    ]
)


@pytest.fixture
async def noted():
    """The client in front of a small site, and its transcript."""
    transcript = Transcript()
    transport = httpx.ASGITransport(SITE)
    async with Client(TrustedHosts(BASE), referer=None, transport=transport, transcript=transcript) as client:
        yield client, transcript


async def test_names_and_figures_are_noted(noted) -> None:
    """Method, address without query, names of what went along, the answer's status, and how long it took."""
    client, transcript = noted
    await client.send("GET", f"{BASE}/fine", query={"f": "json", "q": "ä"}, token=Secret("canary"))
    await client.send("POST", f"{BASE}/fine", form={"f": "json", "p": Secret("canary")})
    got, posted = transcript
    assert (got.method, got.url, got.query, got.form) == ("GET", f"{BASE}/fine", ("f", "q"), ())
    assert (got.authorized, got.status, got.code) == (True, 200, 0)
    assert 0 < got.milliseconds < 60_000
    assert (posted.method, posted.query, posted.form) == ("POST", (), ("f", "p"))
    assert not posted.authorized
    assert transcript.count == 2


@pytest.mark.parametrize(
    ("path", "status", "code"), [("refused", 200, 498), ("gone", 404, 0), ("long", 200, 0)]
)
async def test_refusals_are_noted_with_arcgis_own_number(noted, path: str, status: int, code: int) -> None:
    """Which hides in a 200; what is too long for an error is not read for one."""
    client, transcript = noted
    await client.send("GET", f"{BASE}/{path}")
    (exchange,) = transcript
    assert (exchange.status, exchange.code) == (status, code)


async def test_each_hop_of_a_redirect_is_an_exchange(noted) -> None:
    """Its query is not noted either; one that is not followed is noted as it was answered."""
    client, transcript = noted
    await client.send("GET", f"{BASE}/moved")
    with pytest.raises(HostRefusedError):
        await client.send("GET", f"{BASE}/away")
    assert [(one.url, one.status) for one in transcript] == [
        (f"{BASE}/moved", 307),
        (f"{BASE}/fine", 200),
        (f"{BASE}/away", 307),
    ]
    assert "canary" not in repr([*transcript])


async def test_what_is_never_sent_is_not_noted(noted) -> None:
    """An address outside was not asked."""
    client, transcript = noted
    with pytest.raises(HostRefusedError):
        await client.send("GET", "https://elsewhere.example")
    assert len(transcript) == 0


async def test_no_answer_is_noted_as_such(served) -> None:
    """Status 0 for a connection that was closed, an answer that was late, and a request that was cancelled."""
    transcript = Transcript()
    hosts = TrustedHosts(served.url)
    async with Client(hosts, referer=None, timeout=0.5, transcript=transcript) as client:
        for fault in ("drop-before", "slow=3"):
            served.portal.fail(f"root:{fault}")
            with pytest.raises(PortalUnreachableError):
                await client.send("GET", served.rest, query={"f": "json"})
        served.portal.fail("root:slow=3")
        task = asyncio.ensure_future(client.send("GET", served.rest, query={"f": "json"}))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert [(one.status, one.code) for one in transcript] == [(0, 0)] * 3


async def test_no_value_is_in_a_whole_jobs_transcript() -> None:
    """Passwords, tokens, codes, verifiers, client secrets, keys, titles: none, in whatever way one signs in."""
    with closing(OverheardPortal(seed=None)) as portal, serve(portal) as running:
        ada = portal.users[0]
        async with Portal(running.url) as client:
            await client.sign_in(ada.username, ada.password)
            made = await client.create_key(KeyRequest("canary-title", folder="canary-folder"))
            await client.search_items("canary-words")
            form = {"title": "App", "type": "Application"}
            item = (await client._rest.post("content/users/ada/addItem", form))["id"]
            form = {"itemId": item, "appType": "multiple", "redirect_uris": '["urn:ietf:wg:oauth:2.0:oob"]'}
            app = await client._rest.post("oauth2/registerApp", form)
            page = client.begin_code_sign_in(app["client_id"])
            code = read_code(sign_in(page.url, ada))
            await client.sign_in_with_code(code, page)
            with pytest.raises(KeyWidgetError):
                await client.sign_in_with_token("canary-token")
            await client.inspect_key(made.key, referrer="https://canary-referrer.example")
            await client.sign_out()
            noted = repr([*client.transcript])
    secrets = {"password": ada.password, "code": code, "verifier": page.verifier.reveal(), **portal.secrets}
    assert {name.split(" ")[0] for name in secrets} >= {"password", "token", "client_secret"}
    assert made.key in secrets.values()
    assert [name for name, secret in secrets.items() if secret in noted] == []
    assert "canary" not in noted
    assert all(f"/{name}'" in noted for name in ("addItem", "registerApp", "revokeToken"))
