"""The one background event loop, and blocking twins of async functions."""

from __future__ import annotations

import asyncio
import os
import threading
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")

_TICK = 0.2  # seconds; on Windows an endless wait cannot be interrupted


class _Background:
    """A loop that runs in a daemon thread of its own for as long as the process lives."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
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


def submit(coroutine: Coroutine[Any, Any, T]) -> Future[T]:
    """Start a coroutine on the background loop; the future may be asked for its result from any thread."""
    return asyncio.run_coroutine_threadsafe(coroutine, loop())


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on the background loop and wait for its result.

    Ctrl-C cancels it and waits until it has undone what it began.

    Raises:
        RuntimeError: called on the background loop, which would wait for itself forever.
    """
    background = _place.get()
    if threading.current_thread() is background.thread:
        coroutine.close()
        raise RuntimeError("This blocking call would wait for itself: await the async form instead.")
    done: Future[T] = Future()
    task: list[asyncio.Task[None]] = []

    def start() -> None:
        task.append(background.loop.create_task(_settle(coroutine, done)))

    def cancel() -> None:
        task[0].cancel()

    background.loop.call_soon_threadsafe(start)
    try:
        _wait(done)
    except KeyboardInterrupt as interrupt:
        background.loop.call_soon_threadsafe(cancel)
        _wait(done)
        problem = done.exception()
        if problem is not None and not isinstance(problem, asyncio.CancelledError):
            interrupt.add_note(str(problem))
        raise
    return done.result()


async def _settle(coroutine: Coroutine[Any, Any, T], done: Future[T]) -> None:
    """Hand the outcome over only when the coroutine, and with it its undo, has ended."""
    try:
        done.set_result(await coroutine)
    except BaseException as error:  # noqa: BLE001 (it belongs to the thread that waits)
        done.set_exception(error)


def _wait(done: Future[Any]) -> None:
    while not wait([done], timeout=_TICK).done:
        pass
