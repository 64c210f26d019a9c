"""The `arcgis-keywidget` command."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import arcgis_keywidget
from arcgis_keywidget import cli

COMMAND = [sys.executable, "-c", "import sys; from arcgis_keywidget.cli import main; sys.exit(main())"]


def test_the_version_is_told(capsys) -> None:
    """--version prints the version and ends well."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert arcgis_keywidget.__version__ in capsys.readouterr().out


def test_practice_serves_with_the_options_given() -> None:
    """The practice portal of the kind asked for serves until its standard input closes."""
    options = ["practice", "--with-parent", "--account", "enterprise", "--seed", "7"]
    with subprocess.Popen([*COMMAND, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        ready = json.loads(child.stdout.readline())
        child.stdin.close()
        assert child.wait(timeout=30) == 0
    assert ready["portal"].endswith("/portal")
    assert [user["username"] for user in ready["users"]] == ["ada", "grace", "sam"]


def test_a_missing_extra_is_named(monkeypatch, capsys) -> None:
    """Without the practice portal's libraries the command says what to install."""
    monkeypatch.setattr(cli, "find_spec", lambda name: None if name == "starlette" else object())
    assert cli.main(["practice"]) == 2
    assert 'pip install "arcgis-keywidget[practice]"' in capsys.readouterr().err


def test_an_unknown_command_is_refused(capsys) -> None:
    """A command that is none ends with the usage."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["nonsense"])
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err
