"""The `arcgis-keywidget` command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress

import pytest

import arcgis_keywidget
from arcgis_keywidget import cli
from arcgis_keywidget.cli import practice

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
    monkeypatch.setattr(practice, "find_spec", lambda name: None if name == "starlette" else object())
    assert cli.main(["practice"]) == 2
    assert 'pip install "arcgis-keywidget[practice]"' in capsys.readouterr().err


def test_an_unknown_command_is_refused(capsys) -> None:
    """A command that is none ends with the usage."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["nonsense"])
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv",
    [
        ["AAPTcanary"],
        ["--AAPTcanary"],
        *(
            [name, *wrong]
            for name in cli.COMMANDS
            for wrong in (["--AAPTcanary"], ["--key", "AAPTcanary"], ["--json=AAPTcanary", "AAPTcanary"])
        ),
        ["practice", "--account", "AAPTcanary"],
        ["practice", "--fault", "AAPTcanary"],
        ["practice", "--port=AAPTcanary"],
        ["check", "--item", "AAPTcanary"],
    ],
)
def test_a_wrong_command_line_is_not_repeated(monkeypatch, capsys, argv: list[str]) -> None:
    """There may be a key in it; every command says so much only."""
    monkeypatch.setenv("ARCGIS_API_KEY", "AAPTother")
    with suppress(SystemExit):
        assert cli.main(argv) != 0
    shown = capsys.readouterr()
    assert shown.err
    assert "canary" not in shown.out + shown.err


def test_a_shell_completes_commands_and_options() -> None:
    """As click does, by the variable that docs/cli.md names."""
    for words, wanted in (("arcgis-keywidget ro", "rotate"), ("arcgis-keywidget list --ex", "--expiring")):
        ask = {"_ARCGIS_KEYWIDGET_COMPLETE": "bash_complete", "COMP_WORDS": words}
        environ = {**os.environ, **ask, "COMP_CWORD": str(words.count(" "))}
        done = subprocess.run(COMMAND, capture_output=True, text=True, check=False, env=environ, timeout=60)
        assert done.stdout == f"plain,{wanted}\n"


@pytest.mark.parametrize("argv", [["--help"], *([name, "--help"] for name in cli.COMMANDS)])
def test_help_loads_only_what_it_needs(argv: list[str]) -> None:
    """No network client, table or widget, and of the commands the one that is asked about."""
    heavy = {"httpx", "rich", "anywidget", "traitlets", "arcgis_keywidget.portal"}
    code = (
        f"from arcgis_keywidget.cli import main\ntry: main({argv})\nfinally: import sys; print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(run.stdout.splitlines()[-1].split())
    assert run.stdout.startswith(("Usage", "usage"))
    assert heavy & loaded == set()
    modules = {f"arcgis_keywidget.cli.{module}" for module, _ in cli.COMMANDS.values()} & loaded
    assert modules == {
        f"arcgis_keywidget.cli.{cli.COMMANDS[name][0]}" for name in argv if name in cli.COMMANDS
    }
