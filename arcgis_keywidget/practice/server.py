"""Serving the practice portal over real sockets with hypercorn."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from hypercorn.asyncio import serve as serve_app
from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.config import Config

from arcgis_keywidget.practice.app import PracticePortal
from arcgis_keywidget.practice.faults import HANG_UP
from arcgis_keywidget.practice.paths import REST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import ASGIApp, Receive, Scope, Send

GRACE = 1.0
"""Seconds that requests under way get to end when the server stops."""


@dataclass(frozen=True, slots=True)
class Running:
    """A portal that is being served.

    Attributes:
        url: the portal's address, without `/sharing/rest`.
        rest: with it.
        portal: the portal.
        ready: addresses, people and layer, as the command prints them.
    """

    url: str
    rest: str
    portal: PracticePortal
    ready: dict[str, Any]


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket; port 0 takes a free one.

    Raises:
        OSError: the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=1024)


def address_of(listener: socket.socket) -> str:
    """The address that a client on this machine can use."""
    host, port = listener.getsockname()[:2]
    if ip_address(host).is_unspecified:
        host = "::1" if ":" in host else "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


async def run(portal: PracticePortal, listener: socket.socket, stop: asyncio.Event) -> None:
    """Serve until `stop` is set; takes the listener over."""
    config = Config()
    config.bind = [f"fd://{listener.detach()}"]
    config.loglevel = "ERROR"
    config.graceful_timeout = GRACE
    config.keep_alive_timeout = 75
    asyncio.get_running_loop().set_exception_handler(_note_exception)
    serving = asyncio.create_task(serve_app(_lend_hang_up(portal), config, shutdown_trigger=stop.wait))  # type: ignore[arg-type]  # hypercorn and Starlette type ASGI apart
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    # From Python 3.12 on, a server waits for its connections before hypercorn's own limit begins.
    try:
        await asyncio.wait({serving}, timeout=2 * GRACE)
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


def _note_exception(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    # Before Python 3.12 asyncio complains of connections that end because they are cancelled.
    if not isinstance(context.get("exception"), asyncio.CancelledError):
        loop.default_exception_handler(context)


def _lend_hang_up(portal: PracticePortal) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        if scope["type"] == "http":
            scope["extensions"][HANG_UP] = partial(_hang_up, send)
        await portal(scope, receive, send)

    return app


async def _live(receive: Receive, send: Send) -> None:
    # Starlette would call it a failure when the server is cancelled before it has stopped.
    for event in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{event}.complete"})


def _hang_up(send: Any) -> None:  # noqa: ANN401 (hypercorn's own, a bound method)
    # hypercorn gives an application no way to close its connection: from `send`, each owner knows the next
    # one down, until the one that holds the socket.
    owner = send.__self__
    while not isinstance(owner, TCPServer):
        owner = owner.send.__self__
    owner.writer.transport.abort()


@contextmanager
def serve(
    portal: PracticePortal | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    **options: Any,  # noqa: ANN401 (checked by PracticePortal)
) -> Iterator[Running]:
    """Serve a portal from a thread of its own while the block runs.

    Args:
        portal: the portal; made from `options`, and closed at the end, when None.
        host: the address to listen at; loopback unless told otherwise.
        port: 0 takes a free one.
        **options: of `PracticePortal`.

    Yields:
        Where the portal is.
    """
    ours = portal is None
    portal = PracticePortal(**options) if portal is None else portal
    try:
        listener = listen(host, port)
        root = address_of(listener)
        stopper = _start(portal, listener)
        url = root + portal.account.context
        try:
            yield Running(url, url + REST, portal, portal.describe(root))
        finally:
            stopper()
    finally:
        if ours:
            portal.close()


def _start(portal: PracticePortal, listener: socket.socket) -> Callable[[], None]:
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    def serve_here() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(run(portal, listener, stop))

    thread = threading.Thread(target=serve_here, name="practice-portal", daemon=True)
    thread.start()

    def stop_and_wait() -> None:
        loop.call_soon_threadsafe(stop.set)
        thread.join()

    return stop_and_wait
