"""Which process something is of, and whether it is gone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from arcgis_keywidget.session import process
from arcgis_keywidget.session.process import Process, this_process

CHILD = "from arcgis_keywidget.session.process import this_process as p; print(p()); input()"


@pytest.fixture
def child():
    """A process that waits."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        yield running
        running.kill()


def test_a_process_is_seen_to_run_and_to_be_gone(child):
    """From its first to its last moment, also while its parent has not asked how it ended."""
    told: Process = eval(child.stdout.readline())  # noqa: S307 (what our own child printed)
    assert told.number == child.pid
    assert told.state() == "running"
    child.stdin.close()
    while child.returncode is None and told.state() == "running":
        pass
    assert told.state() == "gone"
    child.wait()
    assert told.state() == "gone"


def test_a_number_that_was_given_anew_is_another_process():
    """The same number that began at another time; or before the machine was started anew."""
    here = this_process()
    assert here.state() == "running"
    assert replace(here, started="1").state() == "gone"
    assert replace(here, boot="another").state() == "gone"


@pytest.mark.parametrize(
    "elsewhere", [{"host": "another-machine"}, {"space": "another container"}, {"space": ""}]
)
def test_of_another_machine_nothing_is_said(elsewhere):
    """Though a process of that number may be missing, or running, here."""
    assert replace(this_process(), number=2**22 + 1, **elsewhere).state() == "unknown"


def test_where_the_system_does_not_tell_the_start_a_running_number_says_nothing(monkeypatch):
    """It may be another one's by now."""
    monkeypatch.setattr(process, "_started", lambda _: "")
    assert this_process().state() == "unknown"


def test_psutil_tells_where_there_is_no_proc(monkeypatch):
    """As on macOS and Windows: the same three answers."""
    pytest.importorskip("psutil")
    monkeypatch.setattr(process.sys, "platform", "darwin")
    process._space.cache_clear()
    try:
        here = this_process()
        assert here.started
        assert here.state() == "running"
        assert replace(here, started="1.00").state() == "gone"
        assert replace(here, number=2**22 + 1).state() == "gone"
    finally:
        monkeypatch.undo()
        process._space.cache_clear()


def test_a_process_whose_start_was_not_known_is_never_gone():
    """Whatever its number says now: nothing would tell that it runs, either."""
    assert replace(this_process(), number=2**22 + 1, started="").state() == "unknown"


def test_where_proc_is_of_another_container_nothing_is_said():
    """Its numbers are those of other processes, or of none."""
    apart = ["unshare", "--user", "--map-root-user", "--pid", "--fork"]
    if shutil.which("unshare") is None or subprocess.run([*apart, "true"], check=False).returncode:
        pytest.skip("this machine lets nobody make a space of process numbers")
    code = "from arcgis_keywidget.session.process import this_process as p; print(p().state())"
    done = subprocess.run([*apart, sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "unknown\n"


def test_machines_without_an_id_are_told_apart_by_their_starts(monkeypatch):
    """Else one of the same name that shares the home would take the other's processes for gone."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux has such ids")
    monkeypatch.setattr(process, "_OWN_SPACE", str(Path("/proc/self/ns/pid").readlink()))
    texts = {"/proc/sys/kernel/random/boot_id": "one"}
    monkeypatch.setattr(process, "_text", lambda path: texts.get(path, ""))
    caches = (process._space, process._boot)
    try:
        for cached in caches:
            cached.cache_clear()
        there = this_process()
        texts["/proc/sys/kernel/random/boot_id"] = "another"
        for cached in caches:
            cached.cache_clear()
        assert there.state() == "unknown"
    finally:
        monkeypatch.undo()
        for cached in caches:
            cached.cache_clear()
