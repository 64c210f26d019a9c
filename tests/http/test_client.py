"""The one client: tokens, redirects, limits, and what its failures hold."""

from __future__ import annotations

import asyncio
import json
import logging

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from arcgis_keywidget._http import Client, TrustedHosts
from arcgis_keywidget.errors import HostRefusedError, PortalUnreachableError, UnexpectedReplyError
from arcgis_keywidget.models import Secret

BASE = "http://127.0.0.1:7443"


async def echo(request) -> Response:
    """What arrived."""
    form = dict(await request.form())
    return Response(
        json.dumps({"headers": dict(request.headers), "form": form, "query": str(request.url.query)})
    )


def count_down(request) -> Response:
    """A redirect to the number below, the end at 0."""
    left = request.path_params["left"]
    return RedirectResponse(f"/down/{left - 1}") if left else Response("{}")


SITE = Starlette(
    routes=[
        Route("/echo", echo, methods=["GET", "POST"]),
        Route("/same", lambda _: RedirectResponse("/echo"), methods=["GET", "POST"]),
        Route("/turned", lambda _: RedirectResponse("/echo", 302), methods=["GET", "POST"]),
        Route("/circle", lambda _: RedirectResponse("/circle")),
        Route("/down/{left:int}", count_down),
        Route("/away", lambda _: RedirectResponse("http://127.0.0.2:7443/echo"), methods=["GET", "POST"]),
        Route("/big", lambda _: PlainTextResponse(b"x" * 2**20 * 33)),
    ]
)


@pytest.fixture
async def client():
    """The client in front of a small site."""
    async with Client(
        TrustedHosts(BASE), referer="https://a.example", transport=httpx.ASGITransport(SITE)
    ) as it:
        yield it


async def test_the_token_travels_in_its_header_with_the_referer(client: Client) -> None:
    """Header, Referer, agent; secrets of a form in the body; nothing secret in the address."""
    answer = await client.send(
        "POST", f"{BASE}/echo", form={"p": Secret("pw"), "f": "json"}, token=Secret("tok")
    )
    document = answer.document()
    assert document["headers"]["x-esri-authorization"] == "Bearer tok"
    assert document["headers"]["referer"] == "https://a.example"
    assert document["headers"]["user-agent"].startswith("arcgis-keywidget/")
    assert document["form"] == {"p": "pw", "f": "json"}
    assert document["query"] == ""
    assert "authorization" not in document["headers"]


async def test_a_redirect_is_followed_on_its_own_origin_only(client: Client) -> None:
    """The same origin gets the request again; another never does, and a form never becomes a plain GET."""
    for method in ("GET", "POST"):
        answer = await client.send(method, f"{BASE}/same", token=Secret("tok"))
        assert answer.document()["headers"]["x-esri-authorization"] == "Bearer tok"
        with pytest.raises(HostRefusedError, match=r"on to 127\.0\.0\.2"):
            await client.send(method, f"{BASE}/away", token=Secret("tok"))
    with pytest.raises(UnexpectedReplyError, match="page of its own"):
        await client.send("POST", f"{BASE}/turned", form={"password": Secret("pw")})
    with pytest.raises(UnexpectedReplyError, match="circles"):
        await client.send("GET", f"{BASE}/circle")


async def test_three_redirects_are_followed(client: Client) -> None:
    """And not a fourth."""
    assert (await client.send("GET", f"{BASE}/down/3")).endpoint == "/down/0"
    with pytest.raises(UnexpectedReplyError, match="circles"):
        await client.send("GET", f"{BASE}/down/4")


async def test_an_address_outside_is_refused_before_anything_is_sent(client: Client) -> None:
    """Not even the connection is made."""
    with pytest.raises(HostRefusedError):
        await client.send("GET", "http://127.0.0.1:1/echo", token=Secret("tok"))


async def test_an_endless_answer_is_cut(client: Client) -> None:
    """More than 32 MB is not read."""
    with pytest.raises(UnexpectedReplyError, match="more than 32 MB"):
        await client.send("GET", f"{BASE}/big")


async def test_no_frame_of_a_failure_holds_the_token(served) -> None:
    """Neither the error, nor its context, nor a frame of its traceback leads to httpx's request."""
    async with Client(TrustedHosts(served.url), referer=None, timeout=10) as client:
        served.portal.fail("root:drop-before")
        with pytest.raises(PortalUnreachableError) as caught:
            await client.send("GET", f"{served.rest}", query={"f": "json"}, token=Secret("tok"))
        assert caught.value.__context__ is None
        assert "site-packages/http" not in str([entry.path for entry in caught.traceback])
        served.portal.fail("root:slow=20")
        task = asyncio.ensure_future(
            client.send("GET", served.rest, query={"f": "json"}, token=Secret("tok"))
        )
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as stopped:
            await task
        assert "site-packages/http" not in str([entry.path for entry in stopped.traceback])


async def test_logs_hold_no_secret(served, caplog: pytest.LogCaptureFixture) -> None:
    """Addresses are logged by httpx and headers by hpack: neither may show a token or password."""
    with caplog.at_level(logging.DEBUG):
        async with Client(TrustedHosts(served.url), referer=None) as client:
            form = {"username": "ada", "password": Secret("canary-password")}
            answer = await client.send(
                "POST", f"{served.rest}/generateToken", form=form, token=Secret("canary-tok")
            )
    assert answer.status == 200
    assert "generateToken" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.parametrize("logger", ["hpack.hpack", "hpack.table"])
def test_header_lines_stay_out_of_the_log(logger: str, caplog: pytest.LogCaptureFixture) -> None:
    """Also where somebody asks hpack for its debug lines; its warnings pass."""
    with caplog.at_level(logging.DEBUG, logger):
        logging.getLogger(logger).debug("Adding (b'x-esri-authorization', b'canary')")
        logging.getLogger(logger).warning("Something is wrong")
    assert "canary" not in caplog.text
    assert "Something is wrong" in caplog.text


@pytest.mark.parametrize(
    "query", [{"q": "\ud800"}, {"q": "x" * 70_000}], ids=["half a character", "too long"]
)
async def test_what_cannot_be_sent_is_said(client: Client, query: dict[str, str]) -> None:
    """One of our errors that knows that nothing was sent, without httpx's frames and what they hold."""
    with pytest.raises(PortalUnreachableError, match="was not sent") as caught:
        await client.send("GET", f"{BASE}/echo", query=query, token=Secret("canary"))
    assert not caught.value.sent
    assert "site-packages/http" not in str([entry.path for entry in caught.traceback])
