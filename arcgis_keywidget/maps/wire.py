"""As much of HTTP/1.1 as maps need, read with care: GET without a body, bounded in size and time."""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from arcgis_keywidget.maps.paths import SAFE_HEADERS

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from collections.abc import Mapping

IDLE = 75.0
"""Seconds that a connection may be silent, before a request and within one."""
SLOWEST = 30.0
"""Seconds that a client may take to read an answer."""

_REQUEST_LINE = re.compile(r"([A-Z]{1,20}) (/[!-~]{0,4000}) HTTP/1\.([01])", re.ASCII)
# Blanks round a value are left to `strip`: a pattern that tries where they end takes minutes over many.
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}):([\t -~\x80-\xff]*)")
_MOST_HEADERS = 100
_PARTING, _MOST_LEFT = 1.0, 256 * 1024  # seconds and bytes that a refused client is listened to
_LONGEST_LINE = 4096  # what the first line of a request must fit in, with room


class RefusedError(Exception):
    """What came is no request that is answered; the connection is closed after saying so."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """One GET: its path without the query, and its headers by names in lower case."""

    path: str = field(repr=False)  # it holds the capability
    headers: Mapping[str, str]
    keep_alive: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back."""

    status: HTTPStatus
    body: bytes = field(default=b"", repr=False)
    content_type: str | None = None
    cache_control: str = "no-store"
    headers: dict[str, str] = field(default_factory=dict)

    def encode(self, *, keep_alive: bool, extra: Mapping[str, str]) -> bytes:
        """Return it as it goes over the wire."""
        headers = {
            "Content-Length": str(len(self.body)),
            "Cache-Control": self.cache_control,
            **({"Content-Type": self.content_type} if self.content_type else {}),
            **SAFE_HEADERS,
            **self.headers,
            **extra,
            "Connection": "keep-alive" if keep_alive else "close",
        }
        lines = [f"HTTP/1.1 {self.status.value} {self.status.phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.body


async def read_request(reader: StreamReader) -> Request | None:
    """Return the next request of a connection, None when there is none any more.

    Raises:
        RefusedError: no request that is answered, or too slow or too long a one.
    """
    try:
        async with asyncio.timeout(IDLE):
            head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        raise RefusedError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE) from None
    except (asyncio.IncompleteReadError, TimeoutError):
        return None
    return parse_request(head[:-4].decode("latin-1"))


def parse_request(head: str) -> Request:
    """Read the head of a request.

    Raises:
        RefusedError: malformed, ambiguous, with a body, or no GET.
    """
    line, *lines = head.split("\r\n")
    found = _REQUEST_LINE.fullmatch(line)
    if found is None:
        raise RefusedError(
            HTTPStatus.REQUEST_URI_TOO_LONG if len(line) > _LONGEST_LINE else HTTPStatus.BAD_REQUEST
        )
    if found[1] != "GET":
        raise RefusedError(HTTPStatus.METHOD_NOT_ALLOWED)
    headers = _headers(lines)
    if headers.get("transfer-encoding") or headers.get("content-length", "0") != "0":
        raise RefusedError(HTTPStatus.BAD_REQUEST)
    asked = headers.get("connection", "").lower()
    keep_alive = "close" not in asked if found[3] == "1" else False
    return Request(found[2].partition("?")[0], headers, keep_alive)


async def write(writer: StreamWriter, message: bytes) -> None:
    """Send an answer.

    Raises:
        TimeoutError: the client does not take it.
    """
    writer.write(message)
    async with asyncio.timeout(SLOWEST):
        await writer.drain()


async def refuse(reader: StreamReader, writer: StreamWriter, status: HTTPStatus) -> None:
    """Send an answer without a body as the last one, and let the client read it.

    Closing a connection on which something was not read would take the answer back.
    """
    await write(writer, Answer(status).encode(keep_alive=False, extra={}))
    writer.write_eof()
    left = _MOST_LEFT
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PARTING):
            while left > 0 and (chunk := await reader.read(left)):
                left -= len(chunk)


def _headers(lines: list[str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    if len(lines) > _MOST_HEADERS:
        raise RefusedError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
    for line in lines:
        found = _HEADER.fullmatch(line)
        name = found[1].lower() if found else ""
        # A folded line, a lone line feed, or a second Host: what two readers could read in two ways.
        if found is None or (name in headers and name in {"host", "content-length", "origin"}):
            raise RefusedError(HTTPStatus.BAD_REQUEST)
        headers[name] = found[2].strip(" \t")
    return headers
