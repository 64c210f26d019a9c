"""Values of options that are more than a text."""

from __future__ import annotations

from datetime import date, timedelta

import click

from arcgis_keywidget.cli.discretion import WrongArgument

WEEK = timedelta(days=7)


class Lifetime(click.ParamType[timedelta | date]):
    """How long a key lives: days, or its last day."""

    name = "lifetime"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return how it is written in the help."""
        del param, ctx
        return "DAYS|DATE"

    def convert(
        self, value: str | timedelta | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta | date:
        """Read ``30`` or ``2027-03-31``; whether a key may live so long is checked with all the rest."""
        if not isinstance(value, str):
            return value
        try:
            return timedelta(days=int(value)) if value.strip().isdecimal() else date.fromisoformat(value)
        except (ValueError, OverflowError):
            error = WrongArgument("Write the days, such as 30, or the last day, such as 2027-03-31.")
            error.param, error.ctx = param, ctx
            raise error from None


def given(values: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the values of an option that may be repeated: None where it was not used.

    One empty value stands for an empty list.
    """
    return tuple(value for value in values if value.strip()) if values else None
