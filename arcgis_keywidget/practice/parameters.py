"""Request parameters as ArcGIS clients send them: arrays in four spellings, dates in milliseconds.

Measured with Esri's clients: `tags` come joined by commas, `privileges` as a JSON array, and `httpReferrers`
from the Python client as repeated keys.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from arcgis_keywidget.practice.replies import bad_request

if TYPE_CHECKING:
    from collections.abc import Iterable

NEVER = -1
DAY = 86_400_000


def parse_list(name: str, values: Iterable[str]) -> list[str]:
    """Read an array given as JSON, with commas, as repeated keys or as one bare string.

    Raises:
        Refusal: 400 when a JSON array is broken or holds anything but text.
    """
    found = [entry.strip() for value in values for entry in _split(name, value.strip())]
    return list(dict.fromkeys(entry for entry in found if entry))


def _split(name: str, value: str) -> list[str]:
    if not value.startswith("["):
        return value.split(",")
    try:
        entries = [str.encode(entry).decode() for entry in json.loads(value)]
    except (TypeError, ValueError, RecursionError):
        # Not JSON, not text, or half a character: JSON's escapes can spell what UTF-8 cannot.
        raise bad_request(f"'{name}' must be an array of strings.") from None
    return entries


def parse_whole(name: str, value: str) -> int:
    """Read a whole number.

    Raises:
        Refusal: 400 when it is none.
    """
    try:
        return int(value)
    except ValueError:
        raise bad_request(f"'{name}' must be a whole number.") from None


def parse_expiry(name: str, value: str, now: int, kept: str = "second", *, soonest: str = "any") -> int:
    """Read the end of a key: milliseconds since 1970, -1 for none; whole seconds are kept, as replies show.

    Args:
        name: the parameter, for the message.
        value: what was sent.
        now: milliseconds since 1970.
        kept: the choice of the switch `expiry`; `day` is the last second of the date's UTC day.
        soonest: the choice of the switch `soonest_expiry`; `tomorrow` refuses what ends today (UTC).

    Raises:
        Refusal: 400 when the date has passed or is more than 366 days ahead. One year is documented; the real
            portal's refusal is not known.
    """
    when = parse_whole(name, value)
    if when == NEVER:
        return NEVER
    if not now < when <= now + 366 * DAY:
        raise bad_request(
            "Unable to update item.", f"'{name}' must lie in the future, at most one year ahead."
        )
    if soonest == "tomorrow" and when // DAY == now // DAY:
        raise bad_request("Unable to update item.", f"'{name}' must lie on a later day.")
    return when // 1000 * 1000 if kept == "second" else when // DAY * DAY + DAY - 1000
