"""What the browser is told of the form: one dictionary, without secrets, made anew at each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from arcgis_keywidget.form import texts
from arcgis_keywidget.form.draft import DEFAULT_ADDRESS, PRACTICE
from arcgis_keywidget.form.phases import Phase
from arcgis_keywidget.models import MAX_DAYS
from arcgis_keywidget.privileges import STATIC_TILES, presets

if TYPE_CHECKING:
    from arcgis_keywidget.form.flow import KeyFlow
    from arcgis_keywidget.models import Account, KeyCredential


def describe(flow: KeyFlow) -> dict[str, Any]:
    """Return the whole state of a form, as JSON can carry it."""
    account = flow.account
    return {
        "phase": flow.phase.value,
        "revision": flow.revision,
        "portal": _portal(flow.draft.portal, account),
        "practice_available": flow.outside.practice is not None,
        "account": _account(account),
        "presets": _presets(account),
        "lifetimes": [{"days": days, "label": label} for days, label in texts.LIFETIMES.items()],
        "max_days": MAX_DAYS,
        "draft": flow.draft.as_dict(),
        "errors": dict(flow.errors),
        "alert": flow.alert and flow.alert.as_dict(),
        "progress": [
            {"name": name, "label": texts.STEPS.get(name, name), "state": state}
            for name, state in flow.progress.items()
        ],
        "result": _result(flow),
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
        "can_create": account.can_create_keys,
        "missing": [{"label": lacking.label, "hint": lacking.hint} for lacking in account.missing],
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


def _result(flow: KeyFlow) -> dict[str, Any] | None:
    credential = flow.credential
    if flow.phase is not Phase.READY or credential is None or credential.key is None:
        return None
    ends = credential.key.expires
    return {
        "masked": credential.key.masked,
        "expires_utc": ends.isoformat() if ends else None,
        "title": credential.title,
        "folder": credential.folder or "",
        "variable": (flow.injected and flow.injected.variable) or "",
        "environ": list(flow.injected.environ) if flow.injected else [],
        "code": _code(credential, preview=can_preview(flow)),
        "preview": _preview(flow, credential),
    }


def can_preview(flow: KeyFlow) -> bool:
    """Return whether the key in hand opens the tiles that the preview is drawn from."""
    credential = flow.credential
    return bool(
        credential
        and credential.key
        and credential.key.services
        and credential.key.services.static_tiles
        and STATIC_TILES in credential.privileges
    )


def _preview(flow: KeyFlow, credential: KeyCredential) -> dict[str, str]:
    if can_preview(flow):
        return {"style": texts.PREVIEW_STYLE, "attribution": flow.attribution}
    granted = STATIC_TILES in credential.privileges
    return {"reason": texts.NO_STATIC_TILES if granted else texts.NOT_GRANTED}


def _code(credential: KeyCredential, *, preview: bool) -> str:
    """Return code for the next cell: it finds the key in the kernel, so it holds no secret."""
    uses = []
    if preview:
        uses.append(("fetch_tile", f'fetch_tile("{texts.PREVIEW_STYLE}", z=2, x=2, y=1)'))
    if credential.items:
        uses.append(("read_layer", f'read_layer("{credential.items[0]}")'))
    if not uses:
        uses.append(("current_key", "current_key()"))
    names = ", ".join(name for name, _ in uses)
    return "\n".join([f"from arcgis_keywidget import {names}", "", *(call for _, call in uses)])
