"""What was fetched lately: a bounded memory in which two who want the same wait for one request."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable

    from arcgis_keywidget.models import Resource

_MOST_BYTES = 64 * 1024 * 1024
_LONGEST = 600.0  # seconds: by then a revoked key opens nothing that was seen with it


class Cache:
    """Parts of basemaps, those fetched first leave first; belongs to the loop that uses it.

    Args:
        most_bytes: what is held at most.
        clock: the time in seconds, from anywhere.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most_bytes
        self._clock = clock
        self._held: OrderedDict[Hashable, tuple[float, Resource]] = OrderedDict()
        self._bytes = 0
        self._coming: dict[Hashable, asyncio.Task[Resource]] = {}
        self._waiting: Counter[asyncio.Task[Resource]] = Counter()

    async def get(self, name: Hashable, fetch: Callable[[], Awaitable[Resource]]) -> Resource:
        """Return what is held under a name, fetched if need be; a failure is told to all, and not held.

        Who stops waiting takes nothing from the others: the request goes on for them, and ends with the last.
        """
        self._drop_old()
        held = self._held.get(name)
        if held is not None:
            return held[1]
        task = self._coming.get(name)
        if task is None:
            task = self._coming[name] = asyncio.ensure_future(self._fetch(name, fetch))
        self._waiting[task] += 1
        try:
            return await asyncio.shield(task)
        finally:
            self._waiting[task] -= 1
            if not self._waiting[task]:
                del self._waiting[task], self._coming[name]
                task.cancel()  # does nothing where it has ended

    async def _fetch(self, name: Hashable, fetch: Callable[[], Awaitable[Resource]]) -> Resource:
        resource = await fetch()
        self._held[name] = (self._clock(), resource)
        self._bytes += len(resource.content)
        self._drop_old()
        return resource

    def _drop_old(self) -> None:
        """Let go of what is too old, or too much; the oldest stand first."""
        while self._held:
            since, resource = next(iter(self._held.values()))
            if self._bytes <= self._most and self._clock() - since < _LONGEST:
                break
            self._held.popitem(last=False)
            self._bytes -= len(resource.content)
