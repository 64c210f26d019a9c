"""A small proxy: tunnels what it is asked for to one place, or says no."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SILENCE = "silence"
"""An answer that is none."""
END = b"\r\n\r\n"


class Proxy:
    """Answers CONNECT, whatever the name that is asked for: only a test's own portal is behind it.

    Attributes:
        port: where the tunnel leads to on this machine.
        answer: the status line to refuse with; empty to let everything through.
        asked: host and port of each request for a tunnel.
        headers: of the last one.
        address: of the proxy.
    """

    def __init__(self, port: int = 0, answer: str = "") -> None:
        self.port, self.answer = port, answer
        self.asked: list[str] = []
        self.headers, self.address = "", ""

    async def tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection to its end."""
        with suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(END)).decode()
            self.headers = head
            self.asked.append(head.split()[1])
            if self.answer == SILENCE:
                await reader.read()
            elif self.answer:
                writer.write(f"HTTP/1.1 {self.answer}\r\nContent-Length: 0".encode() + END)
                await writer.drain()
            else:
                far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(b"HTTP/1.1 200 Connection established" + END)
                try:
                    await asyncio.gather(_pass_on(reader, far_writer), _pass_on(far_reader, writer))
                finally:
                    far_writer.transport.abort()
        writer.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def run_proxy(port: int = 0, answer: str = "") -> AsyncIterator[Proxy]:
    """Run a proxy on this loop."""
    proxy = Proxy(port, answer)
    open_tunnels: set[asyncio.Task[None]] = set()

    async def answer_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_tunnels.add(asyncio.current_task())
        with suppress(asyncio.CancelledError):
            await proxy.tunnel(reader, writer)
        writer.transport.abort()

    server = await asyncio.start_server(answer_one, "127.0.0.1", 0)
    proxy.address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield proxy
        for tunnel in open_tunnels:
            tunnel.cancel()
        await asyncio.gather(*open_tunnels)
