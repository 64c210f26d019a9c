"""What a person asks for when making a key; what cannot be right is refused here, before anything is sent."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models.credential import ITEM_ACCESS
from arcgis_keywidget.models.expiry import MAX_DAYS, end_of_life
from arcgis_keywidget.models.portal import Item, is_item_id
from arcgis_keywidget.models.referrer import check_referrer

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MAX_DAYS", "MAX_ITEMS", "MAX_TITLE", "KeyRequest", "check_referrer"]

MAX_TITLE = 250
"""Longest title in characters: documented for folders (createFolder), the custom for items."""
MAX_ITEMS = 100
"""Most items that one credential may open (documented, register-app)."""
MAX_SUMMARY = 2048
"""Longest summary in characters (documented, considerations and limitations of the Sharing API)."""
MAX_TAGS = 128
"""Most tags of an item (documented, tool error 003787 of ArcGIS)."""

_PRIVILEGE = re.compile(r"[A-Za-z]+(:[A-Za-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """The settings of a key, checked on construction.

    Args:
        title: title of the item, at most 250 characters; None proposes one with the date.
        privileges: REST names, such as ``premium:user:basemaps``.
        items: the items to open, at most 100: ids, or `Item` values.
        expires: how long the key lives, or its last day (local time), or the exact end; at most 365 days.
        referrers: web origins the key is bound to, such as ``https://*.example.com``; none for kernels.
        private: for a private application, which may also hold general and admin privileges.
        folder: title of the folder, made when there is none; None for the root.
        tags: tags of the item, without commas, at most 128.
        summary: one or two sentences for the item page, at most 2,048 characters.
        generate: whether to generate the key now; otherwise only the credential is made.

    Raises:
        FieldError: a value that the portal would refuse, named by its field (a ValueError).
        TypeError: a value of the wrong type.
    """

    title: str | None = None
    _: KW_ONLY
    privileges: tuple[str, ...] = ("premium:user:basemaps",)
    items: tuple[str, ...] = ()
    expires: timedelta | date = timedelta(days=7)
    referrers: tuple[str, ...] = ()
    private: bool = False
    folder: str | None = None
    tags: tuple[str, ...] = ()
    summary: str = ""
    generate: bool = True

    def __post_init__(self) -> None:
        _check_types(self)
        settle: dict[str, Any] = {
            "title": _title("title", self.title),
            "folder": _title("folder", self.folder),
            "privileges": _privileges(self.privileges),
            "items": _items(self.items),
            "referrers": _referrers(self.referrers),
            "tags": _tags(self.tags),
            "summary": _summary(self.summary),
        }
        for name, value in settle.items():
            object.__setattr__(self, name, value)
        if not (self.privileges or self.items):
            raise FieldError(
                "privileges", "Choose at least one privilege or one item: this key would open nothing."
            )
        self.ends_at(datetime.now(UTC))

    def ends_at(self, now: datetime) -> datetime:
        """Return the end of the key in UTC, in whole seconds, as portals keep it.

        Raises:
            FieldError: the end lies in the past or more than 365 days ahead of ``now``.
        """
        return end_of_life(self.expires, now)

    def proposed_title(self, now: datetime) -> str:
        """Return the title, or one that tells when the key was made, in local time."""
        return self.title or f"Notebook key, {now.astimezone():%d %b %Y %H:%M}"


def _check_types(request: KeyRequest) -> None:
    if not isinstance(request.summary, str):
        raise TypeError("summary: a text.")
    for name in ("private", "generate"):
        if not isinstance(getattr(request, name), bool):
            raise TypeError(f"{name}: True or False.")


def _texts(field: str, values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str):
        raise TypeError(f"{field}: a list of texts, not one text.")
    texts = tuple(values)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError(f"{field}: a list of texts.")
    return tuple(dict.fromkeys(text.strip() for text in texts))


def _title(field: str, text: str | None) -> str | None:
    if text is None:
        return None
    if not isinstance(text, str):
        raise TypeError(f"{field}: a text or None.")
    text = _whole(field, " ".join(text.split()))
    if not text:
        raise FieldError(field, f"This is empty; write a {field} or leave it out.")
    if len(text) > MAX_TITLE:
        raise FieldError(field, f"This has {len(text)} characters; {MAX_TITLE} are allowed.")
    return text


def _privileges(values: Iterable[str]) -> tuple[str, ...]:
    texts = _texts("privileges", values)
    for text in texts:
        if text.startswith(ITEM_ACCESS):
            raise FieldError("privileges", "Name items in `items`, not among the privileges.")
        if not _PRIVILEGE.fullmatch(text):
            raise FieldError("privileges", f"{text!r} is no privilege, as 'premium:user:basemaps' is.")
    return texts


def _items(values: Iterable[str | Item]) -> tuple[str, ...]:
    if isinstance(values, str | Item):
        raise TypeError("items: a list of item ids, not one.")
    ids = _texts("items", [value.id if isinstance(value, Item) else value for value in values])
    ids = tuple(dict.fromkeys(text.lower() for text in ids))
    for text in ids:
        if not is_item_id(text):
            raise FieldError("items", f"{text!r} is no item id; an id has 32 hexadecimal digits.")
    if len(ids) > MAX_ITEMS:
        raise FieldError("items", f"{len(ids)} items are too many; a key opens {MAX_ITEMS} at most.")
    return ids


def _referrers(values: Iterable[str]) -> tuple[str, ...]:
    checked = []
    for text in _texts("referrers", values):
        try:
            checked.append(check_referrer(text))
        except FieldError as error:
            raise FieldError("referrers", f"{text.rpartition('@')[2][:80]!r}: {error.message}") from None
    return tuple(dict.fromkeys(checked))


def _tags(values: Iterable[str]) -> tuple[str, ...]:
    tags = _texts("tags", values)
    for tag in tags:
        if not _whole("tags", tag) or "," in tag:
            raise FieldError("tags", "A tag needs at least one letter and no comma.")
    if len(tags) > MAX_TAGS:
        raise FieldError("tags", f"{len(tags)} tags are too many; an item has {MAX_TAGS} at most.")
    return tags


def _summary(text: str) -> str:
    if len(text) > MAX_SUMMARY:
        raise FieldError("summary", f"This has {len(text):,} characters; {MAX_SUMMARY:,} are allowed.")
    return _whole("summary", text)


def _whole(field: str, text: str) -> str:
    """Return a text that can be sent: none of its characters is half of one."""
    if text.encode(errors="ignore").decode() != text:
        raise FieldError(field, "This holds half a character, as a text that was cut does; write it again.")
    return text
