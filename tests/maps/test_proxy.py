"""The proxy on loopback: what it serves, and what it refuses."""

from __future__ import annotations

import json
import socket
import time
from urllib.parse import urlsplit

import pytest

from arcgis_keywidget import _loop, forget, use
from arcgis_keywidget.maps import paths, proxy, wire
from arcgis_keywidget.maps.delivery import deliver
from tests.maps.web import ask, assert_safe, send

STREETS = "arcgis/streets"
TILE = {"z": 1, "x": 0, "y": 0}


@pytest.fixture
def delivered(make_key):
    """A basemap that goes over loopback."""
    return deliver(STREETS, key=make_key(), delivery="loopback")


@pytest.fixture
def port(delivered) -> int:
    """The proxy's."""
    return urlsplit(delivered.style_url).port


def head(delivered, *lines: str, method: str = "GET", host: str | None = None) -> bytes:
    """A request for the style, as bytes."""
    parts = urlsplit(delivered.style_url)
    return "\r\n".join(
        [f"{method} {parts.path} HTTP/1.1", f"Host: {host or parts.netloc}", *lines, "", ""]
    ).encode("latin-1")


def test_every_part_of_a_basemap_is_served(delivered) -> None:
    """Tiles, the style, and all that it names, as what they are."""
    tile = ask(delivered.raster_url.format(**TILE))
    assert (tile.status, tile.kind, tile.body[:4]) == (200, "image/png", b"\x89PNG")
    style = ask(delivered.style_url)
    document = json.loads(style.body)
    parts = {
        document["sources"]["esri"]["tiles"][0].format(z=0, x=0, y=0): "application/x-protobuf",
        document["glyphs"].format(fontstack="Arial%20Regular", range="0-255"): "application/x-protobuf",
        f"{document['sprite']}.json": "application/json",
        f"{document['sprite']}.png": "image/png",
    }
    answers = {address: ask(address) for address in parts}
    assert {address: answer.kind for address, answer in answers.items()} == parts
    for answer in (tile, style, *answers.values()):
        assert answer.status == 200
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert_safe(answer)
    assert style.headers["Cache-Control"] == "private, no-cache"  # the addresses in it may change


def test_requests_follow_one_another_on_a_connection(delivered, port) -> None:
    """Also when the second is there before the first is answered."""
    both = head(delivered) + head(delivered, "Connection: close")
    assert send(port, both).count(b"HTTP/1.1 200 OK\r\n") == 2


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.evil.example", ""],
)
def test_a_page_of_another_host_finds_nothing(delivered, port, host) -> None:
    """A name that someone had resolved to this machine."""
    request = head(delivered, "Connection: close").replace(
        f"Host: 127.0.0.1:{port}".encode(), f"Host: {host.format(port=port)}".encode()
    )
    answer = send(port, request)
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert answer.endswith(b"\r\n\r\n")
    assert b"Access-Control" not in answer


def test_localhost_is_this_machine_too(delivered, port) -> None:
    """A page may write it either way; the style then names what the page wrote."""
    document = json.loads(ask(delivered.style_url, Host=f"localhost:{port}").body)
    assert document["sprite"].startswith(f"http://localhost:{port}/")


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.replace(path.split("/")[1], "0" * 32),
        lambda path: path.replace(path.split("/")[1], path.split("/")[1].upper()),
        lambda path: path.replace("/1/", "/999/"),
        lambda path: path.replace("style.json", "style.json/../style.json"),
        lambda path: path.replace("style.json", "%2e%2e/style.json"),
        lambda path: path.replace("style.json", "tiles/%2e%2e%2fself/0/0/0.pbf"),
        lambda path: f"/{path}",
        lambda _: "/",
        lambda _: "/favicon.ico",
    ],
)
def test_who_does_not_know_the_path_learns_nothing(delivered, port, change) -> None:
    """404 without a word, whatever is wrong."""
    parts = urlsplit(delivered.style_url)
    path = parts.path
    number = path.split("/")[2]
    answer = ask(f"http://127.0.0.1:{port}" + change(path.replace(f"/{number}/", "/1/")), Origin="null")
    assert (answer.status, answer.body, answer.kind) == (404, b"", None)
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert_safe(answer)


@pytest.mark.parametrize("method", ["POST", "HEAD", "OPTIONS", "PUT", "DELETE", "CONNECT"])
def test_nothing_but_get_is_answered(delivered, port, method) -> None:
    """405, and the connection ends."""
    answer = send(port, head(delivered, method=method))
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert b"Connection: close" in answer


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["Content-Length: 5"], 400),
        (["Transfer-Encoding: chunked"], 400),
        (["Host: 127.0.0.1"], 400),
        ([" folded"], 400),
        (["Bad Name: x"], 400),
        (["X: a\nHost: b"], 400),
        (["X: \x00"], 400),
        (["X: " + "x" * 9000], 431),
        ([f"X-{number}: x" for number in range(101)], 431),
    ],
)
def test_a_request_that_could_be_read_in_two_ways_is_refused(delivered, port, lines, status) -> None:
    """With a body, a second host, a folded header, or too long."""
    answer = send(port, head(delivered, *lines))
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert answer.count(b"HTTP/1.1") == 1


def test_a_header_of_blanks_is_read_at_once(port) -> None:
    """A neighbour on this machine cannot keep the loop busy with a value that ends in what it may not."""
    request = b"GET / HTTP/1.1\r\nX:" + b" " * 8000 + b"\x01\r\n\r\n"
    assert send(port, request).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "line",
    [
        b"GET http://127.0.0.1/ HTTP/1.1",
        b"GET / HTTP/2.0",
        b"GET /",
        b"get / HTTP/1.1",
        b"GET /\xff HTTP/1.1",
        b"\x16\x03\x01\x02",
    ],
)
def test_what_is_no_request_is_refused(port, line) -> None:
    """An address of another kind, another protocol, TLS."""
    assert send(port, line + b"\r\n\r\n").startswith(b"HTTP/1.1 400 ")


def test_a_request_line_may_not_be_long(port) -> None:
    """414 below the size of a head, 431 above."""
    assert send(port, b"GET /" + b"x" * 7000 + b" HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 414 ")
    assert send(port, b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 431 ")


def test_a_client_that_dawdles_is_left(port, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a request keeps no connection open."""
    monkeypatch.setattr(wire, "IDLE", 0.2)
    assert send(port, b"GET / HTTP/1.1\r\n") == b""


def test_connections_are_bounded(delivered, port, monkeypatch: pytest.MonkeyPatch) -> None:
    """One too many is told so; the others go on."""
    monkeypatch.setattr(proxy, "_MOST_CONNECTIONS", 3)
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]
    deadline = time.monotonic() + 10
    while proxy._here.proxy._connections < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert send(port, head(delivered)).startswith(b"HTTP/1.1 503 ")
    held[0].sendall(head(delivered, "Connection: close"))
    assert held[0].recv(12) == b"HTTP/1.1 200"
    for one in held:
        one.close()


@pytest.mark.parametrize(
    ("origin", "may_read"),
    [
        ("http://localhost:8888", True),
        ("http://127.0.0.1:8889", True),
        ("https://[::1]:8888", True),
        ("vscode-webview://1a2b3c", True),
        ("null", True),  # a file, or a frame in a sandbox
        ("https://evil.example", False),
        ("http://localhost.evil.example", False),
        ("http://evil.example/http://localhost", False),
    ],
)
def test_pages_of_this_machine_may_read_what_they_fetch(delivered, origin, may_read) -> None:
    """MapLibre fetches from another port than its page's."""
    answer = ask(delivered.style_url, Origin=origin)
    assert answer.headers.get("Access-Control-Allow-Origin") == (origin if may_read else None)
    assert answer.headers["Vary"] == "Origin"


def test_only_the_route_may_name_another_address(delivered) -> None:
    """Who knows the path, but not the secret of the kernel's file, cannot."""
    asked = "0" * 32
    wrong = paths.proof("1" * 32, "base", asked, "https://evil.example")
    headers = {"X_Keywidget_Ask": asked, "X_Keywidget_Base": "https://evil.example"}
    answer = ask(delivered.style_url, X_Keywidget_Proof=wrong, **headers)
    assert b"evil" not in answer.body


def test_a_forgotten_key_is_served_no_longer(make_key) -> None:
    """Its maps are told, those of other keys go on; used again, it gets another number."""
    first, second = make_key(title="First"), make_key(title="Second")
    use(first, environ=())
    kept, gone = deliver(STREETS, key=second), deliver(STREETS, key=first)
    assert ask(gone.raster_url.format(**TILE)).status == 200
    forget(first)
    refused = ask(gone.raster_url.format(**TILE))
    assert refused.status == 410
    assert json.loads(refused.body)["title"] == "The key of this basemap was forgotten in this session."
    assert ask(kept.raster_url.format(**TILE)).status == 200
    again = deliver(STREETS, key=first)
    assert again.raster_url != gone.raster_url
    assert ask(again.raster_url.format(**TILE)).status == 200
    forget()
    assert {ask(one.style_url).status for one in (kept, gone, again)} == {410}


def test_forgetting_closes_the_connections_that_hold_the_key(make_key) -> None:
    """Nothing of it stays in the kernel for maps."""
    deliver(STREETS, key=make_key())
    forget()

    async def held() -> int:
        return len(services_held())

    def services_held():
        from arcgis_keywidget.services import connection

        return connection._shared.held

    assert _loop.run(held()) == 0
