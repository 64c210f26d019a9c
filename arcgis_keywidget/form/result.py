"""What was made, as the browser is told it: everything of a credential but its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.form import texts
from arcgis_keywidget.form.keeping import former_slot
from arcgis_keywidget.form.names import privilege_title
from arcgis_keywidget.form.phases import Phase
from arcgis_keywidget.privileges import BASEMAPS, STATIC_TILES

if TYPE_CHECKING:
    from arcgis_keywidget.form.flow import KeyFlow
    from arcgis_keywidget.models import KeyCredential


def result_of(flow: KeyFlow) -> dict[str, Any] | None:
    """Return what the last job made, None where nothing is in hand."""
    credential = flow.credential
    if flow.phase is not Phase.READY or credential is None:
        return None
    return {
        "masked": credential.key.masked if credential.key else "",
        "expires_utc": _ends(credential),
        "title": credential.title,
        "folder": credential.folder or "",
        "opens": _opens(credential),
        "brought": flow.brought,
        "variable": (flow.injected and flow.injected.variable) or "",
        "environ": list(flow.injected.environ) if flow.injected else [],
        "code": _code(flow, credential) if credential.key else "",
        "preview": _preview(flow, credential) if credential.key else None,
        "item_url": item_page(flow, credential),
        "check": flow.proof.told,
        "former": former_slot(credential),
        "keeping": flow.keepsake.told,
        "ephemeral": flow.outside.ephemeral.is_ephemeral(credential.item_id),
    }


def _ends(credential: KeyCredential) -> str | None:
    ends = credential.key.expires if credential.key else None
    if credential.key is None and credential.slots:  # the date is set, for the key that is generated later
        ends = credential.slots[0].expires
    return ends.isoformat() if ends else None


def _opens(credential: KeyCredential) -> list[str]:
    titles = [privilege_title(name) for name in credential.privileges]
    return [*titles, texts.count_items(len(credential.items))] if credential.items else titles


def item_page(flow: KeyFlow, credential: KeyCredential) -> str:
    """Return the address of the page of a credential in the portal, empty where none is known."""
    if flow.portal is None or not credential.item_id:
        return ""
    return f"{flow.portal.url}/home/item.html?id={credential.item_id}"


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


def can_map(flow: KeyFlow) -> bool:
    """Return whether the key in hand opens anything that the map is drawn from."""
    credential = flow.credential
    styles = credential and credential.key and credential.key.services and credential.key.services.styles
    return can_preview(flow) or bool(credential and styles and BASEMAPS in credential.privileges)


def _preview(flow: KeyFlow, credential: KeyCredential) -> dict[str, Any]:
    if can_preview(flow):
        return {"style": texts.PREVIEW_STYLE, "attribution": flow.attribution, "map": True}
    if can_map(flow):
        return {"map": True}
    granted = STATIC_TILES in credential.privileges
    return {"reason": texts.NO_STATIC_TILES if granted else texts.NOT_GRANTED}


def _code(flow: KeyFlow, credential: KeyCredential) -> str:
    """Return code for the next cell: it finds the key in the kernel, so it holds no secret."""
    uses = []
    if can_preview(flow):
        uses.append(("fetch_tile", f'fetch_tile("{texts.PREVIEW_STYLE}", z=2, x=2, y=1)'))
    elif can_map(flow):
        uses.append(("BasemapMap", f'BasemapMap("{texts.PREVIEW_STYLE}")'))
    if credential.items:
        uses.append(("read_layer", f'read_layer("{credential.items[0]}")'))
    if not uses:
        uses.append(("current_key", "current_key()"))
    names = ", ".join(name for name, _ in uses)
    return "\n".join([f"from arcgis_keywidget import {names}", "", *(call for _, call in uses)])
