"""What follows from a choice: a preset sets privileges, and privileges are a preset or an own choice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from arcgis_keywidget.form.rules import Rules
from arcgis_keywidget.privileges import personal_among, preset_of, presets

if TYPE_CHECKING:
    from arcgis_keywidget.form.draft import Draft
    from arcgis_keywidget.models import Account
    from arcgis_keywidget.privileges import Preset

_USUAL = Rules()


def fitted(draft: Draft, account: Account, rules: Rules = _USUAL) -> Draft:
    """Return the draft as an account can have it; its preset is the first offered where its own is not.

    Args:
        draft: the fields, whoever was signed in when they were filled.
        account: who is signed in now.
        rules: what the house sets, and the fields that stand as they are.
    """
    if not draft.preset or ("privileges" in rules.locked and draft.privileges):
        return _named(draft, account, rules)
    offered = presets(account, rules.presets)
    chosen = next((preset for preset in offered if preset.id == draft.preset), offered[0])
    return _choose(draft, account, chosen, rules)


def settled(
    last: Draft, draft: Draft, account: Account, rules: Rules = _USUAL, *, whole: bool = False
) -> Draft:
    """Return a changed draft with what follows from the change; what it leaves out is put by, not lost.

    Args:
        last: the draft before.
        draft: the draft with the edited fields as they came.
        account: who is signed in.
        rules: what the house sets, and the fields that stand as they are.
        whole: whether all fields came, edited or not.
    """
    if draft.days != last.days and draft.ends == last.ends and "ends" not in rules.locked:
        draft = replace(draft, ends="")
    if draft.private != last.private and "privileges" not in rules.locked:
        draft = _with_personal(draft) if draft.private else _without_personal(last, draft)
    chosen = next((preset for preset in presets(account, rules.presets) if preset.id == draft.preset), None)
    if whole and chosen and draft.view == "quick":
        # Nobody edits privileges there: others than the preset's are what the page had before it was chosen.
        return _choose(draft, account, chosen, rules)
    if draft.privileges != last.privileges:
        return _named(draft, account, rules)
    if draft.preset != last.preset:
        return _choose(draft, account, chosen, rules) if chosen else draft
    if draft.items == last.items or _awaits_item(draft, chosen):
        return draft
    return _named(draft, account, rules)


def _choose(draft: Draft, account: Account, preset: Preset, rules: Rules) -> Draft:
    """Return the draft with a preset: its privileges, and items only where it opens some."""
    draft = replace(draft, preset=preset.id, privileges=preset.privileges, put_by=())
    if "items" in rules.locked:
        return _named(draft, account, rules)
    if preset.needs_item:
        return replace(draft, items=draft.items or draft.put_by_items, put_by_items=())
    return replace(draft, items=(), put_by_items=draft.items or draft.put_by_items)


def _awaits_item(draft: Draft, preset: Preset | None) -> bool:
    """Whether the preset of the quick key waits for an item: to take one out there chooses no other."""
    quick = draft.view == "quick" and not draft.items
    return quick and preset is not None and preset.needs_item and draft.privileges == preset.privileges


def _named(draft: Draft, account: Account, rules: Rules) -> Draft:
    named = preset_of(account, draft.privileges, draft.items, rules.presets)
    return replace(draft, preset=named)


def _with_personal(draft: Draft) -> Draft:
    privileges = tuple(dict.fromkeys((*draft.privileges, *draft.put_by)))
    return replace(draft, privileges=privileges, put_by=())


def _without_personal(last: Draft, draft: Draft) -> Draft:
    personal = personal_among(tuple(dict.fromkeys((*last.privileges, *draft.privileges))))
    kept = tuple(name for name in draft.privileges if name not in personal)
    return replace(draft, privileges=kept, put_by=personal)
