"""Keys and the places that keep them: a new one on its way there, and what they hold of one that ended."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import click

from arcgis_keywidget._loop import run
from arcgis_keywidget.cli.discretion import WrongArgument, tell
from arcgis_keywidget.cli.typed import at_terminal
from arcgis_keywidget.cli.wording import visible
from arcgis_keywidget.errors import FieldError, KeyWidgetError, LeftBehindError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.session.kept_key import KeptKey, Where

MADE_AND_KEPT = "The key is made, and kept."

_PATIENCE = 5.0
"""Seconds that a place has for what is only told besides."""


def check_place(where: Where) -> None:
    """Refuse a place that cannot keep a key now.

    Raises:
        WrongArgument: it cannot; says why.
    """
    from arcgis_keywidget.session import vault  # noqa: PLC0415 (for who keeps keys alone)

    place = vault.place_of(where)
    if not place.usable:
        raise WrongArgument(visible(place.why), "--keep")


def keep_key(credential: KeyCredential, where: Where, take_back: Callable[[], object]) -> KeptKey:
    """Keep a new key, and tell where.

    Args:
        credential: with the key.
        where: the place.
        take_back: ends the key when it cannot be kept.

    Raises:
        KeyWidgetError: it could not be kept, and was ended.
        LeftBehindError: it was not ended either.
    """
    from arcgis_keywidget.session import vault  # noqa: PLC0415 (as above)

    try:
        kept = vault.keep(credential, where)
    except KeyboardInterrupt as stop:  # it may be kept by now
        if _is_kept(credential, where):
            stop.add_note(MADE_AND_KEPT)
        else:
            end_stopped(credential, take_back)
        raise
    except (FieldError, KeyWidgetError, OSError) as error:
        told = tell(error) if not isinstance(error, OSError) else f"{error.strerror}."
        failure = lost(f"The key could not be kept: {told}", credential, take_back)
    else:
        name, place = visible(repr(kept.name)), visible(kept.place)
        click.echo(f"Kept the key in {place}. In Python: load({name})", err=True)
        return kept
    raise failure


def lost(title: str, credential: KeyCredential, take_back: Callable[[], object]) -> KeyWidgetError:
    """Return what to raise for a key that nobody got, after it was ended."""
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


def end_stopped(credential: KeyCredential, take_back: Callable[[], object]) -> None:
    """End the key that somebody has stopped on its way.

    Raises:
        LeftBehindError: it lives on.
    """
    failure = lost("It was stopped.", credential, take_back)
    if isinstance(failure, LeftBehindError):
        raise failure from None


def tell_still_kept(portal: str, credentials: Iterable[KeyCredential], slot: int | None = None) -> None:
    """Tell on standard error which kept keys have ended; they are their owner's to drop.

    Args:
        portal: address of the portal.
        credentials: whose keys have ended.
        slot: that of the key that has; None for both.
    """
    items = [one.item_id for one in credentials]
    for kept in _kept_of(portal, items) if items else ():
        if slot is None or kept.slot in {slot, None}:
            name, place = visible(repr(kept.name)), visible(kept.place)
            told = f"An ended key is still kept in {place}. To drop it, in Python: unkeep({name})"
            click.echo(told, err=True)


def _kept_of(portal: str, items: list[str]) -> list[KeptKey]:
    """Return the kept keys of some credentials; a locked keyring is asked only where a person can answer."""
    from arcgis_keywidget.session import desk, vault  # noqa: PLC0415 (as above)

    places: tuple[Where, ...] = (".env", "keyring") if at_terminal() else (".env",)
    found: list[KeptKey] = []
    for where in places:
        # What the command was for is done: neither a place nor a Ctrl-C makes that undone.
        with suppress(KeyWidgetError, FieldError, KeyboardInterrupt):
            found += run(desk.aside(partial(vault.kept_in, where, portal, items), _PATIENCE))
    return found


def _is_kept(credential: KeyCredential, where: Where) -> bool:
    from arcgis_keywidget.session import vault  # noqa: PLC0415 (as above)

    with suppress(KeyWidgetError, FieldError):
        return vault.survey(where, credential)[1] == "key"
    return False
