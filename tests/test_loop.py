"""The background loop and its blocking twins."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time

import pytest

from arcgis_keywidget import _loop


async def where() -> threading.Thread:
    """The thread that this runs in."""
    return threading.current_thread()


def test_a_twin_runs_on_the_one_background_thread() -> None:
    """All twins share a daemon thread, and it is not the caller's."""
    first, second = _loop.run(where()), _loop.submit(where()).result()
    assert first is second
    assert first is not threading.current_thread()
    assert first.daemon


async def test_a_twin_works_while_a_loop_runs_here() -> None:
    """As in a notebook, whose own loop is running."""
    assert _loop.run(where()) is not threading.current_thread()


def test_an_error_arrives_as_it_was_raised() -> None:
    """The error is the caller's; a cancelled coroutine is told as such."""

    async def fail(error: type[BaseException]) -> None:
        raise error

    for error in (ZeroDivisionError, TimeoutError, asyncio.CancelledError):
        with pytest.raises(error):
            _loop.run(fail(error))


def test_a_twin_on_the_background_loop_is_refused() -> None:
    """It would wait for itself; the coroutine is not left unawaited."""

    async def nested() -> None:
        _loop.run(where())

    with pytest.raises(RuntimeError, match="await the async form"):
        _loop.run(nested())


def test_ctrl_c_cancels_waits_for_the_undo_and_comes_through() -> None:
    """KeyboardInterrupt is raised only when what had begun has ended; what remains is noted on it."""
    undone = threading.Event()

    async def work() -> None:
        signal_soon()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(0.2)
            undone.set()
            raise ValueError("An item remains.") from None

    with pytest.raises(KeyboardInterrupt) as caught:
        _loop.run(work())
    assert undone.is_set()
    assert caught.value.__notes__ == ["An item remains."]


def test_ctrl_c_does_not_lose_a_result_that_is_there() -> None:
    """A coroutine that ends before the cancel reaches it has done its work: the caller gets the result."""

    async def work() -> str:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.3)  # noqa: ASYNC251 (the loop is held, so that the cancel comes too late)
        return "a key"

    assert _loop.run(work()) == "a key"


def test_ctrl_c_before_the_first_step_does_not_hang() -> None:
    """While the loop is busy with something else, the call is cancelled before it has begun."""
    begun = threading.Event()

    async def work() -> None:
        begun.set()

    _loop.loop().call_soon_threadsafe(time.sleep, 0.5)
    signal_soon()
    with pytest.raises(KeyboardInterrupt):
        _loop.run(work())
    assert not begun.is_set()


def signal_soon() -> None:
    """Send this process a Ctrl-C in a moment."""
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_forked_child_starts_afresh() -> None:
    """A child has no threads of its parent's, so it gets a loop of its own."""
    _loop.run(where())
    child = os.fork()
    if child == 0:
        os._exit(0 if _loop.run(where()).is_alive() else 1)
    deadline = time.monotonic() + 20
    status = None
    while status is None and time.monotonic() < deadline:
        done, code = os.waitpid(child, os.WNOHANG)
        status = code if done else None
        time.sleep(0.02)
    if status is None:
        os.kill(child, signal.SIGKILL)
    assert status == 0
