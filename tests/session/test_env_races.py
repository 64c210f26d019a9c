"""A .env file that others write meanwhile, and processes that are killed."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

from dotenv import dotenv_values

from arcgis_keywidget import keep, kept

FILE = Path(".env")

WRITE = """
import sys
from arcgis_keywidget import ApiKey, keep
key = ApiKey("AAPTcanary" + "x" * 40 + "AT1_12345678")
for number in range(8):
    keep(key, ".env", name=f"{sys.argv[1]} {number}")
"""


def test_processes_that_write_at_once_lose_nothing():
    """Nor does a file of settings that somebody else writes meanwhile."""
    FILE.write_text("A=1\n")
    FILE.chmod(0o600)
    command = [sys.executable, "-c", WRITE]
    writers = [subprocess.Popen([*command, name]) for name in ("one", "two", "three")]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    assert {one.name for one in kept()} == {f"{n} {i}" for n in ("one", "two", "three") for i in range(8)}
    assert dotenv_values(FILE)["A"] == "1"
    assert [one.name for one in Path().iterdir() if "arcgis-keywidget" in one.name] == []


HALF = """
import os, signal
from arcgis_keywidget import ApiKey, keep
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
keep(ApiKey("AAPTcanary" + "x" * 40 + "AT1_12345678"), ".env", name="Half")
"""


def test_a_process_that_is_killed_midway_changes_nothing(make):
    """The file is whole, what was left is out of git's sight, and the next writer clears it away."""
    keep(make(), ".env")
    before = FILE.read_text()
    done = subprocess.run([sys.executable, "-c", HALF], check=False)
    assert done.returncode == -signal.SIGKILL
    assert FILE.read_text() == before
    left = [one for one in Path().iterdir() if "arcgis-keywidget" in one.name]
    assert {stat.S_IMODE(one.stat().st_mode) for one in left} == {0o600}
    keep(make("Next", item="2"), ".env")
    assert [one for one in left if one.exists()] == []


def test_a_file_that_an_editor_writes_meanwhile_is_read_again(make, monkeypatch):
    """Its change is not lost: the write is tried again on what is there now."""
    keep(make(), ".env")
    sync, written = os.fsync, []

    def meanwhile(handle):
        if not written:
            written.append(True)
            with FILE.open("a") as file:
                file.write("EDITED=1\n")
        sync(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    keep(make("Next", item="2"), ".env")
    assert [*dotenv_values(FILE)] == ["MY_KEY", "EDITED", "NEXT_KEY"]


def test_a_folder_that_is_swapped_meanwhile_gets_nothing(make, here):
    """The folder that was opened is written in, whatever its path leads to by then."""
    elsewhere = here.parent / "elsewhere"
    elsewhere.mkdir()
    lock = here / ".env.arcgis-keywidget.lock"
    lock.touch(0o600)
    writer = threading.Thread(target=keep, args=(make(), ".env"))
    writer.start()
    while not lock.exists() or writer.ident is None:
        time.sleep(0.01)
    time.sleep(0.3)  # it has opened the folder, and waits for the lock
    moved = here.rename(here.parent / "moved")
    here.symlink_to(elsewhere)
    (moved / lock.name).unlink()
    writer.join(30)
    assert [*elsewhere.iterdir()] == []
    assert "canary" in (moved / ".env").read_text()
