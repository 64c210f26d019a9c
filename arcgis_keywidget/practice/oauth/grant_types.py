"""`oauth2/token` and `oauth2/revokeToken`: a row for each way to get or end a token.

A user's token that comes along is not looked at (Esri's Python client sends one).
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice import tokens
from arcgis_keywidget.practice.oauth import grants, keys
from arcgis_keywidget.practice.oauth.clients import find_client
from arcgis_keywidget.practice.oauth.lifetimes import ACCESS_TOKEN, OWN_TOKEN, read_minutes
from arcgis_keywidget.practice.replies import NOT_KEPT, bad_request, oauth_refusal, render

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from starlette.responses import Response

    from arcgis_keywidget.practice.call import Call

    Document = dict[str, Any]


def make_token(call: Call) -> Response:
    """`oauth2/token`, by its `grant_type`; no cache may keep the reply."""
    make = _MAKERS.get(call.text("grant_type"))
    if make is None:
        raise oauth_refusal("unsupported_grant_type", "Unsupported grant_type")
    reply = render(make(call), call.text("f", "json"))
    reply.headers.update(NOT_KEPT)
    return reply


def _make_own_token(call: Call) -> Document:
    if call.values("apiToken"):
        return keys.make_key(call)
    app = keys.authenticate(call)
    minutes = read_minutes(call, OWN_TOKEN)
    token = tokens.issue_access_token(
        call.store,
        call.now + minutes * grants.MINUTE,
        maker="application",
        grant=grants.open_own_grant(call.store, app),
    )
    return {"access_token": token, "expires_in": minutes * 60}


def _trade_code(call: Call) -> Document:
    client = _identify_client(call)
    row = grants.check_code(call.store, call.text("code"), client.client_id, call.now)
    if row["redirect_uri"] != call.exact("redirect_uri"):
        raise oauth_refusal("invalid_request", "Invalid redirect_uri")
    if not grants.answers_challenge(row, call.exact("code_verifier")):
        raise oauth_refusal("invalid_request", "Invalid code_verifier")
    grants.spend(call.store, row)
    return _access(call, row) | _refresh(call, row)


def _renew(call: Call) -> Document:
    client = _identify_client(call)
    return _access(
        call, grants.check_refresh_token(call.store, call.text("refresh_token"), client.client_id, call.now)
    )


def _exchange(call: Call) -> Document:
    client = _identify_client(call)
    row = grants.check_refresh_token(call.store, call.text("refresh_token"), client.client_id, call.now)
    if row["redirect_uri"] != call.exact("redirect_uri"):
        raise oauth_refusal("invalid_request", "Invalid redirect_uri")
    grants.spend(call.store, row)
    return _access(call, row) | _refresh(call, row)


_MAKERS: dict[str, Callable[[Call], Document]] = {
    "authorization_code": _trade_code,
    "refresh_token": _renew,
    "exchange_refresh_token": _exchange,
    "client_credentials": _make_own_token,
}


def _identify_client(call: Call) -> tokens.App:
    """The app that asks; it need not know its secret, but a wrong one is refused.

    Raises:
        Refusal: 400 for an unknown app, or a secret that is not its own.
    """
    client = find_client(call.store, call.text("client_id"))
    if client is None:
        raise oauth_refusal("invalid_client_id", "Invalid client_id")
    secret = call.text("client_secret", client.client_secret)
    if not hmac.compare_digest(client.client_secret.encode(), secret.encode()):
        raise oauth_refusal("invalid_request", "Invalid client_secret")
    return client


def _access(call: Call, row: sqlite3.Row) -> Document:
    token = tokens.issue_access_token(
        call.store,
        call.now + ACCESS_TOKEN * grants.MINUTE,
        maker="oauth",
        username=row["username"],
        grant=row["id"],
    )
    return {
        "access_token": token,
        "expires_in": ACCESS_TOKEN * 60,
        "username": row["username"],
        "ssl": call.secure,
    }


def _refresh(call: Call, row: sqlite3.Row) -> Document:
    token = grants.issue_refresh_token(call.store, row["id"], row["minutes"], call.now)
    return {"refresh_token": token, "refresh_token_expires_in": row["minutes"] * 60}


def revoke_token(call: Call) -> Document:
    """`oauth2/revokeToken`: with `apiToken` it ends a slot's key, with `auth_token` an OAuth token.

    Keys, applications' own tokens and tokens of `generateToken` are not revocable by `auth_token`
    (documented), and an unknown token answers success as well. `token_type_hint` changes nothing: a token is
    found whatever the hint says, as OAuth 2.0 asks (RFC 7009).
    """
    if call.values("apiToken"):
        return keys.revoke_key(call)
    if not call.text("auth_token"):
        raise bad_request("'auth_token' parameter must be specified.")
    grants.revoke(call.store, call.text("auth_token"), call.text("client_id"))
    return {"success": True}
