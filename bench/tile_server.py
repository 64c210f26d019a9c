"""A server of tiles in a process of its own: HTTP/1.1, and over TLS also HTTP/2; each tile comes late.

    python -m bench.tile_server FOLDER

It prints both addresses and ends when its standard input does. The certificate is put in the folder.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import subprocess
import sys
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hypercorn.asyncio import serve
from hypercorn.config import Config
from PIL import Image, ImageDraw
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from arcgis_keywidget.practice.tls import keep_certificate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

LATENCY = 0.03
SIZE, LINES, KINDS, SEED = 512, 17, 16, 7
STATIC = "/static-basemap-tiles-service/v1"
NAME = "bench"


class Addresses(NamedTuple):
    """Of the two ports, and of the certificate."""

    plain: str
    secure: str
    certificate: str


def draw_tiles() -> list[bytes]:
    """Some tiles of about 15 kB, the size of those of streets."""
    chance = random.Random(SEED)  # noqa: S311 (the same tiles each time)
    tiles = []
    for _ in range(KINDS):
        picture = Image.new("RGB", (SIZE, SIZE), (242, 239, 233))
        pen = ImageDraw.Draw(picture)
        for _ in range(LINES):
            line = [(chance.randrange(SIZE), chance.randrange(SIZE)) for _ in range(3)]
            pen.line(
                line, fill=(chance.randrange(256), 180, chance.randrange(256)), width=chance.randint(1, 6)
            )
        file = BytesIO()
        picture.save(file, "PNG", optimize=True)
        tiles.append(file.getvalue())
    return tiles


def make_app() -> Starlette:
    """The Static Basemap Tiles service, as much of it as a map asks for."""
    tiles = draw_tiles()

    async def send_tile(request: Request) -> Response:
        await asyncio.sleep(LATENCY)
        number = 31 * request.path_params["y"] + request.path_params["x"]
        return Response(tiles[number % KINDS], media_type="image/png")

    async def describe(_: Request) -> Response:
        return JSONResponse({"copyrightText": "Bench"})

    style = f"{STATIC}/arcgis/streets/static"
    return Starlette(
        routes=[Route(style, describe), Route(f"{style}/tile/{{z:int}}/{{y:int}}/{{x:int}}", send_tile)]
    )


def listen() -> socket.socket:
    """A socket that listens already, so that nobody comes too early."""
    return socket.create_server(("127.0.0.1", 0), backlog=100)


async def run(folder: Path) -> None:
    """Serve until standard input ends."""
    kept = keep_certificate(folder / NAME)
    plain, secure = listen(), listen()
    config = Config()
    config.bind, config.insecure_bind = [f"fd://{secure.fileno()}"], [f"fd://{plain.fileno()}"]
    config.certfile = config.keyfile = str(kept.private)
    config.alpn_protocols = ["h2", "http/1.1"]
    config.h2_max_concurrent_streams = 100
    config.errorlog = None
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.run_in_executor(None, lambda: (sys.stdin.read(), loop.call_soon_threadsafe(done.set)))
    hosts = [f"127.0.0.1:{listener.getsockname()[1]}" for listener in (plain, secure)]
    addresses = (f"http://{hosts[0]}", f"https://{hosts[1]}", str(kept.path))
    print(json.dumps(addresses), flush=True)
    await serve(make_app(), config, shutdown_trigger=done.wait)  # type: ignore[arg-type]  # an ASGI application


@contextmanager
def serve_tiles(folder: Path) -> Iterator[Addresses]:
    """Serve while the block runs."""
    command = [sys.executable, "-m", "bench.tile_server", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None  # noqa: S101 (pipes, as asked for above)
        assert child.stdout is not None  # noqa: S101 (same)
        try:
            yield Addresses(*json.loads(child.stdout.readline()))
        finally:
            child.stdin.close()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))
