"""Basemap sessions: tokens for up to twelve hours of one family's vector styles, charged once.

Of Location Platform only; a session's token opens the styles and tiles of its family, no static tiles and
nothing else of the account (documented, *Basemap Styles service, sessions*).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from arcgis_keywidget._http import need
from arcgis_keywidget.errors import FieldError, KeyWidgetError, PrivilegeError
from arcgis_keywidget.models import Secret

if TYPE_CHECKING:
    from arcgis_keywidget.services.keyed import KeyedClient

FAMILIES = ("arcgis", "open")
LONGEST = 43_200
"""Seconds (documented); a session is as long unless asked for shorter."""

_SHORTEST = 10
_MARGIN = timedelta(seconds=300)  # what Esri's own client renews before the end


@dataclass(frozen=True, slots=True)
class Session:
    """A session's token and its end (UTC)."""

    token: Secret = field(repr=False)
    family: str
    expires: datetime

    @property
    def fresh(self) -> bool:
        """Whether it lasts long enough to be handed on."""
        return datetime.now(UTC) + _MARGIN < self.expires


class Sessions:
    """The sessions of one key, one a family; a new one is started only when the last is about to end."""

    def __init__(self) -> None:
        self._held: dict[str, Session] = {}
        self._lock = asyncio.Lock()

    async def get(self, client: KeyedClient, root: str, family: str) -> Session:
        """Return the family's session, started now if need be: that is charged.

        Args:
            client: asks with the key.
            root: of the Basemap Styles service.
            family: ``arcgis`` or ``open``.

        Raises:
            FieldError: no such family.
            KeyWidgetError: the account has no sessions, or the key may not start one.
        """
        async with self._lock:
            held = self._held.get(family)
            if held is None or not held.fresh:
                held = self._held[family] = await start_session(client, root, family)
            return held


async def start_session(client: KeyedClient, root: str, family: str, seconds: int = LONGEST) -> Session:
    """Start a session, which is charged; see `Sessions.get`."""
    if family not in FAMILIES:
        raise FieldError("style", f"Sessions are for the styles of {' and '.join(FAMILIES)}.")
    if not _SHORTEST <= seconds <= LONGEST:
        raise FieldError("seconds", f"A session lasts {_SHORTEST} to {LONGEST} seconds.")
    try:
        reply = await client.get(
            f"{root}/sessions/start", styleFamily=family, durationSeconds=str(seconds), f="json"
        )
        document = reply.document(frozenset({"sessionToken"}))
    except PrivilegeError:
        raise KeyWidgetError(
            "This key may not start a basemap session.",
            "Sessions are offered to ArcGIS Location Platform accounts, for keys with premium:user:basemaps.",
        ) from None
    end = need(document, "endTime", int)
    return Session(need(document, "sessionToken", Secret), family, datetime.fromtimestamp(end / 1000, UTC))
