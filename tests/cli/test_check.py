"""`arcgis-keywidget check`: a table or JSON, an exit status, and never the key."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from arcgis_keywidget import KeyRequest, Portal, cli

if TYPE_CHECKING:
    from collections.abc import Iterator

BASEMAPS = "premium:user:basemaps"
COMMAND = [sys.executable, "-c", "import sys; from arcgis_keywidget.cli import main; sys.exit(main())"]


@pytest.fixture
def key(served):
    """A key that opens basemaps, as text."""
    user = served.portal.users[0]
    with Portal.connect(served.url) as portal:
        portal.sign_in(user.username, user.password)
        return str.__str__(portal.create_key(KeyRequest(privileges=(BASEMAPS,))).key)


@pytest.mark.parametrize("variable", ["ARCGIS_API_KEY", "ESRI_API_KEY"])
def test_the_key_comes_from_the_environment(served, key, monkeypatch, capsys, variable: str) -> None:
    """A table, and 0 where all works."""
    monkeypatch.setenv(variable, key)
    assert cli.main(["check", "--portal", served.url]) == 0
    shown = capsys.readouterr().out
    assert "Basemap styles service  works" in shown
    assert "ada, Practice organization" in shown
    assert key not in shown


def test_the_key_comes_from_a_pipe(served, key, monkeypatch, capsys) -> None:
    """Asked for even where the environment has one; JSON, and 1 where something is refused."""
    monkeypatch.setenv("ARCGIS_API_KEY", "AAPTother")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{key}\n"))
    argv = ["check", "--ask", "--json", "--portal", served.url, "--item", served.portal.layer]
    assert cli.main(argv) == 1
    shown = capsys.readouterr().out
    told = json.loads(shown)
    assert [row["state"] for row in told["rows"]] == ["works", "works", "refused"]
    assert (told["ok"], told["days_left"]) == (False, 6)
    assert key not in shown


@contextmanager
def terminal(*argv: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The command at a terminal of its own, without a key in the environment; waiting for one."""
    ours, theirs = pty.openpty()
    environ = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
    files = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    with subprocess.Popen([*COMMAND, "check", *argv], **files, env=environ, start_new_session=True) as child:
        os.close(theirs)
        read_until(ours, b"API key: ")
        yield child, ours
    os.close(ours)


def read_until(file: int, mark: bytes) -> bytes:
    """What a terminal shows, up to a mark."""
    shown = b""
    while mark not in shown:
        shown += os.read(file, 1000)
    return shown


def test_the_key_is_typed_unseen(served, key) -> None:
    """In a terminal it is asked for, and what is typed does not show."""
    with terminal("--portal", served.url) as (child, screen):
        os.write(screen, f"{key}\n".encode())
        shown = read_until(screen, b"work.")
        assert child.wait(timeout=30) == 0
    assert key.encode() not in shown


def test_who_types_no_key_is_told_so() -> None:
    """Ctrl-D at the question is an answer, not a traceback."""
    with terminal() as (child, screen):
        os.write(screen, b"\x04")
        shown = read_until(screen, b"No key was checked.")
        assert child.wait(timeout=30) == 2
    assert b"Traceback" not in shown


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--portal", "http://127.0.0.1:9"], "cannot be reached"),
        (["--portal", "http://gis.example.com"], "https:// instead"),
        (["--item", "x"], "no item id"),
        (["--referer", "a b"], "without blanks"),
    ],
)
def test_what_could_not_be_checked_is_2(monkeypatch, capsys, argv: list[str], says: str) -> None:
    """Trouble on the way, or an argument that cannot be right."""
    monkeypatch.setenv("ARCGIS_API_KEY", "AAPTcanary")
    assert cli.main(["check", *argv]) == 2
    shown = capsys.readouterr()
    assert says in shown.out + shown.err
    assert "canary" not in shown.out + shown.err


@pytest.mark.parametrize(
    "argv", [["AAPTcanary"], ["--key", "AAPTcanary"], ["--json=AAPTcanary"], ["--key=AAPTcanary"]]
)
def test_a_key_as_an_argument_is_refused_unseen(capsys, argv: list[str]) -> None:
    """The command line is everybody's to read; and it is not repeated."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", *argv])
    assert ended.value.code == 2
    shown = capsys.readouterr().err
    assert "A key is never one" in shown
    assert "canary" not in shown


def test_no_key_at_all_is_2(monkeypatch, capsys) -> None:
    """An empty pipe."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert cli.main(["check"]) == 2
    assert "This is no key" in capsys.readouterr().err
