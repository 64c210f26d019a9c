"""What is done when a process ends, in processes that end in every way."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

WORK = """
import asyncio, os, signal, sys, threading
from arcgis_keywidget import _exit
async def work():
    await asyncio.sleep(0.1)
    print("done", flush=True)
_exit.at_end(work)
"""
HANGS = "async def hang():\n    await asyncio.sleep(600)\n_exit.at_end(hang)\n"
TERMINATE = "os.kill(os.getpid(), signal.SIGTERM)\n"
FORKS = """
sys.setswitchinterval(1e-6)
def held():
    return signal.SIGTERM in signal.pthread_sigmask(signal.SIG_BLOCK, [])
def fork():
    for _ in range(50):
        child = os.fork()
        if child == 0:
            os._exit(held())
        if os.waitpid(child, 0)[1]:
            print("held in a child", flush=True)
    if held():
        print("held in the parent", flush=True)
threads = [threading.Thread(target=fork) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""
FORKED = "if os.fork() == 0:\n    {}\nos.wait()\nprint('parent', flush=True)\n"


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run a script to its end."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ("", 0),
        ("sys.exit(3)", 3),
        (TERMINATE, -signal.SIGTERM),
        ("_exit._begin()", 0),
        ("_exit._begin()\n" + TERMINATE, -signal.SIGTERM),
    ],
    ids=["end", "exit", "sigterm", "begun before", "begun, then sigterm"],
)
def test_the_work_is_done_once(more, status):
    """And the process ends as it would have without it."""
    done = run(WORK + more)
    assert (done.stdout, done.returncode, done.stderr) == ("done\n", status, "")


def test_ctrl_c_while_it_is_done_does_not_stop_it():
    """The keys would stay."""
    more = "threading.Timer(0.05, signal.raise_signal, (signal.SIGINT,)).start()\n_exit._finish()\n"
    assert run(WORK + more).stdout == "done\n"


def test_work_without_end_does_not_hold_the_process():
    """It has its seconds, together with all else."""
    done = run(WORK + HANGS)
    assert (done.stdout, done.returncode) == ("done\n", 0)


@pytest.mark.parametrize("leave", ["sys.exit(0)", "os.kill(os.getpid(), signal.SIGTERM)"])
def test_a_forked_child_does_none_of_it(leave):
    """It ends as its parent never had any work."""
    assert run(WORK + FORKED.format(leave)).stdout == "parent\ndone\n"


def test_somebody_elses_handler_stays():
    """Whoever handles SIGTERM does so alone."""
    handler = "import signal\nsignal.signal(signal.SIGTERM, lambda *_: print('theirs', flush=True))\n"
    assert run(handler + WORK + TERMINATE).stdout == "theirs\ndone\n"


def test_threads_that_fork_at_once_leave_sigterm_to_all():
    """Each holds it back for itself; a child that never hears it could not be stopped."""
    assert run(WORK + FORKS).stdout == "done\n"
