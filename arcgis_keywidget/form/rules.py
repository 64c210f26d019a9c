"""What a house sets for the keys of a form: where the settings begin, what stays, how long a key may live."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.form import texts
from arcgis_keywidget.form.draft import Draft
from arcgis_keywidget.form.locks import fields_of
from arcgis_keywidget.models import MAX_DAYS
from arcgis_keywidget.models.house import LOCKED_BY, LongestLife

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, timedelta

    from arcgis_keywidget.privileges import Preset


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for the settings of every key of a form.

    Attributes:
        presets: choices of privileges of the house's own.
        begins: what some fields of the draft begin with: ``preset``, ``days``, ``folder``, ``tags``.
        given: those that the code of this cell lets begin so, also where the last form's settings go on.
        locks: arguments of `KeyRequest` that the house has locked.
        locked: fields of the draft that stand as they are, whoever has locked them.
        max_days: the longest life of a key.
        set_by: who has set ``locks`` and ``max_days``, by these names.
    """

    presets: tuple[Preset, ...] = ()
    begins: Mapping[str, Any] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    locks: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    max_days: int = MAX_DAYS
    set_by: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def with_locked(self, fields: Iterable[str]) -> Rules:
        """Return the same with the fields that the code of a cell has locked, beside those of the house."""
        return replace(self, locked=tuple(dict.fromkeys((*fields, *self._held()))))

    def begin(self, draft: Draft) -> Draft:
        """Return a new draft with what the house lets it begin with."""
        values: dict[str, Any] = {**self.begins, **self._shorter(draft)}
        return self.hold(replace(draft, **values))

    def resume(self, draft: Draft) -> Draft:
        """Return the draft of the last form with what the code of this cell says otherwise."""
        values: dict[str, Any] = {name: value for name, value in self.begins.items() if name in self.given}
        if "days" in values:
            values |= {"ends": "", "exact": None}
        return replace(draft, **values)

    def hold(self, draft: Draft) -> Draft:
        """Return a draft whose fields that the house has locked have the value of the house."""
        usual = Draft()
        values = {
            name: self.begins.get(name, getattr(usual, name))
            for name in self._held()
            if name not in {"title", "privileges"}  # proposed anew; what the preset will say
        }
        if "privileges" in self.locks and draft.preset != values["preset"]:
            values["privileges"] = ()
        if "expires" in self.locks:
            values |= {"exact": None} | ({} if "days" in self.begins else self._shorter(usual))
        return replace(draft, **values)

    def check_days(self, days: int) -> None:
        """Refuse a number of days that no key may live.

        Raises:
            FieldError: says how many may be, and who has set that (field ``days``).
        """
        self._longest().check_days(days)

    def check_end(self, lifetime: timedelta | date, name: str) -> None:
        """Refuse a lifetime that is longer than the house lets it be.

        Raises:
            FieldError: it is (the field that is named).
        """
        self._longest().check_end(lifetime, name)

    def lock_told(self, name: str) -> str:
        """Return what to say to whoever would change a locked field."""
        by_house = name in self._held()
        return LOCKED_BY.format(who=self.set_by.get("locks", "")) if by_house else texts.LOCKED

    def _held(self) -> tuple[str, ...]:
        return tuple(name for argument in self.locks for name in fields_of(argument))

    def _shorter(self, draft: Draft) -> dict[str, int]:
        short = isinstance(draft.days, int) and draft.days > self.max_days and "days" not in self.begins
        return {"days": self.max_days} if short else {}

    def _longest(self) -> LongestLife:
        return LongestLife(self.max_days, self.set_by.get("max_days", ""))
