"""A server that answers with what no basemap service should."""

from __future__ import annotations

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from arcgis_keywidget import ApiKey
from arcgis_keywidget.models import LocationServices

if TYPE_CHECKING:
    from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
STYLE = b"""{"version": 8, "glyphs": "/fonts/{fontstack}/{range}.pbf", "sprite": "/sprite", "layers": [],
 "sources": {"esri": {"type": "vector", "tiles": ["/tile/{z}/{y}/{x}.pbf"]},
             "photo": {"type": "raster", "tiles": ["/photo/{z}/{y}/{x}"]}}}"""
CREDITS = b'{"copyrightText": "Credits"}'


class Hostile:
    """What it answers with, and what it was asked.

    Attributes:
        status, headers, body: of every answer for a part of a basemap.
        endless: whether the body goes on for 100 MB.
        asked: paths, with queries.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.status, self.headers, self.body, self.endless = 200, {"Content-Type": "image/png"}, PNG, False
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def key(self) -> ApiKey:
        """A key that is trusted to it."""
        services = LocationServices(styles=f"{self.url}/v2", static_tiles=f"{self.url}/v1")
        return ApiKey("AAPTcanary-of-the-hostile-server", portal=self.url, services=services)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        state: Hostile = self.server.state
        state.asked.append(self.path)
        path = self.path.partition("?")[0]
        if path.endswith("/static"):
            self._send(200, {"Content-Type": "application/json"}, CREDITS)
        elif "/styles/" in path:
            self._send(200, {"Content-Type": "application/json"}, STYLE)
        elif state.endless:
            self._flood(state.headers)
        else:
            self._send(state.status, state.headers, state.body)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _flood(self, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):  # hung up on
            self.wfile.write(PNG)
            for _ in range(100):
                self.wfile.write(bytes(1_000_000))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serve_hostile() -> Iterator[Hostile]:
    """Serve while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.state = Hostile(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
