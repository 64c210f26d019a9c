"""The credentials of the account as the browser is told them: everything but a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.form import texts
from arcgis_keywidget.form.keeping import slots_here
from arcgis_keywidget.form.names import privilege_title
from arcgis_keywidget.form.result import item_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arcgis_keywidget.form.flow import KeyFlow
    from arcgis_keywidget.models import KeyCredential, Slot
    from arcgis_keywidget.portal import KeyOutcome


def row_of(flow: KeyFlow, credential: KeyCredential) -> dict[str, Any]:
    """Return a credential as a row of the table."""
    here = slots_here(credential)
    opens = [privilege_title(name) for name in credential.privileges]
    count = len(credential.items)
    return {
        "id": credential.item_id,
        "title": credential.title,
        "summary": credential.summary,
        "folder": credential.folder or "",
        "tags": list(credential.tags),
        "referrers": list(credential.referrers),
        "opens": [*opens, texts.count_items(count)] if count else opens,
        "slots": [_slot(slot, here=slot.number in here) for slot in credential.slots],
        "protected": credential.protected,
        "legacy": credential.legacy,
        "url": item_page(flow, credential),
    }


def _slot(slot: Slot, *, here: bool) -> dict[str, Any]:
    ends = slot.expires if slot.active else None
    return {
        "number": slot.number,
        "state": slot.state(),
        "ends_utc": ends.isoformat() if ends else None,
        "here": here,
    }


def outcomes_of(outcomes: Iterable[KeyOutcome]) -> list[dict[str, str]]:
    """Return what became of each of many."""
    return [
        {"id": one.credential.item_id, "title": one.credential.title, "state": one.state, "why": one.why}
        for one in outcomes
    ]
