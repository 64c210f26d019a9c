"""What is checked, and what it should open: a key as it will be sent, and the names to look for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from arcgis_keywidget._http import normalise_address
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import ApiKey, Item, Secret, is_item_id, origin_of, session_keys
from arcgis_keywidget.models.token_kinds import TokenKind, kind_of_token
from arcgis_keywidget.privileges import canonical
from arcgis_keywidget.services.key_check import Finding, KeyCheck
from arcgis_keywidget.services.verdicts import key_refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from arcgis_keywidget.models import KeyCredential

_KINDS = {
    TokenKind.API_KEY: "API key",
    TokenKind.LEGACY_KEY: "legacy API key (AAPK…)",
    TokenKind.BASEMAP_SESSION: "token of a basemap session (AAST…)",
}
_NEVER = {
    TokenKind.LEGACY_KEY: (
        "This is a legacy API key; ArcGIS has accepted none since 27 June 2026.",
        "Make an API key credential instead: KeyForm().",
    ),
    TokenKind.BASEMAP_SESSION: (
        "This is the token of a basemap session: it draws basemaps for some hours, and is no key.",
        "Use the API key that the session was started with, or make one: KeyForm().",
    ),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a key should open, whatever its portal says."""

    privileges: tuple[str, ...]
    items: tuple[str, ...]
    promised: frozenset[str]

    @classmethod
    def of(
        cls, credential: KeyCredential | None, items: Iterable[str | Item], privileges: Iterable[str]
    ) -> Wanted:
        """Return what the credential was made with, and what is named besides.

        Raises:
            FieldError: no item id (field ``items``).
        """
        if isinstance(items, str) or isinstance(privileges, str):
            raise TypeError("items and privileges: a list each, not one text.")
        ids = [item.id if isinstance(item, Item) else str(item).strip().lower() for item in items]
        for item in ids:
            if not is_item_id(item):
                raise FieldError("items", f"{item[:80]!r} is no item id; an id has 32 hexadecimal digits.")
        made = tuple(map(canonical, credential.privileges)) if credential else ()
        held = credential.items if credential else ()
        return cls((*made, *map(canonical, privileges)), (*held, *ids), frozenset(made))


@dataclass(frozen=True, slots=True)
class Subject:
    """The key that is checked, and whether it is certain that it is its portal's."""

    key: ApiKey
    known: bool
    now: datetime
    elsewhere: str = ""

    @classmethod
    def of(
        cls,
        key: Secret | ApiKey | str | None,
        portal: str | None,
        credential: KeyCredential | None,
        referrer: str | None,
    ) -> Subject:
        """Return a key with all that is known of it; one of this session stays with its portal.

        Raises:
            FieldError: no key, address or referrer.
            KeyWidgetError: no key is given, and there is none in this session.
        """
        address = normalise_address(portal) if portal else None
        if key is None:
            held = (credential and credential.key) or session_keys.need(address)
        elif isinstance(key, ApiKey):
            held = key
        else:
            held = session_keys.recognise(ApiKey(key))
        known = held in {*session_keys} or bool(credential and credential.key == held)
        other = bool(address and origin_of(address) != held.origin)
        sent = ApiKey(
            Secret(held),
            portal=held.portal if known else address or held.portal,
            expires=held.expires,
            services=None if other else held.services,
            trust=held.trust,
            network=held.network,
            referrer=_sendable(referrer) or held.referrer,
        )
        elsewhere = urlsplit(address or "").hostname or "" if known and other else ""
        return cls(sent, known, datetime.now(UTC), elsewhere)

    @property
    def kind(self) -> str:
        """The kind of token by its shape, in words."""
        kind = kind_of_token(Secret(self.key))
        return _KINDS[kind] if kind else "token of no known shape"

    def unsent(self) -> Finding | None:
        """Return the row of a key that no portal needs to be asked about."""
        kind = kind_of_token(Secret(self.key))
        if kind in _NEVER:
            return key_refused(*_NEVER[kind])
        if self.elsewhere:
            why = f"It is a key of {urlsplit(self.key.portal).hostname}, and is not sent to {self.elsewhere}."
            return key_refused(why, "Check it at its own portal, or make a key at the other one.")
        return None

    def report(self, rows: Sequence[Finding], **told: Any) -> KeyCheck:  # noqa: ANN401 (of KeyCheck)
        """Return the check with these rows and with what the portal told."""
        known: dict[str, Any] = {"kind": self.kind, "expires": self.key.expires, **told}
        return KeyCheck(
            rows=tuple(rows),
            portal=self.key.portal,
            referrer=self.key.referrer,
            slot=self.key.slot,
            checked=self.now,
            **known,
        )


def _sendable(referrer: str | None) -> str | None:
    """Return a referrer as it is sent: any sub-domain will do for a wildcard.

    Raises:
        FieldError: no header can carry it (field ``referrer``).
    """
    text = (referrer or "").strip()
    if not all("!" <= sign <= "~" for sign in text):
        raise FieldError("referrer", "Write the one address that the key was made for, without blanks.")
    return text.replace("*.", "www.") or None
