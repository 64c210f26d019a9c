"""Grants: what a person allowed an app, and the codes and tokens that come from it.

A grant is the root: when it goes, its refresh tokens and access tokens go with it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from arcgis_keywidget.practice import tokens
from arcgis_keywidget.practice.oauth.clients import BUILT_IN
from arcgis_keywidget.practice.replies import Refusal, oauth_refusal

if TYPE_CHECKING:
    import sqlite3

    from arcgis_keywidget.practice.oauth.sign_ins import SignIn
    from arcgis_keywidget.practice.store import Store

MINUTE = 60_000
CODE_LIFE = 10 * MINUTE


def open_grant(store: Store, asked: SignIn, username: str) -> int:
    """Note that a person allows what an app asked for; its number."""
    client = asked.client
    return _insert(
        store,
        *(client.client_id, None if client.client_id in BUILT_IN else client.item, username),
        *(asked.redirect_uri, asked.challenge, asked.method, asked.minutes),
    )


def open_own_grant(store: Store, app: tokens.App) -> int:
    """Note that an app signs in as itself; its number."""
    return _insert(store, app.client_id, app.item, None, "", "", "", 0)


def _insert(store: Store, *values: str | int | None) -> int:
    with store.writing():
        store.run(
            "INSERT INTO grants (client, app, username, redirect_uri, challenge, method, minutes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            *values,
        )
        return store.count("SELECT last_insert_rowid()")


def issue_code(store: Store, grant: int, now: int) -> str:
    """Make the code that an app trades for tokens, once and within ten minutes."""
    return _issue(store, grant, "code", now + CODE_LIFE)


def issue_refresh_token(store: Store, grant: int, minutes: int, now: int) -> str:
    """Make a refresh token that lives so many minutes."""
    return _issue(store, grant, "refresh", now + minutes * MINUTE)


def _issue(store: Store, grant: int, kind: str, expires: int) -> str:
    token = secrets.token_urlsafe(96 if kind == "refresh" else 48)
    with store.writing():
        store.run(
            "INSERT INTO grant_tokens (hash, grant_id, kind, expires) VALUES (?, ?, ?, ?)",
            *(tokens.digest(token), grant, kind, expires),
        )
    return token


def find(store: Store, kind: str, token: str) -> sqlite3.Row | None:
    """The grant of a code or refresh token with its end, spent or not."""
    return store.one(
        "SELECT grants.*, hash, expires, spent FROM grant_tokens JOIN grants ON grants.id = grant_id"
        " WHERE hash = ? AND kind = ?",
        *(tokens.digest(token), kind),
    )


def check_code(store: Store, code: str, client_id: str, now: int) -> sqlite3.Row:
    """The grant of a code that can still be used.

    Raises:
        Refusal: 400 for an unknown, expired or used code, or another app's. A code that comes twice has been
            overheard: its grant ends, as OAuth 2.0 advises (RFC 6749, 4.1.2).
    """
    row = find(store, "code", code)
    if row is not None and row["client"] == client_id and row["spent"]:
        end(store, row["id"])
    if row is None or row["client"] != client_id or row["spent"] or row["expires"] <= now:
        raise oauth_refusal("invalid_request", "Invalid code")
    return row


def spend(store: Store, row: sqlite3.Row) -> None:
    """Mark a code or refresh token as used."""
    with store.writing():
        store.run("UPDATE grant_tokens SET spent = 1 WHERE hash = ?", row["hash"])


def check_refresh_token(store: Store, token: str, client_id: str, now: int) -> sqlite3.Row:
    """The grant of a refresh token.

    Raises:
        Refusal: 400 for an unknown or spent one, or another app's; 498 when it has expired (arcgis-rest-js's
            fixtures).
    """
    row = find(store, "refresh", token)
    if row is None or row["client"] != client_id or row["spent"]:
        raise oauth_refusal("invalid_request", "Invalid refresh_token")
    if row["expires"] <= now:
        raise Refusal(498, "refresh_token expired", oauth="invalid_request")
    return row


def answers_challenge(row: sqlite3.Row, verifier: str) -> bool:
    """Whether a PKCE verifier belongs to a grant's challenge; a grant without one takes none (RFC 7636)."""
    if not row["challenge"]:
        return not verifier
    given = verifier.encode()
    if row["method"] == "S256":
        given = base64.urlsafe_b64encode(hashlib.sha256(given).digest()).rstrip(b"=")
    return hmac.compare_digest(given, row["challenge"].encode())


def end(store: Store, grant: int) -> None:
    """End a grant and every token of it."""
    with store.writing():
        store.run("DELETE FROM grants WHERE id = ?", grant)


def revoke(store: Store, token: str, client_id: str) -> None:
    """End a person's OAuth access token, or a refresh token with its whole grant; unknown ones are nothing.

    Whether the real portal ends the access tokens of a revoked refresh token is not documented; OAuth 2.0
    advises it (RFC 7009).

    Args:
        store: the portal's memory.
        token: of either kind.
        client_id: another app's token is left alone; blank for any.
    """
    with store.writing():
        store.run(
            "DELETE FROM grants WHERE (client = ? OR ? = '') AND id IN"
            " (SELECT grant_id FROM grant_tokens WHERE hash = ? AND kind = 'refresh')",
            *(client_id, client_id, tokens.digest(token)),
        )
        store.run(
            "DELETE FROM access_tokens WHERE hash = ? AND maker = 'oauth' AND grant_id IN"
            " (SELECT id FROM grants WHERE client = ? OR ? = '')",
            *(tokens.digest(token), client_id, client_id),
        )
