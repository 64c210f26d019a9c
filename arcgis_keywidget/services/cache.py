"""What was fetched lately: a bounded memory in which two who want the same wait for one request."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable

    from arcgis_keywidget.models import Resource

_MOST_BYTES = 64 * 1024 * 1024


class Cache:
    """Parts of basemaps, those used longest ago leave first; belongs to the loop that uses it."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._held: OrderedDict[Hashable, Resource] = OrderedDict()
        self._bytes = 0
        self._coming: dict[Hashable, asyncio.Task[Resource]] = {}

    async def get(self, name: Hashable, fetch: Callable[[], Awaitable[Resource]]) -> Resource:
        """Return what is held under a name, fetched if need be; a failure is told to all, and not held.

        Who stops waiting takes nothing from the others: the request goes on for them.
        """
        held = self._held.get(name)
        if held is not None:
            self._held.move_to_end(name)
            return held
        task = self._coming.get(name)
        if task is None:
            task = self._coming[name] = asyncio.ensure_future(self._fetch(name, fetch))
        return await asyncio.shield(task)

    async def _fetch(self, name: Hashable, fetch: Callable[[], Awaitable[Resource]]) -> Resource:
        try:
            resource = await fetch()
        finally:
            self._coming.pop(name, None)
        self._held[name] = resource
        self._bytes += len(resource.content)
        while self._bytes > self._most:
            self._bytes -= len(self._held.popitem(last=False)[1].content)
        return resource
