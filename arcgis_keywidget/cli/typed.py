"""Secrets on their way in: typed unseen, or the first line of what is piped in."""

from __future__ import annotations

import sys

import click

from arcgis_keywidget.cli.discretion import WrongArgument
from arcgis_keywidget.models import Secret


def at_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(what: str) -> Secret:
    """Ask for a secret on standard error; what is typed does not show."""
    return Secret(click.prompt(what, hide_input=True, err=True))


def read_secret(what: str) -> Secret:
    """Return the first line of standard input, empty where there is none; at a terminal ask for it."""
    if at_terminal():
        return ask(what)
    try:
        return Secret((sys.stdin.readline() if sys.stdin is not None else "").rstrip("\r\n"))
    except UnicodeDecodeError:
        raise WrongArgument("standard input holds no text in the encoding that is set here.") from None
