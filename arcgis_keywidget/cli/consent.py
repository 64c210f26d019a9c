"""Asking before something ends for good, and stopping before it has."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from arcgis_keywidget.cli.discretion import WrongArgument
from arcgis_keywidget.cli.typed import at_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

agrees: Callable[[Callable[..., int]], Callable[..., int]] = click.option(
    "--yes", is_flag=True, help="Do not ask; needed where nobody can be asked."
)
"""The option of a command that asks first."""


def refuse_unasked(*, yes: bool) -> None:
    """Refuse to go on where nobody can be asked and ``--yes`` is not given; nothing was sent yet."""
    if not (yes or at_terminal()):
        raise WrongArgument("nobody can be asked here, so say by this option that it is meant.", "--yes")


def agreed(question: str, *, yes: bool) -> bool:
    """Ask on standard error; no is the answer of who presses Enter only."""
    return yes or click.confirm(question, err=True)


@contextmanager
def ended_as_interrupted() -> Iterator[None]:
    """Take a request to end, as a scheduler sends it, for a Ctrl-C: what was begun is taken back."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


@contextmanager
def stoppable(outcome: str) -> Iterator[None]:
    """Add to a Ctrl-C what it means here, unless the portal client has told what may remain."""
    try:
        yield
    except KeyboardInterrupt as stop:
        if isinstance(stop.__context__, KeyboardInterrupt):  # a second one, while the first was undone
            outcome = "Not all of it may have been taken back: 'arcgis-keywidget list' tells what is there."
        if not getattr(stop, "__notes__", []):
            stop.add_note(outcome)
        raise
