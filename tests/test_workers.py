"""Threads for what blocks, which work until the process is gone."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from arcgis_keywidget._workers import Workers

AT_EXIT = """
import atexit, concurrent.futures, threading
from arcgis_keywidget._workers import Workers
workers, forever = Workers(), threading.Event()
atexit.register(lambda: print(workers.submit(pow, 2, 5).result(timeout=30)))
"""
HELD = "workers.submit(forever.wait)\nworkers.submit(pow, 1, 1).result(timeout=30)"


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run a script to its end."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )


def test_results_and_errors_arrive():
    """Each at its own future, also from many threads at once."""
    workers = Workers(most=2)
    assert [one.result(30) for one in [workers.submit(pow, 2, n) for n in range(20)]] == [
        2**n for n in range(20)
    ]
    with pytest.raises(ZeroDivisionError):
        workers.submit(divmod, 1, 0).result(30)


def test_work_does_not_wait_behind_what_hangs():
    """While there may be another thread."""
    workers, go = Workers(most=2), threading.Event()
    hanging = workers.submit(go.wait)
    assert workers.submit(pow, 2, 3).result(30) == 8
    go.set()
    assert hanging.result(30)


def test_what_was_cancelled_is_not_done():
    """It waits for its turn, and then has none."""
    workers, go, done = Workers(most=1), threading.Event(), []
    workers.submit(go.wait)
    waiting = workers.submit(done.append, 1)
    assert waiting.cancel()
    go.set()
    workers.submit(pow, 1, 1).result(30)
    assert done == []


def test_they_work_at_exit():
    """When the usual executors are shut."""
    assert run(AT_EXIT).stdout == "32\n"


def test_nobody_waits_for_what_hangs():
    """A look-up without an answer does not hold the process, nor what is done at its exit."""
    done = run(AT_EXIT + HELD)
    assert (done.returncode, done.stdout, done.stderr) == (0, "32\n", "")
