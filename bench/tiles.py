"""`make bench`: 256 tiles as one picture, ours, bare httpx and contextily in turns, from one server.

Each is limited to 32 requests in flight, though contextily as it comes sends one after the other. All unpack
the tiles and put them together; ours and httpx open their connections anew each time. contextily speaks plain
HTTP/1.1, which is the faster way for it, in a process and an environment of its own.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from PIL import Image

from arcgis_keywidget.models import ApiKey, LocationServices, Preferences
from arcgis_keywidget.services.connection import Connection
from arcgis_keywidget.services.mosaic import Mosaic
from arcgis_keywidget.services.pace import IN_FLIGHT_HERE
from arcgis_keywidget.services.progress import Progress
from arcgis_keywidget.services.raster import RasterTiles
from arcgis_keywidget.services.tile_scheme import TILE, WORLD
from arcgis_keywidget.services.view import View
from bench.table import Figure, describe_machine, show
from bench.tile_server import LATENCY, STATIC, serve_tiles

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    from bench.tile_server import Addresses

ROUNDS, LEVEL = 7, 4
SIDE = 2**LEVEL
STYLE = "arcgis/streets"
PACKAGES = ("httpx", "h2", "hypercorn", "pillow", "sniffio")
PEER = Path(__file__).with_name("contextily_peer.py")
ENVIRONMENT = Path(__file__).resolve().parents[1] / ".venv-bench"
CONTEXTILY = "contextily==1.7.1"
WORLD_VIEW = View((SIDE * TILE // 2,) * 2, LEVEL, (-WORLD, WORLD, -WORLD, WORLD))


async def fetch_ours(server: Addresses) -> None:
    """The way of `basemap_image`, up to where it would cut and shrink."""
    services = LocationServices(static_tiles=server.secure + STATIC)
    async with Connection(ApiKey("AAPTbench", portal=server.secure, services=services)) as connection:
        mosaic = Mosaic(connection, RasterTiles(connection, STYLE, Preferences()), WORLD_VIEW)
        with Progress("tiles") as progress:
            await mosaic.collect(progress)


async def fetch_bare(server: Addresses, certificates: ssl.SSLContext) -> None:
    """What one would write by hand."""
    picture = Image.new("RGBA", (SIDE * TILE, SIDE * TILE))
    slots = asyncio.Semaphore(IN_FLIGHT_HERE)
    headers = {"X-Esri-Authorization": "Bearer AAPTbench"}
    async with httpx.AsyncClient(http2=True, verify=certificates, headers=headers) as client:

        async def fetch(x: int, y: int) -> None:
            async with slots:
                url = f"{server.secure}{STATIC}/{STYLE}/static/tile/{LEVEL}/{y}/{x}"
                reply = (await client.get(url)).raise_for_status()
            if reply.http_version != "HTTP/2":
                raise ValueError(reply.http_version)
            with Image.open(BytesIO(reply.content)) as tile:
                picture.paste(tile.convert("RGBA"), (x * TILE, y * TILE))

        await asyncio.gather(*(fetch(x, y) for y in range(SIDE) for x in range(SIDE)))


def make_environment() -> Path:
    """Make contextily's environment if it is not there; return its interpreter."""
    python = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, CONTEXTILY], check=True)
    return python


@contextmanager
def start_contextily(server: Addresses) -> Iterator[Callable[[], float]]:
    """Give a function that lets contextily fetch all, and returns the milliseconds it took."""
    address = f"{server.plain}{STATIC}/{STYLE}/static/tile/{{z}}/{{y}}/{{x}}"
    command = [str(make_environment()), str(PEER), address, str(LEVEL)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        pipe, answers = child.stdin, child.stdout
        assert pipe is not None  # noqa: S101 (pipes, as asked for above)
        assert answers is not None  # noqa: S101 (same)
        answers.readline()

        def measure() -> float:
            pipe.write("\n")
            pipe.flush()
            return float(answers.readline())

        yield measure
        pipe.close()


def measure(server: Addresses) -> list[Figure]:
    """Every client in turns; the first round of each is not counted."""
    os.environ["SSL_CERT_FILE"] = server.certificate
    certificates = httpx.create_ssl_context()
    took: dict[str, list[float]] = {"ours": [], "bare": [], "contextily": []}

    def time_one(name: str) -> float:
        began = time.perf_counter()
        asyncio.run(fetch_ours(server) if name == "ours" else fetch_bare(server, certificates))
        return (time.perf_counter() - began) * 1000

    with start_contextily(server) as time_contextily:
        for number in range(ROUNDS + 1):
            for name in took if number % 2 else reversed(took):
                one = time_contextily() if name == "contextily" else time_one(name)
                took[name] += [one] if number else []
            print({name: round(times[-1]) for name, times in took.items() if times}, flush=True)
    ours, bare, contextily = map(statistics.median, took.values())
    what = f"{SIDE * SIDE} tiles at {LATENCY * 1000:.0f} ms, median of {ROUNDS}"
    return [
        Figure(f"{what}: basemap_image, HTTP/2", ours),
        Figure(f"{what}: bare httpx, HTTP/2", bare),
        Figure(f"{what}: contextily as it comes", contextily),
        Figure("basemap_image against bare httpx", ours / bare, 1.15, ""),
        Figure("basemap_image against contextily, in twelfths", 12 * ours / contextily, 1, ""),
    ]


def main() -> int:
    """Measure everything and print the table."""
    print(describe_machine(PACKAGES), flush=True)
    with tempfile.TemporaryDirectory() as folder, serve_tiles(Path(folder)) as server:
        figures = measure(server)
    show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
