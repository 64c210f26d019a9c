"""Threads for what blocks, which work until the process is gone."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, ParamSpec, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")
_Job: TypeAlias = "tuple[Future[Any], Callable[[], Any]]"


class Workers(ThreadPoolExecutor):
    """An executor of daemon threads, for looking up hosts and the like.

    Python shuts the usual ones before it calls what was registered with atexit, waits for their threads,
    however long a look-up hangs, and from 3.12 on starts no thread any more. Here one thread stands ready
    from the beginning, takes work at exit, too, and nobody waits for it. It is a ThreadPoolExecutor since
    event loops take no other; of that one nothing is used.

    Args:
        most: how many threads at most.
    """

    def __init__(self, most: int = 16) -> None:
        super().__init__(max_workers=1)
        self._jobs: SimpleQueue[_Job] = SimpleQueue()
        self._idle = threading.Semaphore(1)  # the first thread is
        self._most = most
        self._count = 0
        self._start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a function called; where no thread is idle and none can be started, it waits for its turn."""
        future: Future[T] = Future()
        if not self._idle.acquire(blocking=False):
            self._start()
        self._jobs.put((future, partial(fn, *args, **kwargs)))
        return future

    def _start(self) -> None:
        if self._count < self._most:
            with suppress(RuntimeError):  # Python is ending, or the machine has no more of them
                threading.Thread(target=self._work, name="arcgis-keywidget-worker", daemon=True).start()
                self._count += 1

    def _work(self) -> None:
        while True:
            self._do(*self._jobs.get())
            if self._jobs.empty():
                self._idle.release()

    @staticmethod
    def _do(future: Future[Any], job: Callable[[], Any]) -> None:
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(job())
            except BaseException as error:  # noqa: BLE001 (it belongs to whoever waits for the result)
                future.set_exception(error)
