"""Asking a server as a page would, and as nobody should: nothing is followed, nothing is mended."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from email.message import Message

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@dataclass(frozen=True)
class Answered:
    """An answer as it came."""

    status: int
    headers: Message
    body: bytes

    @property
    def kind(self) -> str | None:
        """Its content type."""
        return self.headers.get("Content-Type")


def ask(url: str, method: str = "GET", **headers: str) -> Answered:
    """Send one request; underscores in names of headers stand for hyphens."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=30)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(
            method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        reply = connection.getresponse()
        return Answered(reply.status, reply.headers, reply.read())
    finally:
        connection.close()


def send(port: int, request: bytes) -> bytes:
    """Send bytes and return all that comes back until the other side closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
        return received


def assert_safe(answered: Answered) -> None:
    """No browser runs anything of it, and nothing of an upstream server's came along."""
    for name, value in SAFE.items():
        assert answered.headers.get_all(name) == [value]
    assert answered.headers["Cache-Control"].startswith(("private", "no-store"))
    assert "Location" not in answered.headers
    assert not any("stolen" in str(value) for value in answered.headers.values())
