"""Where a new key goes: to standard output, once, or where it is kept; and back if nobody takes it."""

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
from arcgis_keywidget.cli.keeping import MADE_AND_KEPT, check_place, end_stopped, keep_key, lost
from arcgis_keywidget.cli.records import record_of
from arcgis_keywidget.errors import LeftBehindError
from arcgis_keywidget.models import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from arcgis_keywidget.errors import KeyWidgetError
    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.portal import BlockingPortal
    from arcgis_keywidget.session.kept_key import KeptKey, Where

_TERMINAL = (
    "the key is shown once, and this would show it on the screen: say so by this option, keep the key "
    "(--keep), or send the output to a file or a program."
)
_OPTIONS = (
    click.option(
        "--keep",
        type=click.Choice(("keyring", ".env")),
        help="Keep the key, for load() in Python, and write none: in the operating system's vault, or in the "
        "file .env of this folder, unencrypted.",
    ),
    click.option(
        "--show-key",
        is_flag=True,
        help="Write the key also where standard output is a terminal, or where it is kept.",
    ),
    click.option(
        "--json", "as_json", is_flag=True, help="Write the credential, and the key with it, as JSON."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """The way out of a key.

    Attributes:
        keep: the place that keeps it, None for none.
        show_key: whether it may be shown on a terminal, and is written where it is kept, too.
        as_json: whether it is written within all that is known of its credential.
    """

    keep: Where | None
    show_key: bool
    as_json: bool

    def check(self, *, makes_key: bool = True) -> None:
        """Refuse to make a key that nobody would get, before anything is sent."""
        if not makes_key:
            if self.keep:
                raise WrongArgument("there is no key to keep with --no-generate.", "--keep")
            return
        if self.keep:
            check_place(self.keep)
        if sys.stdout is None and (self._writes_key or self.as_json):
            raise WrongArgument("the key would be lost: standard output is closed.")
        if self._writes_key and not self.show_key and sys.stdout.isatty():
            raise WrongArgument(_TERMINAL, "--show-key")

    def hand_over(
        self, portal: BlockingPortal, credential: KeyCredential, take_back: Callable[[], object]
    ) -> None:
        """Keep the key, or write it on standard output, alone or as JSON.

        Args:
            portal: whose key it is.
            credential: with the key.
            take_back: ends the key when it is neither kept nor written.

        Raises:
            KeyWidgetError: it could not be kept or written, and was ended.
            LeftBehindError: it was not ended either; or it is kept, and could not be written.
        """
        kept = keep_key(credential, self.keep, take_back) if self.keep else None
        if not (self._writes_key or self.as_json):
            return
        try:
            sys.stdout.write(f"{self._text(portal, credential)}\n")
            sys.stdout.flush()
        except KeyboardInterrupt as stop:  # nobody can tell whether it was written
            if kept is None:
                end_stopped(credential, take_back)
            else:
                stop.add_note(MADE_AND_KEPT)
            raise
        except OSError:
            silence_output()
            failure = _not_written(credential, kept, take_back)
        else:
            return
        raise failure

    @property
    def _writes_key(self) -> bool:
        return self.keep is None or self.show_key

    def _text(self, portal: BlockingPortal, credential: KeyCredential) -> str:
        key = Secret(credential.key or "")
        if not self.as_json:
            return key.reveal()
        shown = {"key": key.reveal()} if self._writes_key else {}
        return json.dumps({**record_of(credential, portal.url), **shown}, indent=2)


def hands_over(function: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of an outlet, and hand them over as its argument ``outlet``."""

    @wraps(function)
    def command(*, keep: Where | None, show_key: bool, as_json: bool, **others: object) -> int:
        return function(outlet=Outlet(keep=keep, show_key=show_key, as_json=as_json), **others)

    decorated: Callable[..., int] = command
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def silence_output() -> None:
    """Let what standard output still holds go nowhere, where it cannot be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _not_written(
    credential: KeyCredential, kept: KeptKey | None, take_back: Callable[[], object]
) -> KeyWidgetError:
    title = "The key could not be written to standard output."
    if kept is None:
        return lost(title, credential, take_back)
    return LeftBehindError(title, f"It is made, and kept in {kept.place}.", items=(credential.item_id,))
