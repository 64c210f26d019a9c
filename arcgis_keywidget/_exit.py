"""What is done when this process ends: a kernel is shut down or restarted, a script is over, SIGTERM.

The work runs on the background loop, and the process waits for it a few seconds at most. A process that is
killed does nothing any more.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import signal
import sys
import threading
from concurrent.futures import wait
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from arcgis_keywidget import _loop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Future
    from typing import TypeAlias

PATIENCE = 3.0
"""Seconds from the first sign of the end; Jupyter sends SIGTERM after two and a half, kills after five."""

Work: TypeAlias = "Callable[[], Coroutine[Any, Any, object]]"


class _End:
    """What is to be done at the end, and whether that has begun."""

    def __init__(self) -> None:
        self.lock = threading.RLock()  # a signal may come while the same thread holds it
        self.works: list[tuple[asyncio.AbstractEventLoop, Work]] = []
        self.running: list[Future[object]] = []
        self.until: float | None = None
        self.awaited = False
        self.process = os.getpid()


_end = _End()
_forking = threading.local()  # many threads may fork at once, each with signals of its own held back


def at_end(work: Work) -> None:
    """Have some work begun when this process ends; a forked child does none of it."""
    with _end.lock:
        # The loop is asked for here: in a signal's handler its lock might be held below.
        _end.works.append((_loop.loop(), work))
        first, _end.awaited = not _end.awaited, True
    if first:
        atexit.register(_finish)
        _watch_kernel()
    await_sigterm()


def _watch_kernel() -> None:
    """Learn of a kernel's end from its shell, which knows before the interpreter does."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None or not shell.has_trait("exit_now"):
        return
    shell.observe(lambda change: _begin() if change["new"] else None, "exit_now")
    # Only the main thread may handle signals; it is where cells run.
    shell.events.register("pre_run_cell", await_sigterm)


def _begin() -> None:
    """Begin what is not begun yet, without waiting for it."""
    if os.getpid() != _end.process:  # a child that a signal meets before it has started afresh
        return
    with _end.lock:
        works, _end.works = _end.works, []
        if _end.until is None and works:
            _end.until = monotonic() + PATIENCE
        for loop, work in works:
            _end.running.append(asyncio.run_coroutine_threadsafe(work(), loop))


def _finish() -> None:
    """Wait until all is done, or the time is over; a Ctrl-C now would leave keys behind."""
    _begin()
    while _end.process == os.getpid() and _end.until is not None and (left := _end.until - monotonic()) > 0:
        with suppress(KeyboardInterrupt):
            if not wait(_end.running, timeout=left).not_done:
                return


def await_sigterm(_: object = None) -> None:
    """Take notice of SIGTERM, unless somebody else does; does nothing in other threads than the main one."""
    if threading.current_thread() is threading.main_thread():
        with suppress(ValueError):  # no signals here, as in a second interpreter
            if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
                signal.signal(signal.SIGTERM, _terminate)


def _terminate(number: int, _: object) -> None:
    """Do the work, then end as the signal would have ended the process."""
    _finish()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def _hold_sigterm() -> None:
    """Hold a SIGTERM back during a fork: Python drops those that a handler has not been told of."""
    if signal.getsignal(signal.SIGTERM) is _terminate:
        _forking.mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def _release_sigterm() -> None:
    mask, _forking.mask = getattr(_forking, "mask", None), None
    if mask is not None:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _start_afresh() -> None:
    """In a forked child: nothing of the parent's is to be done, and signals do what they did."""
    _end.__init__()  # type: ignore[misc]  # a fresh start is what is wanted
    atexit.unregister(_finish)
    with suppress(ValueError):
        if signal.getsignal(signal.SIGTERM) is _terminate:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _release_sigterm()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(before=_hold_sigterm, after_in_parent=_release_sigterm, after_in_child=_start_afresh)
