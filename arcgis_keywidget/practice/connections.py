"""The open connections of a served portal: hypercorn's protocols, on servers that end when they are told.

hypercorn's own server waits half a minute, and complains, when a TLS client keeps its connection open at the
end or goes without a goodbye.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.asyncio.worker_context import WorkerContext
from hypercorn.utils import wrap_app

from arcgis_keywidget.practice.faults import HANG_UP

if TYPE_CHECKING:
    from hypercorn.config import Config
    from starlette.types import ASGIApp, Receive, Scope, Send

GRACE = 1.0
"""Seconds that requests under way get to end when the server stops."""


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
        """Let requests under way end for a moment, then close what is open."""
        await self._context.terminated.set()
        if self._open:
            await asyncio.wait(self._open, timeout=GRACE)
        for writer in self._open.values():
            writer.transport.abort()
        # Requests are given up before their connections end by themselves: a connection that is cancelled
        # under a request leaves hypercorn's tasks in disorder.
        for task in self._under_way:
            task.cancel()
        if self._open:
            await asyncio.wait(self._open, timeout=GRACE)


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
