"""Serving the practice portal over real sockets with hypercorn."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from hypercorn.config import Config

from arcgis_keywidget.practice.app import PracticePortal
from arcgis_keywidget.practice.connections import GRACE, Connections, close_servers
from arcgis_keywidget.practice.tls import keep_certificate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from arcgis_keywidget.practice.tls import Certificate

BACKLOG = 1024  # a class presses the button at the same moment


@dataclass(frozen=True, slots=True)
class Running:
    """A portal that is being served.

    Attributes:
        url: the portal's address, without `/sharing/rest`.
        rest: with it.
        portal: the portal.
        ready: addresses, people and layer, as the command prints them.
        https_url: the portal's address over TLS; None without.
        certificate: the file that clients must trust for it.
    """

    url: str
    rest: str
    portal: PracticePortal
    ready: dict[str, Any]
    https_url: str | None = None
    certificate: Path | None = None


@dataclass(frozen=True, slots=True)
class Listeners:
    """The open sockets of one portal, for plain HTTP and for TLS where that is wanted."""

    plain: socket.socket
    secure: socket.socket | None = None
    certificate: Certificate | None = None

    def describe(self, portal: PracticePortal) -> dict[str, Any]:
        """What is printed when the portal serves; with TLS also its address and certificate."""
        ready = portal.describe(address_of(self.plain))
        if self.secure and self.certificate:
            ready["https_portal"] = address_of(self.secure, "https") + portal.account.context
            ready["certificate"] = str(self.certificate.path)
        return ready


def open_listeners(
    portal: PracticePortal, host: str, port: int = 0, *, tls: bool = False, tls_port: int = 0
) -> Listeners:
    """Open what a portal is served at; port 0 takes a free one.

    Raises:
        OSError: an address cannot be had, or the certificate's files cannot.
        ValueError: the certificate's files are someone else's.
    """
    certificate = None
    if tls:
        store = portal.store
        certificate = keep_certificate(None if store.temporary else store.path)
    plain = listen(host, port)
    try:
        return Listeners(plain, listen(host, tls_port) if tls else None, certificate)
    except BaseException:
        plain.close()
        raise


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket; port 0 takes a free one.

    Raises:
        OSError: the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    # Connections inherit it. Without, the end of each reply waits 40 ms for the client to acknowledge its
    # beginning: asyncio sets it only where the listener's protocol was given by number.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def address_of(listener: socket.socket, scheme: str = "http") -> str:
    """The address that a client on this machine can use."""
    host, port = listener.getsockname()[:2]
    if ip_address(host).is_unspecified:
        host = "::1" if ":" in host else "127.0.0.1"
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


async def run(portal: PracticePortal, listeners: Listeners, stop: asyncio.Event) -> None:
    """Serve until `stop` is set; takes the listeners over."""
    config = Config()
    config.loglevel = "ERROR"
    config.keep_alive_timeout = 75
    connections = Connections(portal, config)
    open_server = partial(asyncio.start_server, connections.answer, backlog=BACKLOG)
    servers = [await open_server(sock=listeners.plain)]
    if listeners.secure and listeners.certificate:
        config.certfile = config.keyfile = str(listeners.certificate.private)
        secure = config.create_ssl_context()
        servers.append(await open_server(sock=listeners.secure, ssl=secure, ssl_shutdown_timeout=GRACE / 2))
    await stop.wait()
    await close_servers(servers)
    await connections.end()


@contextmanager
def serve(
    portal: PracticePortal | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    tls: bool = False,
    **options: Any,  # noqa: ANN401 (checked by PracticePortal)
) -> Iterator[Running]:
    """Serve a portal from a thread of its own while the block runs.

    Args:
        portal: the portal; made from `options`, and closed at the end, when None.
        host: the address to listen at; loopback unless told otherwise.
        port: 0 takes a free one.
        tls: serve HTTPS as well, at a second port; see `tls.keep_certificate`.
        **options: of `PracticePortal`.

    Yields:
        Where the portal is.

    Raises:
        OSError: the address cannot be had, or the certificate's files cannot.
        ValueError: an option is wrong, or the certificate's files are someone else's.
    """
    ours = portal is None
    portal = PracticePortal(**options) if portal is None else portal
    try:
        listeners = open_listeners(portal, host, port, tls=tls)
        ready = listeners.describe(portal)
        certificate = listeners.certificate.path if listeners.certificate else None
        stopper = _start(portal, listeners)
        try:
            yield Running(
                ready["portal"], ready["rest"], portal, ready, ready.get("https_portal"), certificate
            )
        finally:
            stopper()
    finally:
        if ours:
            portal.close()


def _start(portal: PracticePortal, listeners: Listeners) -> Callable[[], None]:
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    def serve_here() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(run(portal, listeners, stop))

    thread = threading.Thread(target=serve_here, name="practice-portal", daemon=True)
    thread.start()

    def stop_and_wait() -> None:
        loop.call_soon_threadsafe(stop.set)
        thread.join()

    return stop_and_wait
