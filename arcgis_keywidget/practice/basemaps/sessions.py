"""Basemap sessions: tokens for up to twelve hours of one family's styles and tiles.

Esri's own session tokens hold their end and family in themselves and neither Referer nor key (a sample in
Esri's maplibre-arcgis); so here a session is bound to no Referer and goes on when its key ends: assumed.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from arcgis_keywidget.practice.tokens import digest

if TYPE_CHECKING:
    from arcgis_keywidget.practice.store import Store

SHORTEST, LONGEST = 10, 43_200
"""Seconds; the longest is documented, the shortest is what Esri's client allows."""


def issue_session(store: Store, family: str, expires: int) -> str:
    """Make a session token for a family of styles; `expires`: milliseconds since 1970."""
    token = f"AASTpractice{secrets.token_urlsafe(96)}"
    with store.writing():
        store.run("INSERT INTO sessions VALUES (?, ?, ?)", digest(token), family, expires)
    return token


def find_session(store: Store, token: str, now: int) -> str | None:
    """The family of a session token that has not expired. `now`: milliseconds since 1970."""
    row = store.one("SELECT family FROM sessions WHERE hash = ? AND expires > ?", digest(token), now)
    return str(row["family"]) if row else None
