"""An edit that comes from the page: what is locked stays, and what follows from the rest is settled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from arcgis_keywidget.form import texts
from arcgis_keywidget.form.alerts import Alert
from arcgis_keywidget.form.checks import typing_errors
from arcgis_keywidget.form.fields import READERS, not_understood
from arcgis_keywidget.form.locks import split_locked
from arcgis_keywidget.form.names import listed
from arcgis_keywidget.form.naming import named
from arcgis_keywidget.form.settling import settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from arcgis_keywidget.form.draft import Draft
    from arcgis_keywidget.form.rules import Rules
    from arcgis_keywidget.models import Account

_TOGETHER = frozenset({"preset", "private", "privileges", "items"})  # a change of one may heal the others


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of an edit.

    Attributes:
        draft: the draft after it.
        errors: what is wrong with the fields that were edited, by field.
        refused: what was not changed, because it is locked, by field.
        left_out: privileges that had to go, though the page had not taken them out itself.
    """

    draft: Draft
    errors: dict[str, str]
    refused: dict[str, str]
    left_out: tuple[str, ...] = ()


def edited(draft: Draft, part: object, account: Account | None, rules: Rules) -> Edit:
    """Return a draft with some fields changed, as a message names them.

    Args:
        draft: the fields before.
        part: what the message holds.
        account: who is signed in, if anybody is.
        rules: what the house sets, and the fields that stand as they are.

    Raises:
        FieldError: a text that is longer than any that its field could hold.
        FormStepError: not fields of the form.
    """
    if not isinstance(part, dict):
        raise not_understood()
    free, refused = split_locked(draft, part, rules)
    changed = draft.amended(free)
    changed = replace(changed, items=named(changed.items, draft.items))
    if account is None:
        return Edit(changed, typing_errors(changed, free, rules), refused)
    after = settled(draft, changed, account, rules, whole=len(part) == len(READERS))
    gone = tuple(name for name in after.put_by if name in changed.privileges and after.put_by != draft.put_by)
    return Edit(after, typing_errors(after, free, rules), refused, gone)


def still_wrong(errors: Mapping[str, str], last: Draft, draft: Draft) -> dict[str, str]:
    """Return those messages at fields that an edit has not made void, by field."""
    changed = {name for name in READERS if getattr(last, name) != getattr(draft, name)}
    changed |= _TOGETHER if changed & _TOGETHER else set()
    return {name: message for name, message in errors.items() if name not in changed}


def left_out(names: Sequence[str]) -> Alert:
    """Return what to say of privileges that had to go."""
    return Alert("warn", texts.LEFT_OUT.format(names=listed(names)), texts.LEFT_OUT_HINT)
