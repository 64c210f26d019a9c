"""How the keys of this session stand: what each is called, where it is from, how long it lives on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from arcgis_keywidget.models import session_keys

if TYPE_CHECKING:
    from arcgis_keywidget.models import ApiKey

SOON = timedelta(days=3)
"""What is left of a key's life when it is time for the next one."""

SOON_OF_A_DAY = timedelta(hours=2)
"""The same of a key that lives a day at most."""

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_SHOWN = 4  # characters at a key's end, which are those of its credential's client id


@dataclass(frozen=True, slots=True)
class Standing:
    """How a key stands; nothing of it helps to use the key.

    Attributes:
        name: title of its credential, or else the last characters of the key.
        masked: the key, masked.
        portal: host of the portal that gave it.
        left: the time that it lives on, in words.
        warning: what to say of an end that is near or past; empty for none.
        ended: whether that end is past.
    """

    name: str
    masked: str
    portal: str
    left: str
    warning: str = ""
    ended: bool = False

    def __str__(self) -> str:
        told = f"{self.name}: {self.masked}, {self.portal}, {self.left}."
        return f"{told} {self.warning}".rstrip()


def standings(now: datetime | None = None) -> tuple[Standing, ...]:
    """Return how every key of this session stands, the newest first."""
    return tuple(standing_of(key, now) for key in session_keys)


def standing_of(key: ApiKey, now: datetime | None = None) -> Standing:
    """Return how a key stands, in this session or not."""
    now = now or datetime.now(UTC)
    title = "".join(sign if sign.isprintable() else " " for sign in session_keys.title_of(key))
    name = title.strip() or f"Key ending in {key[-_SHOWN:]}"  # a terminal obeys signs that do not show
    portal = urlsplit(key.portal).netloc
    return Standing(
        name=name,
        masked=key.masked,
        portal=portal,
        left=left_in_words(key.expires, now),
        warning=_warning(key.expires, now, SOON_OF_A_DAY if session_keys.ends_here(key) else SOON),
        ended=key.expires is not None and key.expires <= now,
    )


def left_in_words(ends: datetime | None, now: datetime) -> str:
    """Return the time until a moment, such as ``6 days left``; never more than there is."""
    if ends is None:
        return "end not known"
    left = abs(ends - now)
    if left >= _DAY:
        words = _count(left // _DAY, "day")
    elif left >= _HOUR:
        words = _count(left // _HOUR, "hour")
    else:
        words = "less than an hour"
    return f"{words} left" if ends > now else f"ended {words} ago"


def _warning(ends: datetime | None, now: datetime, soon: timedelta) -> str:
    if ends is None or ends - now >= soon:
        return ""
    return "It opens nothing any more: make a new one." if ends <= now else "It ends soon: make the next one."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
