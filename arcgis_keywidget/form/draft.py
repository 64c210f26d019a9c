"""What the person has filled in so far, and what is wrong with it; secrets are never part of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from arcgis_keywidget.errors import FieldError, FormStepError
from arcgis_keywidget.form import texts
from arcgis_keywidget.form.alerts import field_of
from arcgis_keywidget.models import MAX_DAYS, KeyRequest
from arcgis_keywidget.portal import normalise_address
from arcgis_keywidget.privileges import presets

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from arcgis_keywidget.models import Account

PRACTICE = "practice"
PRESETS = ("basemaps", "basemaps-layer", "basemaps-services", "layer")
DEFAULT_ADDRESS = "https://www.arcgis.com"

_LONGEST = 2000  # characters of a text; a title of 300 must still arrive, to be told that it is too long
_MANY_DAYS = 10**9  # beyond it a number is not even worth a message
_METHODS = ("password", "token")


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedItem:
    """The item chosen for the key: enough to ask for it and to name it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The fields of the form as they were typed.

    Attributes:
        portal: an address, or ``practice``.
        method: ``password`` or ``token``.
        days: a number, or whatever text stands in the field.
        folder: title of the folder, empty for the root.
    """

    portal: str = DEFAULT_ADDRESS
    username: str = ""
    method: str = "password"
    preset: str = "basemaps"
    days: int | str = 7
    title: str = ""
    folder: str = ""
    item: PickedItem | None = None

    @classmethod
    def new(cls, address: str | None) -> Self:
        """Return the draft that a form begins with."""
        return cls(portal=address or DEFAULT_ADDRESS).renewed()

    def renewed(self) -> Self:
        """Return the draft for a further key: the same settings under a title of its own."""
        return replace(self, title=KeyRequest().proposed_title(datetime.now(UTC)))

    def amended(self, part: object) -> Self:
        """Return the draft with some fields changed, as a message names them.

        Raises:
            FormStepError: not a set of known fields with values of the right type.
        """
        if not isinstance(part, dict):
            raise FormStepError(texts.NOT_UNDERSTOOD, texts.NOT_UNDERSTOOD_HINT)
        return replace(self, **{name: _value(name, value) for name, value in part.items()})

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as JSON can carry them."""
        return asdict(self)


def _value(name: object, value: object) -> Any:  # noqa: ANN401 (as different as the fields)
    """Return one field's value, checked for its type only."""
    if name == "item" and value is None:
        return None
    if name == "item" and isinstance(value, dict):
        return PickedItem(id=_text(value.get("id")), title=_text(value.get("title")))
    if name == "days" and isinstance(value, int | float) and abs(value) < _MANY_DAYS:
        return int(value) if value == value // 1 else str(value)
    if name in _TEXTS and (name != "method" or value in _METHODS):
        return _text(value)
    raise FormStepError(texts.NOT_UNDERSTOOD, texts.NOT_UNDERSTOOD_HINT)


def _text(value: object) -> str:
    if isinstance(value, str) and len(value) <= _LONGEST and value.encode(errors="ignore").decode() == value:
        return value
    raise FormStepError(texts.NOT_UNDERSTOOD, texts.NOT_UNDERSTOOD_HINT)


_TEXTS = frozenset(field.name for field in fields(Draft)) - {"item"}


def settled_address(text: str) -> str:
    """Return an address as the portal client will write it.

    Raises:
        FieldError: no address that a token may be sent to.
    """
    return text if text == PRACTICE else normalise_address(text)


def fitted(draft: Draft, account: Account) -> Draft:
    """Return the draft with a preset that this account may grant, where there is one."""
    offered = [preset.id for preset in presets(account)]
    return draft if draft.preset in offered or not offered else replace(draft, preset=offered[0])


def sign_in_errors(draft: Draft, *, secret: bool) -> dict[str, str]:
    """Return what is wrong with the sign-in fields, by field; ``secret`` tells whether one was typed."""
    errors = _errors(draft, {"portal"})
    if draft.method == "password" and not draft.username.strip():
        errors["username"] = texts.USERNAME_EMPTY
    if not secret:
        errors[draft.method] = texts.TOKEN_EMPTY if draft.method == "token" else texts.PASSWORD_EMPTY
    return errors


def key_errors(draft: Draft, account: Account) -> dict[str, str]:
    """Return what is wrong with the settings of the key, by field."""
    errors = _errors(draft, {"days", "title", "folder"})
    chosen = {preset.id: preset for preset in presets(account)}.get(draft.preset)
    if chosen is None:
        errors["preset"] = texts.PRESET_UNKNOWN
    elif chosen.needs_item and draft.item is None:
        errors["item"] = texts.ITEM_MISSING
    if errors:
        return errors
    try:
        key_request(draft, account)
    except FieldError as error:
        return {field_of(error): error.message}
    return {}


def typing_errors(draft: Draft, names: Container[str]) -> dict[str, str]:
    """Return what is wrong with the fields that were just typed; the others are let alone."""
    return _errors(draft, names)


def key_request(draft: Draft, account: Account) -> KeyRequest:
    """Return the settings as the portal client takes them.

    Raises:
        FieldError: a value that the portal would refuse.
    """
    chosen = next(preset for preset in presets(account) if preset.id == draft.preset)
    return KeyRequest(
        draft.title,
        privileges=chosen.privileges,
        items=(draft.item.id,) if draft.item and chosen.needs_item else (),
        expires=timedelta(days=_days(draft)),
        folder=draft.folder.strip() or None,
    )


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
        days = int(draft.days)
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
    "days": _days,
    "title": _check_title,
    "folder": _check_folder,
}
