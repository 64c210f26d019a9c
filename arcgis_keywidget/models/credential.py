"""An API key credential as the portal keeps it: its settings, and its two places for keys."""

from __future__ import annotations

import fnmatch
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from arcgis_keywidget.models.keys import Secret

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arcgis_keywidget.models.keys import ApiKey

ITEM_ACCESS = "portal:app:access:item:"
"""A credential opens an item by the privilege of this name and the item's id (documented, register-app)."""

SlotState: TypeAlias = Literal["free", "live", "ended"]

_ID_PART = 8
"""Characters of the client id that every key of a credential ends in (Esri's code, see docs/fidelity.md)."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the two places for a key in a credential.

    Attributes:
        active: whether the portal calls its key active.
        expires: the slot's expiration date (UTC), None where it has none.
    """

    number: int
    active: bool
    expires: datetime | None = None

    def state(self, now: datetime | None = None) -> SlotState:
        """Whether it holds no key, a live one, or one whose date has passed."""
        if not self.active:
            return "free"
        ended = self.expires is not None and self.expires <= (now or datetime.now(UTC))
        return "ended" if ended else "live"


@dataclass(frozen=True, slots=True)
class KeyCredential:
    """An API key credential: the item in the portal, and the key when it was just made.

    Attributes:
        folder: title of its folder, None at the root.
        privileges: REST names, item access not among them.
        items: ids of the items the credential opens.
        slots: two; none of a legacy key, and of what is registered no longer.
        key: the key itself; the portal shows it this once.
        owner: user name of whoever owns it.
        summary: as the item's page shows it.
        protected: whether the portal refuses to delete it.
        legacy: whether it is one of the older keys, which ArcGIS has accepted none of since 27 June 2026.
    """

    item_id: str
    client_id: str
    title: str
    folder: str | None
    privileges: tuple[str, ...]
    items: tuple[str, ...]
    referrers: tuple[str, ...]
    slots: tuple[Slot, ...]
    key: ApiKey | None = None
    _: KW_ONLY
    owner: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    protected: bool = False
    legacy: bool = False

    def holds(self, key: str | Secret) -> bool:
        """Whether a key is of this credential; its last eight characters tell, without a request."""
        known = len(self.client_id) >= _ID_PART
        return known and Secret(key).reveal().strip()[-_ID_PART:] == self.client_id[-_ID_PART:]

    def slot(self, number: int) -> Slot | None:
        """Return a slot by its number."""
        return next((slot for slot in self.slots if slot.number == number), None)

    def live_slots(self, now: datetime | None = None) -> tuple[Slot, ...]:
        """Return the slots whose keys open something."""
        return tuple(slot for slot in self.slots if slot.state(now) == "live")

    def ends(self, now: datetime | None = None) -> datetime | None:
        """Return when the last live key ends, None where there is none, or its end is not told."""
        return max((slot.expires for slot in self.live_slots(now) if slot.expires), default=None)

    def days_left(self, now: datetime | None = None) -> float | None:
        """Return the days until the last live key ends, None where there is none, or its end is not told."""
        ends = self.ends(now)
        return None if ends is None else (ends - (now or datetime.now(UTC))).total_seconds() / 86_400


def split_access(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part the privileges of an application: those proper, and the ids of the items that it opens."""
    names = tuple(names)
    plain = tuple(name for name in names if not name.startswith(ITEM_ACCESS))
    return plain, tuple(name.removeprefix(ITEM_ACCESS) for name in names if name.startswith(ITEM_ACCESS))


def select_keys(
    credentials: Iterable[KeyCredential],
    *,
    ids: Iterable[str] | None = None,
    title: str | None = None,
    tag: str | None = None,
) -> tuple[KeyCredential, ...]:
    """Return the credentials that have one of some ids, and a title and a tag, where these are given.

    Args:
        credentials: to choose from.
        ids: of items; all unless given, and none where the list is empty.
        title: large and small letters are the same; ``*`` stands for any letters, ``?`` for one.
        tag: the same.
    """
    if isinstance(ids, str):
        raise TypeError("ids: a list of item ids, not one.")
    wanted = None if ids is None else set(ids)

    def fits(one: KeyCredential) -> bool:
        return (
            (wanted is None or one.item_id in wanted)
            and (title is None or _is_like(one.title, title))
            and (tag is None or any(_is_like(own, tag) for own in one.tags))
        )

    return tuple(one for one in credentials if fits(one))


def _is_like(text: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(text.casefold(), pattern.casefold().replace("[", "[[]"))
