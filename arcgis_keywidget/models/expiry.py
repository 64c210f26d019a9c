"""How long a key may live."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from arcgis_keywidget.errors import FieldError

MAX_DAYS = 365
"""Longest life of a key in days: "at most one year ahead" in the portal's wizard."""

EPHEMERAL_LIFE = timedelta(days=1)
"""Longest life of a key that ends with its kernel. How soon a portal lets a key end is not documented; its
own page offers days (see docs/fidelity.md)."""

_MARGIN = timedelta(hours=1)  # a full year must not be refused because the portal's clock is a little behind


def end_of_life(expires: timedelta | date, now: datetime) -> datetime:
    """Return the end of a key in UTC, in whole seconds, as portals keep it.

    Args:
        expires: how long the key lives, or its last day (local time), or the exact end.
        now: the present, UTC.

    Raises:
        FieldError: the end lies in the past or more than 365 days ahead (field ``expires``).
        TypeError: a value of another type.
    """
    end = _moment(expires, now).replace(microsecond=0)
    if end <= now:
        raise FieldError("expires", "This lies in the past; choose a later end.")
    if end > now + timedelta(days=MAX_DAYS):
        raise FieldError("expires", f"A key may live {MAX_DAYS} days at most; choose an earlier end.")
    return min(end, (now + timedelta(days=MAX_DAYS) - _MARGIN).replace(microsecond=0))


def ephemeral_end(expires: timedelta | date, now: datetime) -> datetime:
    """Return the end of a key that ends with its kernel: as asked for, but a day from now at most.

    Raises:
        FieldError: the end that is asked for lies in the past or beyond 365 days (field ``expires``).
    """
    return min(end_of_life(expires, now), end_of_life(EPHEMERAL_LIFE, now))


def _moment(expires: timedelta | date, now: datetime) -> datetime:
    try:
        if isinstance(expires, timedelta):
            return now + expires
        if isinstance(expires, datetime):
            return expires.astimezone(UTC)
        if isinstance(expires, date):
            return _end_of_day(expires, now)
    except (OverflowError, ValueError):  # beyond the years that a datetime can hold
        raise FieldError("expires", f"A key ends within {MAX_DAYS} days; choose another end.") from None
    raise TypeError("expires: a timedelta, date or datetime.")


def _end_of_day(day: date, now: datetime) -> datetime:
    """Return the end of the last day, where the person is; the last day of all ends at the limit."""
    end = datetime.combine(day, time(23, 59, 59)).astimezone(UTC)
    limit = timedelta(days=MAX_DAYS)
    return min(end, now + limit) if day - now.astimezone().date() <= limit else end
