"""Where tiles are drawn and kept: in threads of the portal or in processes of their own, each tile once."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from arcgis_keywidget.practice.basemaps.cache import Tile, TileCache
from arcgis_keywidget.practice.basemaps.tiles import WARM_STEPS, TileKey, draw_tile
from arcgis_keywidget.practice.basemaps.workers import Seat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_THREADS = 2


class Drawing:
    """Draws tiles, none twice at once, and keeps them.

    Args:
        processes: how many processes draw; 0 for threads of this one.

    Raises:
        ValueError: fewer than none.
    """

    def __init__(self, processes: int = 0) -> None:
        if processes < 0:
            raise ValueError("Tiles are drawn in 0 or more processes.")
        self._processes = processes
        self._cache = TileCache()
        self._orders: SimpleQueue[tuple[TileKey, Future[Tile]] | None] = SimpleQueue()
        self._under_way: dict[TileKey, Future[Tile]] = {}
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._closed = False

    async def tile(self, key: TileKey) -> Tile:
        """A tile, drawn now unless it is kept.

        Raises:
            ValueError: there is no such tile.
            RuntimeError: the portal is closed.
        """
        tile = self._cache.find(key)
        if tile:
            return tile
        key.check()
        return await _arrival(self._order(key))

    def start(self) -> None:
        """Get ready to draw, in the background; the first order does it too."""
        with self._lock:
            if not self._closed:
                self._start()

    def close(self) -> None:
        """End the threads and processes; what is still under way is refused."""
        with self._lock:
            self._closed = True
            waiting, self._under_way = list(self._under_way.values()), {}
            for _ in self._threads:
                self._orders.put(None)
        for thread in self._threads:
            thread.join()
        for future in waiting:
            if not future.done():
                future.set_exception(RuntimeError("The portal is closed."))

    def _start(self) -> None:
        if self._closed:
            raise RuntimeError("The portal is closed.")
        if self._threads:
            return
        run = self._run_worker if self._processes else self._run
        for n in range(self._processes or _THREADS):
            self._threads.append(threading.Thread(target=run, name=f"practice-drawing-{n}", daemon=True))
            self._threads[-1].start()

    def _order(self, key: TileKey) -> Future[Tile]:
        with self._lock:
            self._start()
            future = self._under_way.get(key)
            if future is None:
                future = Future()
                if tile := self._cache.find(key):  # drawn since this request looked
                    future.set_result(tile)
                    return future
                self._under_way[key] = future
                self._orders.put((key, future))
            return future

    def _run(self) -> None:
        while (order := self._orders.get()) and not self._closed:
            self._deliver(*order, draw_tile)

    def _run_worker(self) -> None:
        seat = Seat()
        for order in self._wait(seat, iter(range(WARM_STEPS))):
            self._deliver(*order, seat.draw)
        seat.close()

    def _wait(self, seat: Seat, steps: Iterator[int]) -> Iterator[tuple[TileKey, Future[Tile]]]:
        """Orders as they come; while there are none, the process gets ready for more."""
        step = next(steps, None)
        while True:
            try:
                order = self._orders.get(block=step is None)
            except Empty:
                seat.warm(step or 0)
                step = next(steps, None)
                continue
            if order is None or self._closed:
                return
            yield order

    def _deliver(self, key: TileKey, future: Future[Tile], draw: Callable[..., bytes]) -> None:
        try:
            tile = Tile.of(draw(*key))
        except Exception as error:  # noqa: BLE001 (it goes to whoever waits for the tile)
            future.set_exception(error)
        else:
            self._cache.keep(key, tile)
            future.set_result(tile)
        with self._lock:
            self._under_way.pop(key, None)


async def _arrival(future: Future[Tile]) -> Tile:
    """Wait without a hold on the future: others may wait for it when this request is given up."""
    loop = asyncio.get_running_loop()
    arrived: asyncio.Future[Tile] = loop.create_future()

    def settle() -> None:
        if arrived.done():
            return
        error = future.exception()
        if error:
            arrived.set_exception(error)
        else:
            arrived.set_result(future.result())

    def tell(_done: Future[Tile]) -> None:
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(settle)

    future.add_done_callback(tell)
    return await arrived
