"""Values of options that are more than a text."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from arcgis_keywidget.cli.discretion import WrongArgument

if TYPE_CHECKING:
    from collections.abc import Callable


def lifetime(ctx: click.Context, param: click.Parameter, value: str | None) -> timedelta | date | None:
    """Read ``30`` or ``2027-03-31``; whether a key may live so long is checked with all the rest."""
    del ctx, param
    if value is None:
        return None
    try:
        return timedelta(days=int(value)) if value.strip().isdecimal() else date.fromisoformat(value.strip())
    except (ValueError, OverflowError):
        raise WrongArgument("Write the days, such as 30, or the last day, such as 2027-03-31.") from None


expiring: Callable[[Callable[..., int]], Callable[..., int]] = click.option(
    "--expires",
    metavar="DAYS|DATE",
    callback=lifetime,
    show_default="7 days, or as configured",
    help="How long the key lives, or its last day; 365 days at most.",
)
"""The option of a command that makes a key."""


def given(values: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the values of an option that may be repeated: None where it was not used.

    One empty value stands for an empty list.
    """
    return tuple(value for value in values if value.strip()) if values else None
