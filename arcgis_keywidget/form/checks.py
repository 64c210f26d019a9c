"""What is wrong with a draft, field by field, and the request that it is where nothing is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.form import texts
from arcgis_keywidget.form.alerts import field_of
from arcgis_keywidget.form.draft import PRACTICE, Draft
from arcgis_keywidget.models import MAX_DAYS, KeyRequest
from arcgis_keywidget.portal import normalise_address
from arcgis_keywidget.privileges import presets

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from arcgis_keywidget.models import Account


def settled_address(text: str) -> str:
    """Return an address as the portal client will write it.

    Raises:
        FieldError: no address that a token may be sent to.
    """
    return text if text == PRACTICE else normalise_address(text)


def sign_in_errors(draft: Draft, *, secret: bool) -> dict[str, str]:
    """Return what is wrong with the sign-in fields, by field; ``secret`` tells whether one was typed."""
    errors = _errors(draft, {"portal"})
    if draft.method == "password" and not draft.username.strip():
        errors["username"] = texts.USERNAME_EMPTY
    if not secret:
        errors[draft.method] = texts.TOKEN_EMPTY if draft.method == "token" else texts.PASSWORD_EMPTY
    return errors


def typing_errors(draft: Draft, names: Container[str]) -> dict[str, str]:
    """Return what is wrong with the fields that were just typed; the others are let alone."""
    return _errors(draft, names)


def key_errors(draft: Draft, account: Account) -> dict[str, str]:
    """Return all that is wrong with the settings of the key, by field."""
    errors = _errors(draft, _KEY_FIELDS)
    chosen = {preset.id: preset for preset in presets(account)}.get(draft.preset)
    if draft.preset and chosen is None:
        errors["preset"] = texts.PRESET_UNKNOWN
    elif chosen and chosen.needs_item and not draft.items:
        errors["items"] = texts.ITEM_MISSING
    if errors:
        return errors
    try:
        key_request(draft)
    except FieldError as error:
        return {field_of(error): error.message}
    return {}


def key_request(draft: Draft) -> KeyRequest:
    """Return the settings as the portal client takes them.

    Raises:
        FieldError: a value that the portal would refuse.
    """
    return KeyRequest(
        draft.title,
        privileges=draft.privileges,
        items=tuple(item.id for item in draft.items),
        expires=lifetime(draft),
        referrers=tuple(draft.referrers.split()),
        private=draft.private,
        folder=draft.folder.strip() or None,
        tags=draft.tags,
        summary=draft.summary,
        generate=draft.generate,
    )


def lifetime(draft: Draft) -> timedelta | date:
    """Return how long the key shall live, or its end.

    Raises:
        FieldError: neither can be read (field ``days`` or ``ends``).
    """
    if draft.exact is not None:
        return draft.exact
    if draft.ends:
        return _moment(draft)
    return timedelta(days=_days(draft))


def _moment(draft: Draft) -> datetime:
    return datetime.fromisoformat(draft.ends)


def _errors(draft: Draft, names: Container[str]) -> dict[str, str]:
    errors = {}
    for name, check in _CHECKS.items():
        try:
            if name in names:
                check(draft)
        except FieldError as error:
            errors[name] = error.message
    return errors


def _days(draft: Draft) -> int:
    try:
        days = int(draft.days) if isinstance(draft.days, str | int) else int(str(draft.days))
    except ValueError:
        raise FieldError("days", texts.DAYS_NO_NUMBER) from None
    if not 1 <= days <= MAX_DAYS:
        raise FieldError("days", texts.DAYS_RANGE.format(most=MAX_DAYS))
    return days


def _check_title(draft: Draft) -> None:
    if not draft.title.strip():
        raise FieldError("title", texts.TITLE_EMPTY)
    KeyRequest(draft.title)


def _check_folder(draft: Draft) -> None:
    KeyRequest(folder=draft.folder.strip() or None)


_CHECKS: dict[str, Callable[[Draft], object]] = {
    "portal": lambda draft: settled_address(draft.portal),
    "days": lifetime,
    "title": _check_title,
    "folder": _check_folder,
}
_KEY_FIELDS = frozenset(_CHECKS) - {"portal"}
