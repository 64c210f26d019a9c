"""What stays beside a kept key, so that its portal can be asked about it later: nothing secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import ApiKey, KeyCredential, Secret, is_item_id, origin_of, session_keys
from arcgis_keywidget.models.token_kinds import TokenKind, kind_of_token, refuse_kinds

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Where: TypeAlias = Literal["keyring", ".env"]
"""The places that keep a key."""

_LONGEST_NAME = 250  # characters, as a title in the portal; a Windows vault takes 1,280 for everything


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptKey:
    """A key that is kept for later sessions, without the key.

    Attributes:
        name: what `load` takes; large and small letters are the same.
        portal: address of the portal that gave the key.
        item_id: the credential's item, empty where it is not known.
        title: the credential's, empty where it is not known.
        expires: the end of the key (UTC), None where it is not known.
        slot: 1 or 2, None where the key does not tell.
        referrer: the Referer that goes with the key, None for none of its own.
        trust: further hosts that may see the key.
        where: ``keyring`` or ``.env``.
        place: the same in words: which keyring, or which file and variable.
    """

    name: str
    portal: str
    item_id: str = ""
    title: str = ""
    expires: datetime | None = None
    slot: int | None = None
    referrer: str | None = None
    trust: tuple[str, ...] = ()
    where: Where = "keyring"
    place: str = ""

    @property
    def origin(self) -> str:
        """Scheme, host and port of the portal."""
        return origin_of(self.portal)

    def is_named(self, name: str, portal: str | None = None) -> bool:
        """Whether it is kept under a name, and is of a portal where one is given."""
        same = self.name.casefold() == name.strip().casefold()
        return same and (portal is None or self.origin == origin_of(portal))

    def is_of(self, credential: KeyCredential) -> bool:
        """Whether it is the key of this credential, or of its other slot."""
        return credential.key is not None and self.is_of_any(credential.key.portal, {credential.item_id})

    def is_of_any(self, portal: str, items: Collection[str]) -> bool:
        """Whether it is a key of a credential among these, of the portal with this address."""
        return self.item_id in items and self.origin == origin_of(portal)

    def check_replaces(self, other: KeptKey) -> None:
        """Refuse to take the place of another credential's key; a newer one of the same item may.

        Raises:
            FieldError: it would (field ``name``).
        """
        if self.item_id and other.item_id and self.item_id != other.item_id:
            message = (
                f"Another credential's key is kept as '{other.name}': choose a name, or unkeep that one."
            )
            raise FieldError("name", message)

    def as_document(self) -> dict[str, Any]:
        """Return what is written beside the key."""
        return {
            "name": self.name,
            "portal": self.portal,
            "item": self.item_id,
            "title": self.title,
            "expires": self.expires.isoformat() if self.expires else None,
            "slot": self.slot,
            "referrer": self.referrer,
            "trust": list(self.trust),
        }

    @classmethod
    def of_document(cls, document: Mapping[str, Any], where: Where, place: str) -> KeptKey | None:
        """Return what was written beside a key, None for what is not of ours."""
        try:
            expires = document["expires"]
            kept = cls(
                name=str(document["name"]),
                portal=str(document["portal"]),
                item_id=str(document["item"]),
                title=str(document["title"]),
                expires=datetime.fromisoformat(expires) if expires else None,
                slot=document["slot"] if document["slot"] in {1, 2} else None,
                referrer=str(document["referrer"]) if document["referrer"] else None,
                trust=tuple(map(str, document["trust"])),
                where=where,
                place=place,
            )
            origin_of(kept.portal)
        except (KeyError, TypeError, ValueError):
            return None
        return kept if kept._is_sound() else None

    def _is_sound(self) -> bool:
        """Whether it can be what was written: a place may hold anything, and this is shown and sent."""
        texts = (self.name, self.portal, self.referrer or "", *self.trust)
        return (
            bool(self.name)
            and all(text.isprintable() for text in texts)
            and (not self.item_id or is_item_id(self.item_id))
            and (self.expires is None or self.expires.tzinfo is not None)
        )


def describe(credential: KeyCredential | ApiKey | Secret, name: str | None) -> tuple[KeptKey, ApiKey]:
    """Return what is to be kept of a key, and the key.

    Args:
        credential: a credential with its key, or a key.
        name: what it shall be called; the credential's title unless given.

    Raises:
        FieldError: no key, one of a kind that is not kept, or no name.
    """
    key = _key_of(credential)
    whole = credential if isinstance(credential, KeyCredential) else None
    title = whole.title if whole else ""
    called = (title if name is None else name).strip()
    if not called:
        raise FieldError("name", "Nothing here tells this key's title; name it: keep(key, name='My key').")
    if len(called) > _LONGEST_NAME or not called.isprintable():
        raise FieldError("name", f"Choose a name on one line, of at most {_LONGEST_NAME} characters.")
    kept = KeptKey(
        name=called,
        portal=key.portal,
        item_id=whole.item_id if whole else "",
        title=title,
        expires=key.expires,
        slot=key.slot,
        referrer=key.referrer,
        trust=key.trust,
    )
    return kept, key


def _key_of(credential: KeyCredential | ApiKey | Secret) -> ApiKey:
    if isinstance(credential, KeyCredential):
        if credential.key is None:
            raise FieldError("credential", "This credential holds no key; generate one first.")
        return credential.key
    secret = Secret(credential)
    refuse_kinds("credential", secret, TokenKind.LEGACY_KEY, TokenKind.BASEMAP_SESSION)
    if isinstance(credential, ApiKey):
        return credential
    key = session_keys.recognise(ApiKey(secret))
    if key not in {*session_keys} and kind_of_token(secret) is not TokenKind.API_KEY:
        raise FieldError("credential", "Only API keys are kept, no passwords and no other secrets.")
    return key
