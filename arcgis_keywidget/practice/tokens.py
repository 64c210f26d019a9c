"""The tokens that the portal issues: short-lived ones for people, long-lived keys of a credential.

Only their SHA-256 is kept. A key's shape is the documented one: the slot's digit stands tenth from the end,
and the last eight characters are the last eight of the credential's client id.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

    from arcgis_keywidget.practice.store import Store

SLOTS = (1, 2)
MAKERS = ("generateToken", "serverToken", "oauth", "application")
"""What access tokens come from: a password, another token, a person's OAuth grant, an app's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A registered app: what makes an item a credential."""

    item: str
    owner: str
    title: str
    client_id: str
    client_secret: str = field(repr=False)
    type: str
    redirect_uris: list[str]
    referrers: list[str]
    privileges: list[str]
    personal: bool
    registered: int
    modified: int


def find_app(store: Store, *, item: str | None = None, client_id: str | None = None) -> App | None:
    """The app of an item, or with a client id."""
    column, value = ("item", item) if client_id is None else ("client_id", client_id)
    row = store.one(
        f"SELECT apps.*, owner, title FROM apps JOIN items ON items.id = item WHERE {column} = ?",  # noqa: S608 (one of two words)
        value,
    )
    return _app(row) if row else None


def _app(row: sqlite3.Row) -> App:
    fields: dict[str, Any] = dict(row)
    for name in ("redirect_uris", "referrers", "privileges"):
        fields[name] = json.loads(fields[name])
    return App(**fields | {"personal": bool(fields["personal"])})


def digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def issue_access_token(
    store: Store,
    expires: int,
    *,
    maker: str,
    username: str | None = None,
    referer: str | None = None,
    ip: str | None = None,
    grant: int | None = None,
    parent: str | None = None,
) -> str:
    """Make a token of a person or of an application, bound to a Referer or to an address where one is given.

    Args:
        store: the portal's memory.
        expires: milliseconds since 1970.
        maker: what gives it, see `MAKERS`.
        username: whose token; None for an application's own.
        referer: the Referer that requests must carry.
        ip: the address that requests must come from.
        grant: the OAuth grant that it comes from and ends with.
        parent: the access token that it was made for and ends with.
    """
    token = secrets.token_urlsafe(96)
    values = (digest(token), maker, username, expires, referer, ip, grant, parent and digest(parent))
    with store.writing():
        store.run("INSERT INTO access_tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *values)
    return token


def issue_key(store: Store, app: App, slot: int, expires: int) -> str:
    """Make the key of a slot; the slot's old key ends at once. `expires`: milliseconds since 1970."""
    key = f"AAPTpractice{secrets.token_urlsafe(180)}.AT{slot}_{app.client_id[-8:]}"
    with store.writing():
        store.run("DELETE FROM key_tokens WHERE item = ? AND slot = ?", app.item, slot)
        store.run("INSERT INTO key_tokens VALUES (?, ?, ?, ?)", digest(key), app.item, slot, expires)
    return key


def revoke_key(store: Store, app: App, slot: int, *, clear: bool = False) -> None:
    """End the key of a slot, if there is one, and on demand the slot's date."""
    with store.writing():
        if clear:
            store.run(f"UPDATE items SET expires{slot} = -1 WHERE id = ?", app.item)  # noqa: S608 (1 or 2)
        store.run("DELETE FROM key_tokens WHERE item = ? AND slot = ?", app.item, slot)


def is_active(store: Store, app: App, slot: int, now: int) -> bool:
    """Whether a slot holds a key that is still good. `now`: milliseconds since 1970."""
    row = store.one(
        "SELECT 1 FROM key_tokens WHERE item = ? AND slot = ? AND expires > ?", app.item, slot, now
    )
    return row is not None


def find_access_token(store: Store, token: str, now: int) -> sqlite3.Row | None:
    """Maker, owner, client and bounds of a token that has not expired, of whatever but a key."""
    return store.one(
        "SELECT access_tokens.*, client FROM access_tokens LEFT JOIN grants ON grants.id = grant_id"
        " WHERE hash = ? AND expires > ?",
        digest(token),
        now,
    )


def find_key(store: Store, token: str, now: int) -> tuple[App, int] | None:
    """The credential of a key that has not expired, and the key's end in milliseconds since 1970."""
    row = store.one("SELECT item, expires FROM key_tokens WHERE hash = ? AND expires > ?", digest(token), now)
    app = row and find_app(store, item=row["item"])
    return (app, row["expires"]) if row and app else None
