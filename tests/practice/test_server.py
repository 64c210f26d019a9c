"""The portal over real sockets, from a thread and from a child process."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys

import httpx
import pytest

from arcgis_keywidget.practice import PracticePortal, serve
from arcgis_keywidget.practice.server import listen


@pytest.fixture
def served():
    """A portal that is served by a thread."""
    with serve() as running:
        yield running


@pytest.fixture
async def ada(served, call_as):
    """The first user, signed in over the socket."""
    caller = call_as(served.portal, httpx.AsyncHTTPTransport(), served.url)
    yield await caller.sign_in()
    await caller.http.aclose()


async def test_the_whole_job_over_a_socket(ada, served):
    """A key opens a tile and the layer at the addresses that were announced."""
    layer = served.ready["layer"]
    granted = ["premium:user:staticbasemaptiles", f"portal:app:access:item:{layer['item']}"]
    key, _ = await ada.make_key(granted)
    bearer = {"X-Esri-Authorization": f"Bearer {key}"}
    tile = await ada.http.get(
        f"{served.ready['basemaps']['static']}/arcgis/streets/static/tile/0/0/0", headers=bearer
    )
    rows = await ada.http.get(f"{layer['url']}/query", params={"f": "json", "where": "1=1"}, headers=bearer)
    assert tile.headers["content-type"] == "image/png"
    assert rows.json()["features"]


@pytest.mark.parametrize(("kind", "done"), [("drop-before", False), ("drop-after", True)])
async def test_drops_close_the_connection(ada, served, kind, done):
    """No reply comes; the work is done, or not; the next request works."""
    served.portal.fail(f"addItem:{kind}")
    with pytest.raises(httpx.RemoteProtocolError):
        await ada.add("Dropped")
    assert ("Dropped" in [item["title"] for item in served.portal.items_of("ada")]) is done
    assert await ada.add("Next")


async def test_slow_holds_up_nobody(ada, served):
    """While one request waits, another is answered; a slow one does not hold up the end either."""
    served.portal.fail("portals/self:slow=60")
    waiting = asyncio.create_task(ada("portals/self"))
    while served.portal.faults._armed:  # noqa: ASYNC110 (the other end is a thread)
        await asyncio.sleep(0.01)
    assert (await ada("community/self"))["username"] == "ada"
    assert not waiting.done()
    waiting.cancel()


def test_replies_are_sent_at_once():
    """A connection does not wait with the end of a reply until its beginning was acknowledged."""
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_portal_of_ones_own_stays_open():
    """Served twice, closed by who made it; Enterprise is announced below its web adaptor."""
    portal = PracticePortal("enterprise")
    for _ in range(2):
        with serve(portal) as running:
            assert running.url.endswith("/portal")
            assert running.rest == f"{running.url}/sharing/rest"
            assert httpx.get(f"{running.rest}/?f=json").json()["enterpriseVersion"] == "11.5.0"
    assert portal.items_of("ada")
    portal.close()


def test_child_prints_one_line_and_ends_with_its_parent(tmp_path):
    """One JSON line when it serves; it ends when standard input closes, and leaves nothing on stderr."""
    log = tmp_path / "log.jsonl"
    command = [sys.executable, "-m", "arcgis_keywidget.practice", "--with-parent", "--log", str(log)]
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    ready = json.loads(child.stdout.readline())
    assert httpx.get(f"{ready['rest']}?f=json").json() == {"currentVersion": "2025.3"}
    assert [user["role"] for user in ready["users"]] == ["org_publisher", "org_admin", "org_user"]
    rest, complaints = child.communicate(timeout=20)
    assert (child.returncode, rest, complaints) == (0, "", "")
    assert json.loads(log.read_text())["path"] == "/sharing/rest"


def test_child_ends_on_a_signal():
    """SIGTERM ends it cleanly, also while it watches its standard input."""
    command = [sys.executable, "-m", "arcgis_keywidget.practice", "--with-parent"]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    child = subprocess.Popen(command, text=True, **pipes)
    child.stdout.readline()
    child.terminate()
    assert child.wait(timeout=20) == 0
    assert child.communicate() == ("", "")


@pytest.mark.parametrize(
    "flags",
    [["--fault", "addItem:nonsense"], ["--store", "/"], ["--host", "203.0.113.1"], ["--port", "70000"]],
)
def test_child_says_in_one_line_why_it_cannot_start(flags):
    """No traceback."""
    command = [sys.executable, "-m", "arcgis_keywidget.practice", *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The practice portal could not start.")
    assert done.stderr.count("\n") == 1
