"""Item search among 100,000 items: what the client adds to the one request that the portal must answer."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from arcgis_keywidget.portal import Portal
from bench.figures import time_one
from bench.served import serve
from bench.table import Figure

if TYPE_CHECKING:
    from bench.served import Served

ITEMS, ROUNDS = 100_000, 10
QUESTIONS = ("", "harb", "river tr", "trees 77", "nothing of this kind")


class Noting(httpx.AsyncHTTPTransport):
    """Sends, and keeps the last request, so that it can be sent again without the client."""

    def __init__(self) -> None:
        super().__init__()
        self.last: httpx.Request | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Note the request and send it."""
        self.last = request
        return await super().handle_async_request(request)


async def measure_search(served: Served, log: Path) -> list[Figure]:
    """Each question by the client and as a plain request, in turns; the portal's log counts."""
    transport = Noting()
    ours: list[float] = []
    plain: list[float] = []
    most = 0
    async with Portal(served.portal, transport=transport) as portal, httpx.AsyncClient() as http:
        await portal.sign_in(served.username, served.password)
        before = _count(log)
        for text in QUESTIONS * ROUNDS:
            ours.append(await time_one(lambda text=text: portal.search_items(text)))
            after = _count(log)
            most = max(most, after - before)
            request = transport.last
            assert request is not None  # noqa: S101 (one was just sent)
            again = http.build_request(
                request.method, request.url, headers=request.headers, content=request.content
            )
            plain.append(await time_one(lambda again=again: http.send(again)))
            before = _count(log)
    return [
        Figure("item search: requests to the portal for one question, at most", most, 1, ""),
        Figure(f"item search in {ITEMS:,} items, median of {len(ours)}", statistics.median(ours)),
        Figure("the same requests by plain httpx", statistics.median(plain)),
    ]


def _count(log: Path) -> int:
    return len(log.read_text().splitlines())


async def measure() -> list[Figure]:
    """Serve a portal with many items, and search."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.jsonl"
        with serve("--seed", "1", "--items", str(ITEMS), "--log", str(log)) as served:
            return await measure_search(served, log)
