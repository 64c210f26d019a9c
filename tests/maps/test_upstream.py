"""What the proxy and the route make of a service that answers with what it should not."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from urllib.parse import urlsplit

import pytest

from arcgis_keywidget.maps import proxy, wire
from arcgis_keywidget.maps.delivery import deliver
from tests.maps.hostile import PNG
from tests.maps.web import ask, assert_safe

HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
PARTS = [
    "raster/0/0/0.png",
    "tiles/photo/0/0/0.img",
    "tiles/esri/0/0/0.pbf",
    "glyphs/Arial/0-255.pbf",
    "sprite.png",
    "sprite@2x.json",
]


@pytest.fixture(params=[None, "/", "/user/ann/"], ids=["loopback", "route", "route-of-hub"])
def fetch(request, hostile, started_by, monkeypatch: pytest.MonkeyPatch):
    """A function that asks for a part as a page would, by each way."""
    monkeypatch.setattr("arcgis_keywidget.services.pace.BACKOFF", ())
    jupyter = started_by(request.param) if request.param else None
    delivered = deliver("arcgis/streets", key=hostile.key)
    base = delivered.style_url.removesuffix("style.json")

    def get(part: str):
        return jupyter.ask(base + part) if jupyter else ask(base + part)

    get.delivered = delivered
    return get


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Type": "text/html"}, HTML),
        ({"Content-Type": "image/png"}, HTML),
        ({"Content-Type": "image/svg+xml"}, SVG),
        ({"Content-Type": "application/json"}, b'{"error": {"code": 500, "message": "Oh"}}'),
    ],
    ids=["html", "html-as-png", "svg", "error"],
)
def test_what_is_no_part_of_a_basemap_stops_here(hostile, fetch, part, headers, body) -> None:
    """Told as a fault of the service, in words of ours."""
    hostile.headers, hostile.body = headers, body
    answer = fetch(part)
    assert answer.status in {502, 404}
    assert set(json.loads(answer.body)) == {"title", "hint"}
    assert b"<" not in answer.body
    assert answer.kind == "application/json"
    assert_safe(answer)


@pytest.mark.parametrize("part", PARTS)
def test_no_redirect_is_followed_or_passed_on(hostile, fetch, part) -> None:
    """Not to another host, which would see the key."""
    hostile.status, hostile.headers = 302, {"Location": "https://evil.example/stolen"}
    answer = fetch(part)
    assert answer.status == 502
    assert b"/stolen" not in answer.body
    assert_safe(answer)


def test_nothing_but_the_bytes_comes_along(hostile, fetch) -> None:
    """No cookie, no header, and the type that the bytes are of."""
    hostile.headers = {
        "Content-Type": "text/html",
        "Set-Cookie": "session=stolen",
        "X-Anything": "stolen",
        "Refresh": "0; url=https://evil.example",
        "Access-Control-Allow-Origin": "*",
        "Content-Security-Policy": "default-src *",
        "Cache-Control": "public, max-age=99999999",
    }
    answer = fetch("raster/0/0/0.png")
    assert (answer.status, answer.kind, answer.body) == (200, "image/png", PNG)
    assert_safe(answer)
    assert "X-Anything" not in answer.headers
    assert "Refresh" not in answer.headers
    assert answer.headers["Access-Control-Allow-Origin"] != "*"
    assert "session" not in (answer.headers["Set-Cookie"] or "")  # Jupyter may set one of its own


@pytest.mark.parametrize("part", PARTS[:3])
def test_no_answer_is_read_without_end(hostile, fetch, part) -> None:
    """100 MB are hung up on."""
    hostile.endless = True
    answer = fetch(part)
    assert answer.status == 502
    assert len(answer.body) < 1000
    assert_safe(answer)


@pytest.mark.parametrize("content_type", ["image/jpeg", "image/webp"])
def test_pictures_of_other_kinds_are_what_they_are(hostile, fetch, content_type) -> None:
    """The service says PNG; the bytes say otherwise."""
    hostile.body = b"\xff\xd8\xff" + bytes(9) if content_type == "image/jpeg" else b"RIFF0000WEBP" + bytes(9)
    answer = fetch("raster/0/0/0.png")
    assert (answer.status, answer.kind) == (200, content_type)


def test_a_picture_is_no_vector_tile(hostile, fetch) -> None:
    """A source of pictures asked for vectors, and the other way round."""
    assert fetch("tiles/photo/0/0/0.pbf").status == 404
    hostile.body = b""
    assert fetch("tiles/esri/0/0/0.img").status == 404


@pytest.mark.parametrize(
    ("status", "seen"), [(401, 401), (403, 403), (404, 404), (503, 503), (500, 502), (501, 502)]
)
def test_a_refusal_keeps_its_kind(hostile, fetch, status, seen) -> None:
    """And is kept for whoever drew the map, until a request of its kind goes well."""
    hostile.status, hostile.headers, hostile.body = status, {"Content-Type": "application/json"}, b"{}"
    answer = fetch("raster/0/0/0.png")
    assert answer.status == seen
    told = json.loads(answer.body)
    assert told["title"] in str(fetch.delivered.problem)
    assert hostile.key not in answer.body.decode()
    hostile.status, hostile.headers, hostile.body = 200, {"Content-Type": "image/png"}, PNG
    assert fetch("raster/1/0/0.png").status == 200
    assert fetch.delivered.problem is None


def test_what_a_page_does_not_take_is_not_kept_for_it(hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is hung up on, and memory and socket are free again."""
    monkeypatch.setattr(wire, "SLOWEST", 0.2)
    hostile.body = PNG + bytes(8_000_000)
    address = urlsplit(deliver("arcgis/streets", key=hostile.key, delivery="loopback").raster_url)
    with socket.socket() as page:
        page.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        page.settimeout(10)
        page.connect(("127.0.0.1", address.port))
        path = address.path.format(z=0, x=0, y=0)
        page.sendall(f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
        assert page.recv(1)
        deadline = time.monotonic() + 10
        while proxy._here.proxy._connections and time.monotonic() < deadline:
            time.sleep(0.05)
        received = 0
        with contextlib.suppress(ConnectionResetError):
            while chunk := page.recv(1_000_000):
                received += len(chunk)
    assert received < 8_000_000
