"""The figures of the practice portal, each measured from outside, with its ceiling."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from bench.students import make_key
from bench.table import Figure
from bench.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bench.served import Served

STUDENTS = 200
QUERIES = (
    {"q": 'owner:ada AND type:"Feature Service" AND trees'},
    {"q": "harbour", "sortField": "title", "num": "50"},
    {"q": "title:par* OR tags:river", "start": "9001", "num": "100"},
    {"q": "-type:Application AND (meadow OR valley)", "sortField": "modified", "sortOrder": "desc"},
    {"q": "nothingofthiskind"},
    {"q": "*", "num": "100"},
)


async def time_one(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds of one piece of work."""
    begin = time.perf_counter()
    await work()
    return (time.perf_counter() - begin) * 1000


async def measure_tiles(served: Served) -> list[Figure]:
    """Labelled tiles that nobody has asked for yet, and one that everybody has."""
    wire = Wire(served.portal)
    key = await make_key(wire, await served.sign_in(wire), served.username, "Tiles")

    async def load(z: int, y: int, x: int) -> None:
        status, image = await wire.send("GET", f"{served.tiles}/{z}/{y}/{x}", token=key)
        if status != 200 or not image.startswith(b"\x89PNG"):
            raise ValueError(f"{z}/{y}/{x}: {status}")

    await load(0, 0, 0)  # what is read once for all tiles
    # Europe and its neighbours, where labels are dense.
    corners = ((4, 4, 6), (5, 9, 13), (6, 20, 31))
    places = [(z, top + y, left + x) for z, top, left in corners for y in range(4) for x in range(6)]
    cold = [await time_one(lambda place=place: load(*place)) for place in places]
    warm = [await time_one(lambda: load(*places[0])) for _ in range(500)]
    await wire.close()
    return [
        Figure(f"512 px labelled tile, cold, mean of {len(cold)}", statistics.mean(cold), 25),
        Figure("the same tile again, over HTTP, mean of 500", statistics.mean(warm), 1),
    ]


async def measure_key(served: Served) -> list[Figure]:
    """The four requests of a key, one after the other."""
    wire = Wire(served.portal)
    token = await served.sign_in(wire)
    took = [await time_one(lambda: make_key(wire, token, served.username, "A key")) for _ in range(200)]
    await wire.close()
    return [Figure("the four requests of a key, together, mean of 200", statistics.mean(took), 15)]


async def measure_search(served: Served) -> list[Figure]:
    """Searches as people write them; each by itself, the slowest counts."""
    wire = Wire(served.portal)
    token = await served.sign_in(wire)
    means = []
    for query in QUERIES:
        took = [await time_one(lambda query=query: wire.post("search", token, **query)) for _ in range(10)]
        means.append(statistics.mean(took))
        print(f"  {means[-1]:6.1f} ms  {query}")
    await wire.close()
    return [Figure("search over 100,000 items, slowest of 6 queries, mean of 10", max(means), 100)]


def measure_class(served: Served) -> list[Figure]:
    """Two hundred students who all begin at the same moment.

    Raises:
        ValueError: a student met an error.
    """
    command = [sys.executable, "-m", "bench.students", served.portal, served.tiles, served.username]
    done = subprocess.run(
        [*command, str(STUDENTS)], input=f"{served.password}\n", capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    if told["errors"]:
        raise ValueError(f"{len(told['errors'])} of {STUDENTS} students met an error: {told['errors'][0]}")
    keys, tiles = (statistics.quantiles(told[name], n=20)[-1] * 1000 for name in ("keys", "tiles"))
    return [
        Figure(f"{STUDENTS} students: p95 of the four requests, together", keys, 1000),
        Figure(f"{STUDENTS} students: p95 of a tile", tiles),
        Figure(f"{STUDENTS} students: sign in, key and 12 tiles, all of them", told["took"] * 1000),
    ]
