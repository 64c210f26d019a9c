"""The tile proxy of this kernel: on loopback, below a path that nobody can guess, for what was registered.

It runs on the background loop, starts with the first map that wants it, and ends with the kernel. A forked
child has none of its parent's, and starts its own.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import hmac
import logging
import os
import re
import secrets
import socket
from http import HTTPStatus
from typing import TYPE_CHECKING

from arcgis_keywidget.maps import paths, place, rendezvous, wire
from arcgis_keywidget.maps.refusals import answer_to
from arcgis_keywidget.maps.sources import Sources
from arcgis_keywidget.models import session_keys

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from collections.abc import Mapping
    from pathlib import Path

    from arcgis_keywidget.maps.sources import Source
    from arcgis_keywidget.models import ApiKey, Preferences

_log = logging.getLogger(__name__)

_MOST_CONNECTIONS = 128
_PATIENCE = 60.0  # seconds that a page is kept waiting; a pause that a service asks for may be longer
_BACKLOG = 64
_NONCE = re.compile(r"[0-9a-f]{32}")
# Pages that may read what they fetch: of this machine, of VS Code, and those without an address, such as a
# file or a frame in a sandbox. Each of them knows the path, which is what opens it.
_PAGES = re.compile(
    r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?|vscode-webview://[\w-]{1,200}|null"
)
_NOTHING = wire.Answer(HTTPStatus.NOT_FOUND)


class Proxy:
    """A server of basemaps on 127.0.0.1, and its secrets."""

    def __init__(self) -> None:
        self.sources = Sources()
        self.capability = secrets.token_hex(16)
        self.name = secrets.token_hex(16)
        self.port: int | None = None
        self._secret = secrets.token_hex(16)
        self._process = os.getpid()
        self._socket: socket.socket | None = None
        self._server: asyncio.Server | None = None
        self._starting = asyncio.Lock()
        self._connections = 0
        self._file: Path | None = None

    async def start(self) -> int:
        """Listen, if not yet, and return the port; only called on the background loop."""
        async with self._starting:
            if self.port is None:
                self._socket = socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG)
                port = int(self._socket.getsockname()[1])
                self._server = await asyncio.start_server(
                    self._serve, sock=self._socket, limit=paths.MOST_HEAD
                )
                self.port = port
            return self.port

    async def announce(self) -> str:
        """Let this kernel's Jupyter server find the proxy; return the path that the server serves below."""
        server = place.need_server()
        port = await self.start()
        path = rendezvous.kernel_path(place.runtime_folder(), self.name)
        content = rendezvous.KernelFile(port=port, secret=self._secret)
        if rendezvous.read(path, rendezvous.KernelFile) != content:
            rendezvous.write(path, content)
        self._file = path
        return server.base_url

    def end(self) -> None:
        """Leave nothing behind, as the kernel ends; in a forked child, nothing open."""
        if self._file is not None and os.getpid() == self._process:
            rendezvous.remove(self._file)
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.close()

    async def answer(self, request: wire.Request) -> wire.Answer:
        """Return what is sent for a request: parts of basemaps to who knows the path, nothing to others."""
        host = request.headers.get("host", "").lower()
        if host not in {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}:
            return _NOTHING  # a page that had its own name resolved to this machine
        capability, _, rest = request.path[1:].partition("/")
        if not hmac.compare_digest(capability.encode(), self.capability.encode()):
            return _NOTHING
        asked = paths.parse(f"{capability}/{rest}")
        source = self.sources.find(asked.number) if asked else None
        if asked is None or source is None:
            return _NOTHING
        base = self._base_of(request.headers) or f"http://{host}/{capability}"
        return await _read(source, asked.part, f"{base}/{asked.number}")

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Answer the requests of one connection, one after the other."""
        self._connections += 1
        try:
            if self._connections > _MOST_CONNECTIONS:
                await wire.refuse(reader, writer, HTTPStatus.SERVICE_UNAVAILABLE)
            else:
                await self._converse(reader, writer)
        except TimeoutError:
            writer.transport.abort()  # what the client does not take is not kept for it
        except ConnectionError:
            pass
        finally:
            self._connections -= 1
            writer.close()

    async def _converse(self, reader: StreamReader, writer: StreamWriter) -> None:
        keep_alive = True
        while keep_alive:
            try:
                request = await wire.read_request(reader)
            except wire.RefusedError as refusal:
                await wire.refuse(reader, writer, refusal.status)
                return
            if request is None:
                return
            keep_alive = request.keep_alive
            answer = await self.answer(request)
            extra = self._proof(request.headers) | _for_page(request.headers, answer)
            await wire.write(writer, answer.encode(keep_alive=keep_alive, extra=extra))

    def _base_of(self, headers: Mapping[str, str]) -> str | None:
        """Return the base of addresses that the route names: only it knows the secret."""
        base = headers.get(paths.BASE.lower(), "")
        asked, proof = (headers.get(name.lower(), "") for name in (paths.ASK, paths.PROOF))
        expected = paths.proof(self._secret, "base", asked, base)
        signed = base and _NONCE.fullmatch(asked) and hmac.compare_digest(proof.encode(), expected.encode())
        return base if signed else None

    def _proof(self, headers: Mapping[str, str]) -> dict[str, str]:
        asked = headers.get(paths.ASK.lower(), "")
        known = _NONCE.fullmatch(asked)
        return {paths.PROOF: paths.proof(self._secret, "answer", asked, "")} if known else {}


async def _read(source: Source, part: paths.Part, base: str) -> wire.Answer:
    try:
        async with asyncio.timeout(_PATIENCE):
            resource = await source.read(part, base)
    except Exception as error:  # noqa: BLE001 (whatever it is, the page is answered; see `answer_to`)
        answer = answer_to(error)
        if answer.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.error("%s %s: %s", source, part.kind, type(error).__name__)
        return answer
    if resource.content_type not in part.content_types:
        return _NOTHING  # a picture was asked of a source of vectors, or the other way round
    return wire.Answer(HTTPStatus.OK, resource.content, resource.content_type, part.cache_control)


def _for_page(headers: Mapping[str, str], answer: wire.Answer) -> dict[str, str]:
    """Return what lets a page show pictures of another port, and a page of ours read what it fetched."""
    if answer is _NOTHING:
        return {}
    origin = headers.get("origin", "")
    readable = {"Access-Control-Allow-Origin": origin} if _PAGES.fullmatch(origin) else {}
    return {"Cross-Origin-Resource-Policy": "cross-origin", "Vary": "Origin", **readable}


class _Here:
    """The proxy of this process."""

    def __init__(self) -> None:
        self.proxy = Proxy()

    def forget(self, key: ApiKey | None) -> None:
        """Serve the basemaps of a key no longer."""
        self.proxy.sources.forget(key)

    def end(self) -> None:
        """Close the proxy with the process."""
        self.proxy.end()

    def start_anew(self) -> None:
        """Begin again in a forked child: the parent's socket is closed here, and its file left alone."""
        self.proxy.end()
        self.__init__()  # type: ignore[misc]  # a fresh start is what is wanted


_here = _Here()
session_keys.watch(_here.forget)
atexit.register(_here.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_here.start_anew)


def register(key: ApiKey, style: str, preferences: Preferences) -> Source:
    """Return the source under which pages may ask for a basemap; nothing is served before `base_for`."""
    return _here.proxy.sources.register(key, style, preferences)


async def base_for(way: str, source: Source) -> str:
    """Return the address below which a source is served; only called on the background loop.

    Args:
        way: ``route`` or ``loopback``.
        source: one that was registered.

    Raises:
        KeyWidgetError: this kernel's Jupyter server has no route.
    """
    proxy = _here.proxy
    if way == "route":
        base_url = await proxy.announce()
        return f"{base_url}arcgis-keywidget/{proxy.name}/{proxy.capability}/{source.number}"
    return f"http://127.0.0.1:{await proxy.start()}/{proxy.capability}/{source.number}"
