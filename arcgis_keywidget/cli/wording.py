"""Texts of a portal on a terminal: what is shown is what is there, and nothing in it is obeyed."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arcgis_keywidget.models import KeyCredential, Slot

SOON = 3
"""Days before the end of a key that call for attention."""

_DAY, _HOUR = 86_400, 3_600
_LEGACY = "legacy key, no longer accepted"
_OBEYED = {"Cc", "Cs", "Zl", "Zp"}  # control characters and line ends; halves of characters cannot be written
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows: a title could look like another one."""


def visible(text: str) -> str:
    r"""Return a text on one line, with every character that a terminal would obey written out (``\x1b``)."""
    return "".join(
        one.encode("unicode_escape").decode()
        if unicodedata.category(one) in _OBEYED or one in _TURNING
        else one
        for one in text
    )


def named(credential: KeyCredential) -> str:
    """Return how a credential is called in a sentence: its title and id."""
    return f"'{visible(credential.title)}' ({visible(credential.item_id)})"


def life(slot: Slot, now: datetime | None = None) -> str:
    """Return how long the key of a slot lives on, in words."""
    now = now or datetime.now(UTC)
    state = slot.state(now)
    if state == "free":
        return "free"
    if slot.expires is None:
        return "live, end not told"
    seconds = int(abs((slot.expires - now).total_seconds()))
    if state == "ended":
        days = seconds // _DAY
        return f"ended {_count(days, 'day')} ago" if days else "ended less than a day ago"
    if seconds >= _DAY:
        return f"{_count(seconds // _DAY, 'day')} left"
    return f"{_count(seconds // _HOUR, 'hour')} left" if seconds >= _HOUR else "less than an hour left"


def slots(credential: KeyCredential, now: datetime | None = None) -> str:
    """Return what the two slots of a credential hold."""
    if credential.legacy:
        return _LEGACY
    return ", ".join(f"{slot.number}: {life(slot, now)}" for slot in credential.slots)


def moment(when: datetime) -> str:
    """Return a moment in local time."""
    return f"{when.astimezone():%d %b %Y %H:%M}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
