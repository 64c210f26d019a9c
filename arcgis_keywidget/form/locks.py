"""A form that begins with a request of the person's own, and the settings of it that stand as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import FieldError, FormStepError
from arcgis_keywidget.form import texts
from arcgis_keywidget.form.fields import PickedItem, read
from arcgis_keywidget.models import KeyRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arcgis_keywidget.form.draft import Draft
    from arcgis_keywidget.form.rules import Rules

_DAY = timedelta(days=1)
_FIELDS = MappingProxyType(
    {
        "title": ("title",),
        "privileges": ("privileges", "preset"),
        "items": ("items",),
        "expires": ("days", "ends"),
        "referrers": ("referrers",),
        "private": ("private",),
        "folder": ("folder",),
        "tags": ("tags",),
        "summary": ("summary",),
        "generate": ("generate",),
        "ephemeral": ("ephemeral",),
    }
)
"""The fields of the form that fill each argument of `KeyRequest`; and that the key ends with the kernel."""


def fields_of(argument: str) -> tuple[str, ...]:
    """Return the fields of the form that fill an argument of `KeyRequest`; none where there is no such."""
    return _FIELDS.get(argument, ())


def locked_fields(lock: Iterable[str]) -> tuple[str, ...]:
    """Return the fields of the form that stand as they begin.

    Args:
        lock: names of arguments of `KeyRequest`, or ``ephemeral``.

    Raises:
        FieldError: no such name (field ``lock``).
        TypeError: one text in the place of several.
    """
    if isinstance(lock, str):
        raise TypeError(f'lock: several names, such as lock=("{lock}",), not one text.')
    names = tuple(lock)
    for name in names:
        if name not in _FIELDS:
            raise FieldError("lock", f"There is no setting {name!r}; choose among {', '.join(_FIELDS)}.")
    return tuple(dict.fromkeys(field for name in names for field in _FIELDS[name]))


def with_request(draft: Draft, request: KeyRequest) -> Draft:
    """Return a draft with the settings of a request in the place of its own.

    Raises:
        FieldError: the end has passed since the request was made, or it is too large for a form.
        TypeError: no request.
    """
    if not isinstance(request, KeyRequest):
        raise TypeError("request: a KeyRequest.")
    days, ends = _shown_lifetime(request)
    filled = replace(
        draft.renewed(),
        preset="",  # the account will tell which one it is
        private=request.private,
        privileges=request.privileges,
        items=tuple(PickedItem(id=item, title=item) for item in request.items),
        days=days,
        ends=ends,
        exact=request.expires,
        referrers="\n".join(request.referrers),
        summary=request.summary,
        tags=request.tags,
        folder=request.folder or "",
        generate=request.generate,
        put_by=(),
        put_by_items=(),
    )
    filled = replace(filled, title=request.title or filled.title)
    try:
        return filled.amended(filled.as_dict())  # as the page will send it back
    except (FormStepError, FieldError):
        raise FieldError("request", texts.REQUEST_TOO_LARGE) from None


def split_locked(
    draft: Draft, part: dict[str, object], rules: Rules
) -> tuple[dict[str, object], dict[str, str]]:
    """Return the edits that may be made, and a message for each that would change what is locked.

    Raises:
        FieldError: a text for a locked field is too long.
        FormStepError: a locked field has a value that no page sends.
    """
    held = {name: value for name, value in part.items() if name in rules.locked}
    refused = {
        name: rules.lock_told(name)
        for name, value in held.items()
        if read(name, value) != getattr(draft, name)
    }
    if "privileges" in held and "privileges" not in refused:
        refused.pop("preset", None)  # what they are called, which follows from the items, too
    return {name: value for name, value in part.items() if name not in held}, refused


def _shown_lifetime(request: KeyRequest) -> tuple[float | str, str]:
    """Return days and end that stand for a lifetime, which itself is kept as it is."""
    if isinstance(request.expires, timedelta):
        days = request.expires / _DAY
        return (int(days) if days.is_integer() else round(days, 4)), ""
    now = datetime.now(UTC)
    return 7, request.ends_at(now).astimezone().isoformat()
