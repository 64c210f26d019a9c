"""A place for one question at a time, where a newer one takes the place of the one that is under way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from arcgis_keywidget.errors import FormStepError
from arcgis_keywidget.form import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")


class Lane:
    """Runs the newest question only: an older answer never comes after a newer one."""

    def __init__(self) -> None:
        self._task: asyncio.Task[Any] | None = None
        self._asked = 0

    async def ask(self, question: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Cancel what is under way, and once that has ended ask this.

        Raises:
            FormStepError: a newer question took the place of this one.
        """
        self._asked += 1
        mine = self._asked
        while self._task is not None and mine == self._asked:
            await self._end(self._task)
        if mine != self._asked:
            raise FormStepError(texts.OVERTAKEN, texts.OVERTAKEN_HINT)
        self._task = task = asyncio.ensure_future(question())
        task.add_done_callback(self._leave)
        try:
            return await task
        except asyncio.CancelledError:
            if mine != self._asked:
                raise FormStepError(texts.OVERTAKEN, texts.OVERTAKEN_HINT) from None
            raise

    async def clear(self) -> None:
        """Cancel what is under way, and wait until that has ended."""
        if self._task is not None:
            await self._end(self._task)

    @staticmethod
    async def _end(task: asyncio.Task[Any]) -> None:
        if not task.cancelling():  # a second cancel would only disturb the closing of the connection
            task.cancel()
        await asyncio.wait({task})

    def _leave(self, task: asyncio.Task[Any]) -> None:
        if self._task is task:
            self._task = None
