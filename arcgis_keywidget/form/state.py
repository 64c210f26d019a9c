"""What the browser is told of the form: one dictionary, without secrets, made anew at each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from arcgis_keywidget.form import texts
from arcgis_keywidget.form.draft import DEFAULT_ADDRESS, PRACTICE
from arcgis_keywidget.form.notes import notes_on
from arcgis_keywidget.form.result import result_of
from arcgis_keywidget.form.variables import key_variables
from arcgis_keywidget.models import MAX_DAYS, MAX_ITEMS
from arcgis_keywidget.privileges import presets

if TYPE_CHECKING:
    from arcgis_keywidget.form.flow import KeyFlow
    from arcgis_keywidget.models import Account


def describe(flow: KeyFlow) -> dict[str, Any]:
    """Return the whole state of a form, as JSON can carry it."""
    account = flow.account
    return {
        "phase": flow.phase.value,
        "revision": flow.revision,
        **_entrance(flow),
        "account": _account(account),
        "presets": _presets(account),
        "lifetimes": [{"days": days, "label": label} for days, label in texts.LIFETIMES.items()],
        "max_days": MAX_DAYS,
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
        "transcript": {"count": flow.transcript.count, "milliseconds": round(flow.spent)},
    }


def _entrance(flow: KeyFlow) -> dict[str, Any]:
    """Return what the page needs for signing in."""
    return {
        "portal": _portal(flow.draft.portal, flow.account),
        "portals": [
            {"url": choice.url, "title": choice.title, "client": bool(flow.choices.client_for(choice.url))}
            for choice in flow.choices.portals
        ],
        "methods": list(flow.offered),
        "key_variables": list(key_variables()),
        "practice_available": flow.outside.practice is not None,
    }


def _portal(address: str, account: Account | None) -> dict[str, Any]:
    practice = address == PRACTICE or bool(account and account.practice)
    if practice:
        name = texts.PRACTICE
    elif account:
        name = account.organization
    else:
        name = texts.DEFAULT_PORTAL if address == DEFAULT_ADDRESS else urlsplit(address).netloc
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


def _presets(account: Account | None) -> list[dict[str, Any]]:
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
        for preset in presets(account)
    ]
