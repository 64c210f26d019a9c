"""The route of a real Jupyter server, at its root and below a path as JupyterHub has it."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest

from arcgis_keywidget.maps import rendezvous
from arcgis_keywidget.maps.delivery import deliver
from arcgis_keywidget.maps.server import BasemapHandler
from tests.maps.jupyter import TOKEN, serve
from tests.maps.web import ask, assert_safe

STREETS = "arcgis/streets"
TILE = {"z": 1, "x": 0, "y": 0}


@pytest.fixture
def delivered(jupyter, make_key):  # noqa: ARG001 (has it taken for this process's server)
    """A basemap that goes by the route."""
    return deliver(STREETS, key=make_key())


def test_the_route_is_taken_where_the_server_has_it(jupyter, delivered) -> None:
    """Root-relative addresses below the server's own path, the same for what is asked for twice."""
    assert delivered.way == "route"
    pattern = rf"{jupyter.base_url}arcgis-keywidget/[0-9a-f]{{32}}/[0-9a-f]{{32}}/\d+"
    assert re.fullmatch(rf"{pattern}/raster/{{z}}/{{x}}/{{y}}\.png", delivered.raster_url)
    assert re.fullmatch(rf"{pattern}/style\.json", delivered.style_url)


def test_every_part_of_a_basemap_comes_through(jupyter, delivered) -> None:
    """Tiles, the style with absolute addresses, and all that these name."""
    tile = jupyter.ask(delivered.raster_url.format(**TILE))
    assert (tile.status, tile.kind, tile.body[:4]) == (200, "image/png", b"\x89PNG")
    assert_safe(tile)
    assert tile.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    style = json.loads(jupyter.ask(delivered.style_url).body)
    base = jupyter.origin + delivered.style_url.removesuffix("/style.json")
    parts = {
        style["sources"]["esri"]["tiles"][0].format(z=0, x=0, y=0): "application/x-protobuf",
        style["glyphs"].format(fontstack="Arial%20Regular", range="0-255"): "application/x-protobuf",
        f"{style['sprite']}.json": "application/json",
        f"{style['sprite']}@2x.png": "image/png",
    }
    for address, kind in parts.items():
        assert address.startswith(base)
        part = ask(address, Authorization=f"token {TOKEN}")
        assert (part.status, part.kind) == (200, kind)
        assert_safe(part)


@pytest.mark.parametrize("token", [None, "another token", ""])
def test_every_address_of_the_route_wants_a_sign_in(jupyter, delivered, token) -> None:
    """Refused without a redirect, and alike whether there is something or not."""
    prefix = f"{jupyter.base_url}arcgis-keywidget/"
    nothing = f"{prefix}{'0' * 32}/{'0' * 32}/1/style.json"
    for path in (delivered.raster_url.format(**TILE), delivered.style_url, nothing, f"{prefix}x"):
        refused = jupyter.ask(path, token=token)
        assert (refused.status, refused.body) == (403, b"")
        assert_safe(refused)


DENY = """
from jupyter_server.auth import Authorizer

class Deny(Authorizer):
    def is_authorized(self, handler, user, action, resource):
        return (action, resource) != ("read", "arcgis-keywidget")
"""


def test_an_administrator_may_keep_people_from_it(tmp_path) -> None:
    """The server's authorizer is asked, and the refusal writes no path into the log."""
    (tmp_path / "deny.py").write_text(DENY)
    with serve("/", tmp_path, "--ServerApp.authorizer_class=deny.Deny") as jupyter:
        refused = jupyter.ask(f"/arcgis-keywidget/{'0' * 32}/{'1' * 32}/1/style.json")
        assert jupyter.ask("/api/status").status == 200
    assert (refused.status, refused.body) == (403, b"")
    assert_safe(refused)
    assert "1" * 32 not in jupyter.server.log.read_text()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_nothing_but_get_is_answered(jupyter, delivered, method) -> None:
    """405, without a body."""
    refused = jupyter.ask(delivered.style_url, method)
    assert (refused.status, refused.body) == (405, b"")
    assert_safe(refused)


@pytest.mark.parametrize(
    "change",
    [
        lambda _, capability: ("0" * 32, capability),
        lambda name, _: (name, "0" * 32),
        lambda name, capability: (name.upper(), capability),
        lambda name, capability: (f"{name}0", capability),
        lambda name, capability: (f"../akw-{name}", capability),
        lambda name, capability: (f"%2e%2e%2fakw-{name}", capability),
        lambda name, capability: (name, f"{capability}/../{capability}"),
        lambda name, _: (name, ""),
    ],
)
def test_another_name_or_path_finds_nothing(jupyter, delivered, change) -> None:
    """404 for what is not exactly it; nothing is tried."""
    name, capability = delivered.style_url.split("/")[-4:-2]
    refused = jupyter.ask(
        f"{jupyter.base_url}arcgis-keywidget/{'/'.join(change(name, capability))}/1/style.json"
    )
    assert (refused.status, refused.body) == (404, b"")
    assert_safe(refused)


@pytest.mark.parametrize(
    "rest",
    [
        *("raster/1/0/0.svg", "raster/1/0/0", "raster/-1/0/0.png", "raster/1/0/0.png/", "raster/1//0/0.png"),
        *("raster/1/0/%30.png", "style.json%00", "style.json/../style.json", "%73tyle.json", "sprite.svg"),
        *("tiles/../0/0/0.pbf", "tiles/%2e%2e/0/0/0.pbf", "tiles/esri%2f0/0/0/0.pbf", "tiles/esri/0/0/0.mvt"),
        *("glyphs/..%2f..%2fself/0-255.pbf", "glyphs/%2e%2e/0-255.pbf", "glyphs/Arial/../0-255.pbf"),
        *("", "..", "raster", f"glyphs/{'a' * 500}/0-255.pbf"),
    ],
)
def test_only_parts_of_basemaps_are_asked_for(jupyter, served, delivered, rest) -> None:
    """Traversal, encoded slashes and dots, and kinds that no map asks for."""
    sent = len(served.portal.requests)
    refused = jupyter.ask(delivered.style_url.replace("style.json", rest))
    assert (refused.status, refused.body) == (404, b"")
    assert len(served.portal.requests) == sent


def test_a_page_of_another_host_finds_nothing(jupyter, delivered) -> None:
    """A name that someone had resolved to this machine."""
    refused = jupyter.ask(delivered.style_url, Host="evil.example")
    assert refused.status == 403
    assert_safe(refused)


def test_an_oversized_request_is_refused(jupyter, delivered) -> None:
    """In its query and in its path; what is longer still, Tornado hangs up on."""
    for long in (f"{delivered.style_url}?{'x' * 10_000}", delivered.style_url + "x" * 10_000):
        refused = jupyter.ask(long)
        assert (refused.status, refused.body) == (414, b"")
        assert_safe(refused)
    with pytest.raises(OSError, match=r"closed connection|reset"):
        jupyter.ask(f"{delivered.style_url}?{'x' * 100_000}")


@pytest.mark.parametrize(
    ("headers", "scheme"),
    [
        ({}, "http"),
        ({"X_Forwarded_Proto": "https"}, "https"),
        ({"X_Forwarded_Proto": "https,http"}, "https"),
        ({"X_Forwarded_Proto": "javascript"}, "http"),
        ({"Referer": "https://{host}/lab"}, "https"),
        ({"Origin": "https://{host}", "X_Forwarded_Proto": "http"}, "https"),
        ({"Referer": "https://evil.example/"}, "http"),
    ],
)
def test_a_style_names_the_page_s_own_address(jupyter, delivered, headers, scheme) -> None:
    """Also where a proxy in front ends TLS; the page of another host is not believed."""
    host = urlsplit(jupyter.origin).netloc
    given = {name: value.format(host=host) for name, value in headers.items()}
    style = json.loads(jupyter.ask(delivered.style_url, **given).body)
    assert style["sprite"].startswith(f"{scheme}://{host}{jupyter.base_url}arcgis-keywidget/")


def test_what_the_proxy_says_is_passed_on(jupyter, delivered) -> None:
    """A person who opens the address reads why there is nothing."""
    refused = jupyter.ask(delivered.raster_url.format(z=1, x=5, y=0))
    assert (refused.status, refused.kind) == (404, "application/json")
    assert json.loads(refused.body) == {"title": "On level 1 these are 0 to 1.", "hint": ""}
    assert_safe(refused)


OTHERS = """
import socket, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
print("ready", flush=True)
while True:
    taken, _ = listener.accept()
    taken.recv(65536)
    taken.sendall(bytes.fromhex(sys.argv[2]))
    taken.close()
"""
PICTURE = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n%b\r\n\r\n\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    "answer",
    [
        PICTURE % b"Content-Length: 8",
        PICTURE % b"Content-Length: 8\r\nX-Keywidget-Proof: 0000",
        PICTURE % b"Content-Length: 100000000",
        PICTURE % (b"X: " + b"x" * 20_000),
        b"HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\nContent-Length: 0\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"",
    ],
    ids=["no-proof", "wrong-proof", "large", "long-head", "redirect", "ssh", "nothing"],
)
def test_a_port_that_another_process_took_is_not_believed(started_by, answer) -> None:
    """The kernel is gone, its port someone else's: nothing of theirs reaches the page."""
    jupyter = started_by("/user/ann/")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    name = "a" * 32
    path = rendezvous.kernel_path(jupyter.runtime, name)
    rendezvous.write(path, rendezvous.KernelFile(port=port, secret="b" * 32))
    address = f"{jupyter.base_url}arcgis-keywidget/{name}/{'c' * 32}/1/raster/0/0/0.png"
    command = [sys.executable, "-c", OTHERS, str(port), answer.hex()]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"ready\n"
        refused = jupyter.ask(address)
        other.kill()
    assert (refused.status, refused.body) == (404, b"")
    assert_safe(refused)
    assert path.exists()  # somebody was there
    assert jupyter.ask(address).status == 404
    assert not path.exists()  # and now nobody is: it was left behind


def test_a_file_that_others_may_read_is_not_used(jupyter, delivered) -> None:
    """Nor one behind a link."""
    name = delivered.style_url.split("/")[-4]
    path = rendezvous.kernel_path(jupyter.runtime, name)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    assert jupyter.ask(delivered.style_url).status == 404
    path.chmod(0o600)
    assert jupyter.ask(delivered.style_url).status == 200
    real = path.rename(path.with_suffix(".moved"))
    path.symlink_to(real)
    assert jupyter.ask(delivered.style_url).status == 404
    real.replace(path)


def test_no_token_against_forgery_is_asked_for() -> None:
    """JupyterHub puts its own check where a handler has none, and fetches of map libraries would fail it."""
    assert "check_xsrf_cookie" in vars(BasemapHandler)


def test_the_server_s_log_has_neither_key_nor_path(jupyter, delivered) -> None:
    """Whoever reads the log cannot ask for a tile."""
    jupyter.ask(delivered.style_url)
    jupyter.ask(delivered.style_url.replace("style", "stile"))
    time.sleep(0.2)
    log = jupyter.server.log.read_text()
    assert delivered.style_url.split("/")[-3] not in log
    assert "AAPT" not in log


def test_the_server_loads_nothing_of_the_kernel_s() -> None:
    """It may have none of it installed."""
    code = (
        "import sys, arcgis_keywidget.maps.server\n"
        "print([name for name in sys.modules if name.startswith('arcgis_keywidget.')\n"
        "       and name.split('.')[1] != 'maps' or name == 'httpx'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
