"""Where a new key goes: to standard output, once, as its owner says; and back if nobody takes it."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

import click

from arcgis_keywidget.cli.discretion import WrongArgument
from arcgis_keywidget.cli.records import record_of
from arcgis_keywidget.errors import KeyWidgetError, LeftBehindError
from arcgis_keywidget.models import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.portal import BlockingPortal

_TERMINAL = (
    "the key is shown once, and this would show it on the screen: say so by this option, or send the output "
    "to a file or a program."
)
_OPTIONS = (
    click.option("--show-key", is_flag=True, help="Show the key, where standard output is a terminal."),
    click.option("--json", "as_json", is_flag=True, help="Write the credential with its key as JSON."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """The way out of a key.

    Attributes:
        show_key: whether it may be shown on a terminal.
        as_json: whether it is written within all that is known of its credential.
    """

    show_key: bool
    as_json: bool

    def check(self) -> None:
        """Refuse to make a key that nobody would get, before anything is sent."""
        if sys.stdout is None:
            raise WrongArgument("the key would be lost: standard output is closed.")
        if sys.stdout.isatty() and not self.show_key:
            raise WrongArgument(_TERMINAL, "--show-key")

    def hand_over(
        self, portal: BlockingPortal, credential: KeyCredential, take_back: Callable[[], object]
    ) -> None:
        """Write the key on standard output, alone or as JSON.

        Args:
            portal: whose key it is.
            credential: with the key.
            take_back: ends the key when it cannot be written.

        Raises:
            KeyWidgetError: it could not be written, and was ended.
            LeftBehindError: it was not ended either.
        """
        try:
            sys.stdout.write(f"{self._text(portal, credential)}\n")
            sys.stdout.flush()
        except KeyboardInterrupt:  # nobody can tell whether it was written
            take_back()
            raise
        except OSError:
            silence_output()
            failure = _lost(credential, take_back)
        else:
            return
        raise failure

    def _text(self, portal: BlockingPortal, credential: KeyCredential) -> str:
        key = Secret(credential.key or "")
        if not self.as_json:
            return key.reveal()
        return json.dumps({**record_of(credential, portal.url), "key": key.reveal()}, indent=2)


def hands_over(function: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of an outlet, and hand them over as its argument ``outlet``."""

    @wraps(function)
    def command(*, show_key: bool, as_json: bool, **others: object) -> int:
        return function(outlet=Outlet(show_key=show_key, as_json=as_json), **others)

    decorated: Callable[..., int] = command
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def silence_output() -> None:
    """Let what standard output still holds go nowhere, where it cannot be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _lost(credential: KeyCredential, take_back: Callable[[], object]) -> KeyWidgetError:
    title = "The key could not be written to standard output."
    try:
        take_back()
    except KeyWidgetError as error:
        return LeftBehindError(
            title,
            f"It is live in '{credential.title}' ({credential.item_id}); revoke it.",
            items=(credential.item_id,),
            cause=error,
        )
    return KeyWidgetError(title, "It was taken back: nothing of it remains.")
