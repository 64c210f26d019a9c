"""What follows from a choice: presets set privileges, privileges are a preset or the person's own choice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from arcgis_keywidget.privileges import presets

if TYPE_CHECKING:
    from arcgis_keywidget.form.draft import Draft
    from arcgis_keywidget.models import Account


def fitted(draft: Draft, account: Account) -> Draft:
    """Return the draft with a preset that this account may grant, where there is one."""
    offered = {preset.id: preset for preset in presets(account)}
    if not (draft.preset and offered):
        return draft
    preset = offered.get(draft.preset) or next(iter(offered.values()))
    return replace(draft, preset=preset.id, privileges=preset.privileges)


def settled(last: Draft, draft: Draft, account: Account) -> Draft:
    """Return a changed draft with what follows from the change."""
    offered = {preset.id: preset for preset in presets(account)}
    if draft.preset != last.preset and draft.preset in offered:
        return replace(draft, privileges=offered[draft.preset].privileges)
    return draft
