"""The open connections of a served portal: hypercorn's protocols, on servers that end when they are told.

hypercorn's own server waits half a minute, and complains, when a TLS client keeps its connection open at the
end or goes without a goodbye.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.asyncio.worker_context import WorkerContext
from hypercorn.utils import wrap_app

from arcgis_keywidget.practice.faults import HANG_UP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypercorn.config import Config
    from starlette.types import ASGIApp, Receive, Scope, Send

GRACE = 1.0
"""Seconds that requests under way get to end when the server stops."""
SETTLING = 0.02
"""Seconds from accepting a connection to answering it, with room to spare."""


class Connections:
    """Answers the connections of any number of servers on the running loop.

    Args:
        app: what answers their requests.
        config: hypercorn's.
    """

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self._app = app
        self._answers = wrap_app(self._answer_request, config.wsgi_max_body_size, "asgi")  # type: ignore[arg-type]  # hypercorn and Starlette type ASGI apart
        self._config = config
        self._context = WorkerContext(None)
        self._open: dict[asyncio.Task[Any], asyncio.StreamWriter] = {}
        self._under_way: set[asyncio.Task[Any]] = set()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection to its end."""
        task = _current_task()
        self._open[task] = writer
        loop = asyncio.get_running_loop()
        try:
            await TCPServer(self._answers, loop, self._config, self._context, {}, reader, writer)
        except OSError:
            pass  # the client went, or said no goodbye
        finally:
            del self._open[task]
            if not writer.is_closing():
                writer.transport.abort()

    async def _answer_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["extensions"][HANG_UP] = partial(_hang_up, send)
        task = _current_task()
        self._under_way.add(task)
        try:
            await self._app(scope, receive, send)
        finally:
            self._under_way.discard(task)

    async def end(self) -> None:
        """Let requests under way end for a moment, then close what is open; at once when it is cancelled."""
        await self._context.terminated.set()
        try:
            if self._open:
                await asyncio.wait(self._open, timeout=GRACE)
        finally:
            await self._close()

    async def _close(self) -> None:
        for writer in self._open.values():
            writer.transport.abort()
        # Requests are given up before their connections end by themselves: a connection that is cancelled
        # under a request leaves hypercorn's tasks in disorder.
        for task in self._under_way:
            task.cancel()
        if self._open:
            await asyncio.wait(self._open, timeout=GRACE)


async def close_servers(servers: Sequence[asyncio.Server]) -> None:
    """Accept no more, then close: Python leaves open what it accepted a moment before a server closes."""
    loop = asyncio.get_running_loop()
    for server in servers:
        for listener in server.sockets:
            with suppress(NotImplementedError):  # Windows' loop accepts in another way
                loop.remove_reader(listener)
    await asyncio.sleep(SETTLING)
    for server in servers:
        server.close()


def _current_task() -> asyncio.Task[Any]:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 (hypercorn and asyncio's servers start one)
    return task


def _hang_up(send: Any) -> None:  # noqa: ANN401 (hypercorn's own, a bound method)
    # hypercorn gives an application no way to close its connection: from `send`, each owner knows the next
    # one down, until the one that holds the socket.
    owner = send.__self__
    while not isinstance(owner, TCPServer):
        owner = owner.send.__self__
    owner.writer.transport.abort()
