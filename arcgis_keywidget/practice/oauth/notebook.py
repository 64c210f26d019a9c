"""The app that notebooks sign in with: registered from the start, as an administrator does for a class."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING

from arcgis_keywidget.practice.oauth.clients import OUT_OF_BAND
from arcgis_keywidget.practice.sharing.items import INSERT, make_item

if TYPE_CHECKING:
    from arcgis_keywidget.practice.store import Store

CLIENT_ID = "practiceNotebook"
"""Of every practice portal, so that a lesson can print it; as long as a real one."""
TITLE = "Notebook sign-in (practice)"
ITEM = hashlib.sha256(CLIENT_ID.encode()).hexdigest()[:32]


def seed_app(store: Store, owner: str, now: int) -> None:
    """Register the app if it is not there: out of band, without privileges; no search finds its item.

    Args:
        store: the portal's memory.
        owner: who has registered it.
        now: milliseconds since 1970.
    """
    item = make_item(ITEM, owner, "Application", TITLE, now, snippet="For KeyForm's sign-in in the browser.")
    lists = map(json.dumps, ([OUT_OF_BAND], [], []))
    with store.writing():
        store.run_many(INSERT, [item | {"keywords": json.dumps(["Registered App"])}])
        store.run(
            "INSERT OR IGNORE INTO apps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(ITEM, CLIENT_ID, secrets.token_hex(16), "multiple"),
            *(*lists, 0, now, now),
        )
