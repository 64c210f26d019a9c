"""A portal that serves both ways ends when it is told, whoever is still connected."""

from __future__ import annotations

import gc
import json
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import httpx
import pytest

from arcgis_keywidget.practice import serve

WAYS = {
    "parent": lambda child: child.stdin.close(),
    "ctrl-c": lambda child: child.send_signal(signal.SIGINT),
    "terminate": lambda child: child.send_signal(signal.SIGTERM),
}


@pytest.fixture(autouse=True)
def data_home(tmp_path, monkeypatch):
    """The certificate lies in a directory of our own."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))


@pytest.fixture
def stay_connected():
    """Opens connections that nobody closes before the test ends: idle and used, of every protocol."""
    opened = []

    def connect(ready):
        context = ssl.create_default_context(cafile=ready["certificate"])
        address = httpx.URL(ready["https_portal"])
        opened.append(socket.create_connection((address.host, address.port)))
        plain = socket.create_connection((address.host, address.port))
        opened.append(context.wrap_socket(plain, server_hostname=address.host))
        for http2 in (True, False):
            opened.append(httpx.Client(verify=context, http2=http2))
            assert opened[-1].get(f"{ready['https_portal']}/sharing/rest/info").status_code == 200
        opened.append(httpx.Client())
        assert opened[-1].get(f"{ready['rest']}/info").status_code == 200

    yield connect
    for connection in opened:
        connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("way", WAYS)
def test_a_child_ends_both_servers(way, stay_connected):
    """With status 0 and nothing on stderr; neither port answers afterwards."""
    command = [sys.executable, "-m", "arcgis_keywidget.practice", "--tls", "--with-parent"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as child:
        ready = json.loads(child.stdout.readline())
        stay_connected(ready)
        WAYS[way](child)
        assert child.wait(timeout=30) == 0
        assert (child.stdout.read(), child.stderr.read()) == ("", "")
    for address in (ready["portal"], ready["https_portal"]):
        with pytest.raises(httpx.ConnectError):
            httpx.get(address)


@pytest.mark.parametrize("http2", [True, False])
def test_a_thread_ends_both_servers(stay_connected, caplog, http2):
    """`serve` comes back though clients are connected and wait; asyncio has nothing to complain of."""
    with ThreadPoolExecutor(1) as worker:
        with serve(tls=True) as running:
            stay_connected(running.ready)
            running.portal.fail("root:slow=60")
            trusted = ssl.create_default_context(cafile=running.certificate)
            client = httpx.Client(verify=trusted, http2=http2, timeout=60)
            waiting = worker.submit(client.get, f"{running.https_url}/sharing/rest")
            while running.portal.faults._armed:
                time.sleep(0.01)
        assert isinstance(waiting.exception(), httpx.TransportError)
        client.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(running.https_url)
    assert not caplog.records


@pytest.mark.parametrize("_turn", range(4))
def test_knocking_while_it_ends(_turn, monkeypatch):
    """Clients that connect at the very end leave no socket open; one turn in two shows it."""
    left: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda found: left.append(found.exc_value))
    over = threading.Event()

    def knock(port: int) -> None:
        while not over.is_set():
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as client:
                client.sendall(b"GET /sharing/rest/info HTTP/1.1\r\nHost: practice.test\r\n\r\n")
                client.settimeout(0.01)
                client.recv(10)

    with ExitStack() as stack:
        clients = stack.enter_context(ThreadPoolExecutor(4))
        stack.callback(over.set)
        port = urlsplit(stack.enter_context(serve()).url).port
        knocking = [clients.submit(knock, port) for _ in range(4)]
        time.sleep(0.15)
    gc.collect()
    assert [client.exception() for client in knocking] == [None] * 4
    assert left == []
