"""Signing in on the command line: the ways, and what is refused before anything is sent."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest

from arcgis_keywidget import cli
from tests.cli.terminal import COMMAND, clean_environ


@pytest.fixture
def piped(site, monkeypatch, capsys):
    """Runs `list` with some text piped in: the status, and what was said."""

    def run(text: str, *argv: str):
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        try:
            status = cli.main(["list", "--portal", site.url, *argv])
        except SystemExit as ended:
            status = ended.code
        shown = capsys.readouterr()
        return status, shown.out + shown.err

    return run


def test_a_token_is_piped_in(ada, made, piped) -> None:
    """One line of standard input; never shown."""
    made("Trees")
    token = ada.portal._rest._token.reveal()
    status, shown = piped(f"{token}\n", "--token-stdin")
    assert (status, "Trees" in shown) == (0, True)
    assert token not in shown


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ([], "nobody can be asked for a password here"),
        (["--user", "ada"], "nobody can be asked"),
        (["--client-id", "abc"], "nobody can be asked"),
        (["--password-stdin"], "--password-stdin: name the --user"),
        (["--user", "ada", "--token-stdin"], "give one of"),
        (["--client-id", "abc", "--token-stdin"], "give one of"),
    ],
)
def test_what_opens_no_session_is_refused(site, piped, argv, says) -> None:
    """Before anything is sent."""
    status, shown = piped("", *argv)
    assert status == 2
    assert says in shown
    assert site.operations() == []


@pytest.mark.parametrize(
    ("text", "argv", "says"),
    [
        ("wrong\n", ["--user", "ada", "--password-stdin"], "does not accept this user name and password"),
        ("", ["--user", "ada", "--password-stdin"], "Write your password."),
        ("AAPTcanary\n", ["--token-stdin"], "does not accept this token"),
        ("", ["--token-stdin"], "Paste a token"),
        (
            "x\n",
            ["--token-stdin", "--portal", "practice"],
            "--portal: serve one by",
        ),
        ("x\n", ["--token-stdin", "--portal", "http://gis.example.com"], "https://"),
        ("x\n", ["--token-stdin", "--portal", "http://127.0.0.1:9"], "cannot be reached"),
    ],
)
def test_a_sign_in_that_fails_is_told(piped, text, argv, says) -> None:
    """In one sentence, status 2, and never what was piped in."""
    status, shown = piped(text, *argv)
    assert status == 2
    assert says in shown
    assert "canary" not in shown
    assert "Traceback" not in shown


def test_the_session_ends_with_the_command(shell, site) -> None:
    """Nothing is left open at the portal that could be closed; nothing is asked twice."""
    site.practice.log.forget()
    assert shell("list").status == 0
    assert site.operations()[0] == "generateToken"
    assert site.operations().count("generateToken") == 1


def test_a_closed_standard_input_is_nobody(site, monkeypatch, capsys) -> None:
    """As under a scheduler."""
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SystemExit) as ended:
        cli.main(["list", "--portal", site.url])
    assert ended.value.code == 2
    assert "nobody can be asked" in capsys.readouterr().err


def test_a_pipe_of_another_encoding_is_told(site) -> None:
    """Not a traceback, which would begin to tell what was in it."""
    argv = ["list", "--portal", site.url, "--user", "ada", "--password-stdin"]
    ran = subprocess.run(
        [*COMMAND, *argv],
        input="päss\n".encode("latin-1"),
        capture_output=True,
        check=False,
        env={**clean_environ(), "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8:strict"},
        timeout=60,
    )
    assert ran.returncode == 2
    assert b"standard input holds no text" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_the_client_id_may_be_configured(site, monkeypatch, piped) -> None:
    """From the environment, as everywhere in the package; a user name says that a password is meant."""
    monkeypatch.setitem(os.environ, "ARCGIS_CLIENT", "abcdef0123456789")
    status, _ = piped(f"{site.ada.password}\n", "--user", "ada", "--password-stdin")
    assert status == 0
