"""`make bench`: what the proxy and the route add to a tile. Errors fail it; times never do."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bench.figures import time_one
from bench.served import serve
from bench.students import make_key
from bench.table import Figure, describe_machine, show
from bench.wire import Wire
from tests.maps import jupyter
from tests.maps.web import ask

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bench.served import Served

PACKAGES = ("httpx", "jupyter-server", "tornado", "hypercorn")
TILES = 300
# Two keys, since what one map has fetched is kept for the next one of its key.
CELL = """
import json
from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget.maps.delivery import deliver

privileges = ("premium:user:basemaps", "premium:user:staticbasemaptiles")
addresses = []
with Portal.connect({url!r}) as portal:
    portal.sign_in({username!r}, {password!r})
    for way in ("loopback", "route"):
        key = portal.create_key(KeyRequest(way, privileges=privileges)).key
        addresses.append(deliver("arcgis/streets", key=key, delivery=way).raster_url)
print(json.dumps(addresses))
"""


def cookie_of(server: jupyter.Jupyter) -> str:
    """What the server knows a signed-in browser by."""
    reply = ask(f"{server.origin}{server.base_url}api/status?token={jupyter.TOKEN}")
    cookies = reply.headers.get_all("Set-Cookie") or []
    return "; ".join(cookie.partition(";")[0] for cookie in cookies)


async def measure(served: Served, server: jupyter.Jupyter, loopback: str, route: str) -> list[Figure]:
    """Ask for each tile directly, through the proxy and through the route, in turn; all were drawn before."""
    direct, proxy, through = Wire(served.portal), Wire(loopback), Wire(server.origin)
    key = await make_key(direct, await served.sign_in(direct), served.username, "Directly")
    proxy_path, cookie = urlsplit(loopback).path, cookie_of(server)

    async def load(wire: Wire, path: str, **sent: str) -> None:
        status, image = await wire.send("GET", path, **sent)
        if status != 200 or not image.startswith(b"\x89PNG"):
            raise ValueError(f"{path}: {status}")

    ways: dict[str, Callable[[int, int, int], Awaitable[None]]] = {
        "direct": lambda z, x, y: load(direct, f"{served.tiles}/{z}/{y}/{x}", token=key),
        "proxy": lambda z, x, y: load(proxy, proxy_path.format(z=z, x=x, y=y)),
        "route": lambda z, x, y: load(through, route.format(z=z, x=x, y=y), cookie=cookie),
    }
    # Away from the corner of the first tiles, with which every connection is opened.
    places = [(6, 20 + number % 24, 16 + number // 24) for number in range(TILES)]
    for place in places:
        await ways["direct"](*place)
    for way in ways.values():
        await way(0, 0, 0)
    took: dict[str, list[float]] = {name: [] for name in ways}
    for number, place in enumerate(places):
        names = [*ways][number % 3 :] + [*ways][: number % 3]
        for name in names:
            took[name].append(await time_one(lambda name=name, place=place: ways[name](*place)))
    for wire in (direct, proxy, through):
        await wire.close()
    bare, by_proxy, by_route = (statistics.median(took[name]) for name in ways)
    return [
        Figure(f"a tile asked of the service itself, median of {TILES}", bare),
        Figure("what the proxy adds, no tile asked for twice", by_proxy - bare, 3),
        Figure("what the route and the proxy add together", by_route - bare, 6),
    ]


def main() -> int:
    """Start a portal, a Jupyter server and a kernel; measure, and print the table."""
    print(describe_machine(PACKAGES), flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serve("--seed", "1") as served,
        jupyter.serve("/user/ann/", Path(folder)) as server,
    ):
        kernel = jupyter.Kernel(server)
        person = {"username": served.username, "password": served.password}
        loopback, route = json.loads(kernel.run(CELL.format(url=served.portal, **person)))
        figures = asyncio.run(measure(served, server, loopback, route))
        kernel.end()
    show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
