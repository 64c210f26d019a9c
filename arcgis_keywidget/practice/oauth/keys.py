"""`oauth2/token` and `oauth2/revokeToken`: keys of a credential.

The client secret is the authority here; a token that comes along is not looked at (Esri's Python client sends
one).
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice import tokens
from arcgis_keywidget.practice.replies import bad_request, oauth_refusal

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call


def make_token(call: Call) -> dict[str, Any]:
    """`oauth2/token` with `apiToken`: the key of a slot, whose date must have been set on the item before.

    `expires_in`: whole seconds to the item's date. The refusals for a slot without a date, and for an active
    one without `regenerateApiToken=true`, are not known; 400 is chosen.
    """
    if call.text("grant_type") != "client_credentials":
        raise oauth_refusal("unsupported_grant_type", "Unsupported grant_type")
    app, slot = _credential(call)
    expires = call.store.count(f"SELECT expires{slot} FROM items WHERE id = ?", app.item)  # noqa: S608 (slot is 1 or 2)
    if expires <= call.now:
        raise oauth_refusal("invalid_request", f"apiToken{slot}ExpirationDate is not set or has passed")
    if tokens.is_active(call.store, app, slot, call.now) and not call.flag("regenerateApiToken"):
        raise oauth_refusal("invalid_request", f"apiToken {slot} is already active")
    key = tokens.issue_key(call.store, app, slot, expires)
    return {"access_token": key, "expires_in": (expires - call.now) // 1000}


def revoke_token(call: Call) -> dict[str, Any]:
    """`oauth2/revokeToken`: with `apiToken` it ends a slot's key, with `auth_token` nothing but says success.

    Keys and tokens of `generateToken` are not revocable by `auth_token` (documented), and an unknown token
    answers success as well.
    """
    if not call.text("apiToken"):
        if not call.text("auth_token"):
            raise bad_request("'auth_token' parameter must be specified.")
        return {"success": True}
    app, slot = _credential(call)
    tokens.revoke_key(call.store, app, slot)
    return {"success": True}


def _credential(call: Call) -> tuple[tokens.App, int]:
    app = tokens.find_app(call.store, client_id=call.text("client_id"))
    if app is None:
        raise oauth_refusal("invalid_client_id", "Invalid client_id")
    if not hmac.compare_digest(app.client_secret.encode(), call.text("client_secret").encode()):
        raise oauth_refusal("invalid_request", "Invalid client_secret")
    if call.text("apiToken") not in {"1", "2"} or app.type != "multiple":
        raise oauth_refusal("invalid_request", "Invalid apiToken")
    return app, int(call.text("apiToken"))
