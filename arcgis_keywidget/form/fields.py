"""What a page may put in a field: types and bounds only, so that whatever else it sends stays outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from arcgis_keywidget.errors import FieldError, FormStepError
from arcgis_keywidget.form import texts
from arcgis_keywidget.models import SIGN_IN_METHODS

if TYPE_CHECKING:
    from collections.abc import Callable

VIEWS = ("quick", "keys", "where", "items", "privileges", "limits", "details", "review")

_TEXT = 2_000  # characters of a line; a title of 300 must still arrive, to be told that it is too long
_PASSAGE = 20_000  # characters of a text of several lines
_NAME = 300  # characters of an id, a REST name, a type
_ENTRIES = 1_000  # of a list; 101 items must still arrive, to be told that they are too many
_MANY_DAYS = 10**9  # beyond it a number is not even worth a message


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedItem:
    """An item chosen for the key: enough to ask for it and to name it. Its id alone tells which it is.

    Attributes:
        access: ``private``, ``shared``, ``org`` or ``public``; empty where it is not known.
    """

    id: str
    title: str = field(compare=False)
    type: str = field(default="", compare=False)
    owner: str = field(default="", compare=False)
    access: str = field(default="", compare=False)


def read(name: object, value: object) -> Any:  # noqa: ANN401 (as different as the fields)
    """Return the value of a field of the draft as the kernel keeps it.

    Raises:
        FieldError: a text that is longer than any that the field could hold.
        FormStepError: no such field, a value of another type, or one beyond all bounds.
    """
    reader = READERS.get(name) if isinstance(name, str) else None
    if reader is None:
        raise not_understood()
    try:
        return reader(value)
    except _TooLongError as error:
        raise FieldError(str(name), texts.TOO_LONG.format(most=error.most)) from None


def not_understood() -> FormStepError:
    """Return the error for what no page of this version sends."""
    return FormStepError(texts.NOT_UNDERSTOOD, texts.NOT_UNDERSTOOD_HINT)


def text(value: object, most: int) -> str:
    """Return a text of so many characters at most, none of which is half a one.

    Raises:
        FormStepError: it is something else.
    """
    if isinstance(value, str) and len(value) <= most and value.encode(errors="ignore").decode() == value:
        return value
    raise not_understood()


class _TooLongError(Exception):
    """A text is too long for its field, which its reader does not know."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most


def _text(value: object, most: int = _TEXT) -> str:
    if isinstance(value, str) and len(value) > most:
        raise _TooLongError(most)
    return text(value, most)


def _name(value: object) -> str:
    return _text(value, _NAME)


def _passage(value: object) -> str:
    return _text(value, _PASSAGE)


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise not_understood()


def _one_of(names: tuple[str, ...]) -> Callable[[object], str]:
    def read_name(value: object) -> str:
        if isinstance(value, str) and value in names:
            return value
        raise not_understood()

    return read_name


def _days(value: object) -> int | float | str:
    if isinstance(value, str):
        return _name(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _MANY_DAYS:
        return int(value) if value == value // 1 else value
    raise not_understood()


def _list(value: object) -> list[object]:
    if isinstance(value, list) and len(value) <= _ENTRIES:
        return value
    raise not_understood()


def _names(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_name(entry) for entry in _list(value)))


def _tags(value: object) -> tuple[str, ...]:
    return tuple(_text(entry) for entry in _list(value))


def _items(value: object) -> tuple[PickedItem, ...]:
    items = [_item(entry) for entry in _list(value)]
    return tuple({item.id: item for item in items}.values())


def _item(value: object) -> PickedItem:
    if not isinstance(value, dict):
        raise not_understood()
    return PickedItem(
        id=_name(value.get("id")).strip(),
        title=_text(value.get("title")),
        type=_name(value.get("type", "")),
        owner=_name(value.get("owner", "")),
        access=_name(value.get("access", "")),
    )


_Reader: TypeAlias = "Callable[[object], Any]"
READERS: MappingProxyType[str, _Reader] = MappingProxyType(
    {
        "portal": _text,
        "username": _text,
        "method": _one_of(SIGN_IN_METHODS),
        "client_id": _text,
        "ca_file": _text,
        "referrer": _text,
        "view": _one_of(VIEWS),
        "preset": _name,
        "private": _flag,
        "privileges": _names,
        "items": _items,
        "days": _days,
        "ends": _name,
        "referrers": _passage,
        "title": _text,
        "summary": _passage,
        "tags": _tags,
        "folder": _text,
        "generate": _flag,
        "ephemeral": _flag,
    }
)
"""How each field of the draft is read."""
