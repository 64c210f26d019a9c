"""What the browser is told of the form: one dictionary, without secrets, made anew at each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.form import texts
from arcgis_keywidget.form.choices import Choices
from arcgis_keywidget.form.draft import DEFAULT_ADDRESS, PRACTICE, Draft
from arcgis_keywidget.form.notes import notes_on
from arcgis_keywidget.form.phases import Phase
from arcgis_keywidget.form.result import result_of
from arcgis_keywidget.form.transcript import summary_of
from arcgis_keywidget.form.variables import key_variables
from arcgis_keywidget.models import MAX_ITEMS
from arcgis_keywidget.privileges import presets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arcgis_keywidget.form.flow import KeyFlow
    from arcgis_keywidget.models import Account
    from arcgis_keywidget.privileges import Preset


def describe(flow: KeyFlow) -> dict[str, Any]:
    """Return the whole state of a form, as JSON can carry it."""
    account = flow.account
    return {
        "phase": flow.phase.value,
        "revision": flow.revision,
        **_entrance(flow),
        "account": _account(account),
        "presets": _presets(account, flow.rules.presets),
        "lifetimes": [
            {"days": days, "label": label}
            for days, label in texts.LIFETIMES.items()
            if days <= flow.rules.max_days
        ],
        "max_days": flow.rules.max_days,
        "max_items": MAX_ITEMS,
        "draft": flow.draft.as_dict(),
        "locked": list(flow.locked),
        "errors": dict(flow.errors),
        "alert": flow.alert and flow.alert.as_dict(),
        "progress": [
            {"name": name, "label": texts.STEPS.get(name, name), "state": state}
            for name, state in flow.progress.items()
        ],
        "result": result_of(flow),
        "transcript": summary_of(flow.transcript),
    }


def opening(flow: KeyFlow) -> dict[str, Any] | None:
    """Return the state of a form that nobody has used, for the page to draw before it is answered.

    A notebook may save it: it has nothing of this machine's variables, and there is none of a form that
    knows more than the house does, such as an address or the last form's settings.
    """
    draft = flow.draft
    untouched = Draft(
        portal=PRACTICE if draft.portal == PRACTICE else DEFAULT_ADDRESS,
        method=draft.method,
        preset=draft.preset,
        title=draft.proposed,
        proposed=draft.proposed,
    )
    known = flow.locked or flow.alert or flow.choices.portals != Choices().portals
    if flow.phase is not Phase.SIGNED_OUT or known or draft != untouched:
        return None
    return {**describe(flow), "key_variables": []}


def _entrance(flow: KeyFlow) -> dict[str, Any]:
    """Return what the page needs for signing in."""
    return {
        "portal": _portal(flow),
        "portals": [
            {"url": choice.url, "title": choice.title, "client": bool(flow.choices.client_for(choice.url))}
            for choice in flow.choices.portals
        ],
        "methods": list(flow.offered),
        "key_variables": list(key_variables()),
        "practice_available": flow.outside.practice is not None,
    }


def _portal(flow: KeyFlow) -> dict[str, Any]:
    address, account = flow.draft.portal, flow.account
    practice = address == PRACTICE or bool(account and account.practice)
    if practice:
        name = texts.PRACTICE
    elif account:
        name = account.organization
    else:
        name = flow.choices.name_of(address)
    return {"url": "" if address == PRACTICE else address, "practice": practice, "name": name}


def _account(account: Account | None) -> dict[str, Any] | None:
    if account is None:
        return None
    return {
        "username": account.username,
        "full_name": account.full_name,
        "organization": account.organization,
        "kind": account.kind.value,
        "kind_certain": account.kind_certain,
        "role": account.role_name,
        "user_type": account.user_type,
        "can_create": account.can_create_keys,
        "missing": [{"label": lacking.label, "hint": lacking.hint} for lacking in account.missing],
        "notes": notes_on(account),
    }


def _presets(account: Account | None, own: Iterable[Preset]) -> list[dict[str, Any]]:
    if account is None:
        return []
    return [
        {
            "id": preset.id,
            "title": preset.title,
            "text": preset.text,
            "needs_item": preset.needs_item,
            "cost": preset.cost,
        }
        for preset in presets(account, own)
    ]
