"""HTTP/1.1 by hand over one connection that is kept open: the client shall cost as little as it can."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

REFERER = "https://bench.practice.invalid"


class Wire:
    """One connection to a portal; opened with the first request."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self._host, self._port = address.hostname, address.port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def send(
        self, method: str, path: str, body: bytes = b"", token: str = "", cookie: str = ""
    ) -> tuple[int, bytes]:
        """One request and its reply: the status and the body."""
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        bearer = f"X-Esri-Authorization: Bearer {token}\r\n" if token else ""
        cookies = f"Cookie: {cookie}\r\n" if cookie else ""
        self._writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nReferer: {REFERER}\r\n"
            f"{bearer}{cookies}"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        return await self._read(self._reader)

    async def post(self, path: str, token: str = "", **form: str) -> dict[str, Any]:
        """A form below `/sharing/rest`, and the document of its reply."""
        body = urlencode({"f": "json", **form}).encode()
        status, reply = await self.send("POST", f"/sharing/rest/{path}", body, token)
        document: dict[str, Any] = json.loads(reply)
        if status != 200 or "error" in document:
            raise ValueError(f"{path}: {status} {document.get('error')}")
        return document

    async def close(self) -> None:
        """End the connection, if the other side has not done so."""
        if self._writer:
            self._writer.close()
            with suppress(ConnectionError):
                await self._writer.wait_closed()

    @staticmethod
    async def _read(reader: asyncio.StreamReader) -> tuple[int, bytes]:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
        length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length")), 0)
        return int(first.split()[1]), await reader.readexactly(length)
