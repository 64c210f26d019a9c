"""A credential as JSON: the same names and units in every command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import datetime

    from arcgis_keywidget.models import KeyCredential, Slot


def record_of(credential: KeyCredential, portal: str, now: datetime | None = None) -> dict[str, Any]:
    """Return a credential as what JSON can hold; never its key.

    Args:
        credential: which.
        portal: address of its portal, for the address of its page.
        now: the present, UTC.
    """
    days = credential.days_left(now)
    return {
        "id": credential.item_id,
        "title": credential.title,
        "page": f"{portal}/home/item.html?id={credential.item_id}",
        "owner": credential.owner,
        "folder": credential.folder,
        "client_id": credential.client_id,
        "slots": [_slot(slot, now) for slot in credential.slots],
        "days_left": None if days is None else round(days, 2),
        "privileges": [*credential.privileges],
        "items": [*credential.items],
        "referrers": [*credential.referrers],
        "tags": [*credential.tags],
        "summary": credential.summary,
        "protected": credential.protected,
        "legacy": credential.legacy,
    }


def write_json(document: object) -> None:
    """Write a document on standard output; letters beyond ASCII are escaped, so no terminal obeys any."""
    click.echo(json.dumps(document, indent=2))


def _slot(slot: Slot, now: datetime | None) -> dict[str, Any]:
    expires = slot.expires.isoformat() if slot.expires else None
    return {"number": slot.number, "state": slot.state(now), "expires": expires}
