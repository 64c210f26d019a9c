"""How the command begins and ends: nothing left behind, and one sentence where something is wrong."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

GONE = (OSError, asyncio.IncompleteReadError, ValueError)
COMMAND = [sys.executable, "-m", "arcgis_keywidget.practice"]


def run(*flags, **options):
    """The command that cannot start: exit status, what it said on stderr."""
    done = subprocess.run(
        [*COMMAND, *map(str, flags)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
        **options,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_cleanly(start, monkeypatch, tmp_path, sign):
    """Ctrl-C and SIGTERM: status 0, not a word, no temporary file."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    process = start()
    assert list(tmp_path.iterdir())
    process.child.send_signal(sign)
    assert process.child.wait(30) == 0
    assert process.stop() == (0, "", "")
    assert list(tmp_path.iterdir()) == []


async def test_a_second_ctrl_c_does_not_wait(start, monkeypatch, tmp_path):
    """With a request under way the second Ctrl-C is as clean as the first."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    process = start("--fault", "info:slow=600")
    async with process.connected() as wire:
        waiting = asyncio.create_task(wire.post("info"))
        await asyncio.sleep(0.2)
        for _ in range(2):
            process.child.send_signal(signal.SIGINT)
            await asyncio.sleep(0.05)
        assert await asyncio.to_thread(process.child.wait, 30) == 0
        with pytest.raises(GONE):
            await waiting
    assert process.stop() == (0, "", "")
    assert list(tmp_path.iterdir()) == []


async def test_end_of_the_parent_ends_it_in_the_middle_of_a_request(start):
    """The form's process closes the pipe, or is killed: the portal goes though somebody still waits."""
    process = start("--fault", "info:slow=600")
    async with process.connected() as wire:
        waiting = asyncio.create_task(wire.post("info"))
        await asyncio.sleep(0.2)
        assert await asyncio.to_thread(process.stop) == (0, "", "")
        with pytest.raises(GONE):
            await waiting


def test_port_in_use():
    """The sentence names the port and what to do; nothing else is said."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, said = run("--port", port)
    assert (code, said.count("\n")) == (1, 1)
    assert f"Port {port} is in use; choose another one, or 0 for a free one." in said


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--items", "100001"], "The number of items lies between 0 and 100,000; not 100,001."),
        (["--items", "-3"], "The number of items lies between 0 and 100,000; not -3."),
        (["--latency", "-1"], "milliseconds; not -1"),
        (["--latency", "nan"], "milliseconds; not nan"),
        (["--store", "/proc/none/x.sqlite"], "/proc/none/x.sqlite"),
        (["--log", "/proc/none/x.jsonl"], "/proc/none/x.jsonl"),
    ],
)
def test_says_what_is_wrong(flags, words, tmp_path):
    """One sentence, no traceback, and no temporary file left."""
    code, said = run(*flags, env={**os.environ, "TMPDIR": str(tmp_path)})
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith("The practice portal could not start. ")
    assert words in said
    assert list(tmp_path.iterdir()) == []


def test_store_in_use(start, tmp_path):
    """Two portals on one store would end each other's passwords: the second is told so."""
    start("--store", tmp_path / "class.sqlite")
    code, said = run("--store", tmp_path / "class.sqlite")
    assert (code, said.count("\n")) == (1, 1)
    assert "is in use by another process" in said


def test_others_are_let_in_only_with_a_warning(start):
    """Beyond this machine it is served when asked to, and says on stderr what that means."""
    process = start("--host", "0.0.0.0")  # noqa: S104 (what is tested)
    code, _, complaints = process.stop()
    assert code == 0
    assert complaints.startswith("Warning: everyone who can reach this machine")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")
def test_password_is_in_no_command_line_or_environment(start):
    """It is printed once, for the parent; the list of processes shows it to nobody."""
    process = start("--seed", 7)
    places = [
        Path(f"/proc/{pid}/{what}") for pid in (process.child.pid, "self") for what in ("cmdline", "environ")
    ]
    seen = b"".join(place.read_bytes() for place in places)
    assert b"arcgis_keywidget.practice" in seen
    assert not [word for word in process.passwords.values() if word.encode() in seen]
