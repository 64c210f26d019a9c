"""The one background event loop, and blocking twins of async functions."""

from __future__ import annotations

import asyncio
import os
import threading
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from arcgis_keywidget._workers import Workers

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")

_TICK = 0.2  # seconds; on Windows an endless wait cannot be interrupted


class _Background:
    """A loop that runs in a daemon thread of its own for as long as the process lives."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.loop.set_default_executor(Workers())
        self.thread = threading.Thread(target=self.loop.run_forever, name="arcgis-keywidget", daemon=True)
        self.thread.start()


class _Place:
    """Where the background is kept: made at first use, and anew in a forked child, which has no threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.background: _Background | None = None

    def get(self) -> _Background:
        with self.lock:
            if self.background is None:
                self.background = _Background()
            return self.background


_place = _Place()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_place.__init__)  # type: ignore[misc]  # a fresh start is what is wanted


def loop() -> asyncio.AbstractEventLoop:
    """Return the background loop, started if need be."""
    return _place.get().loop


def is_background() -> bool:
    """Whether this runs on the background loop."""
    background = _place.background
    return background is not None and threading.current_thread() is background.thread


def submit(coroutine: Coroutine[Any, Any, T]) -> Future[T]:
    """Start a coroutine on the background loop; the future may be asked for its result from any thread."""
    return asyncio.run_coroutine_threadsafe(coroutine, loop())


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on the background loop and wait for its result.

    Ctrl-C cancels it and waits until it has undone what it began. A result that was there before the cancel
    arrived is returned: a key that was made must not be lost.

    Raises:
        RuntimeError: called on the background loop, which would wait for itself forever.
    """
    background = _place.get()
    if is_background():
        coroutine.close()
        raise RuntimeError("This blocking call would wait for itself: await the async form instead.")
    call = _Call(background.loop, coroutine)
    try:
        call.start()
        call.wait()
    except KeyboardInterrupt as interrupt:
        call.cancel()
        problem = call.done.exception()
        if problem is not None:
            if not isinstance(problem, asyncio.CancelledError):
                interrupt.add_note(str(problem))
            raise
    return call.done.result()


class _Call(Generic[T]):
    """A coroutine on its way through a loop of another thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, T]) -> None:
        self.done: Future[T] = Future()
        self._loop = loop
        self._coroutine = coroutine
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; an interrupt within this call may come before or after that."""
        self._loop.call_soon_threadsafe(self._start)

    def wait(self) -> None:
        """Wait in this thread until the outcome is there."""
        while not wait([self.done], timeout=_TICK).done:
            pass

    def cancel(self) -> None:
        """Cancel, and wait until what had begun is undone."""
        self._loop.call_soon_threadsafe(self._cancel)
        self.wait()

    def _start(self) -> None:
        self._task = self._loop.create_task(self._settle())
        self._task.add_done_callback(self._end)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
        else:
            self._end()

    async def _settle(self) -> None:
        """Hand the outcome over only when the coroutine, and with it its undo, has ended."""
        try:
            self.done.set_result(await self._coroutine)
        except BaseException as error:  # noqa: BLE001 (it belongs to the thread that waits)
            self.done.set_exception(error)

    def _end(self, _: asyncio.Task[None] | None = None) -> None:
        if not self.done.done():  # cancelled before its first step: the coroutine was never entered
            self._coroutine.close()
            self.done.set_exception(asyncio.CancelledError())
