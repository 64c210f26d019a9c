"""Keys of a credential: the part of `oauth2/token` and `oauth2/revokeToken` that names a slot, `apiToken`.

The client secret is the authority here.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice import tokens
from arcgis_keywidget.practice.replies import oauth_refusal
from arcgis_keywidget.practice.sharing.apps import mark_api_token

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call


def make_key(call: Call) -> dict[str, Any]:
    """The key of a slot, whose date must have been set on the item before.

    `expires_in`: whole seconds to the item's date. The refusals for a slot without a date, and for an active
    one without `regenerateApiToken=true`, are not known; 400 is chosen.
    """
    app, slot = _credential(call)
    expires = call.store.count(f"SELECT expires{slot} FROM items WHERE id = ?", app.item)  # noqa: S608 (slot is 1 or 2)
    if expires <= call.now:
        raise oauth_refusal("invalid_request", f"apiToken{slot}ExpirationDate is not set or has passed")
    if tokens.is_active(call.store, app, slot, call.now) and not call.flag("regenerateApiToken"):
        raise oauth_refusal("invalid_request", f"apiToken {slot} is already active")
    key = tokens.issue_key(call.store, app, slot, expires)
    mark_api_token(call.store, app.item, call.now)
    return {"access_token": key, "expires_in": (expires - call.now) // 1000}


def revoke_key(call: Call) -> dict[str, Any]:
    """End the key of a slot."""
    app, slot = _credential(call)
    tokens.revoke_key(call.store, app, slot, clear=call.portal.switches.revoked_expiry == "clear")
    return {"success": True}


def authenticate(call: Call) -> tokens.App:
    """The app whose secret is sent.

    Raises:
        Refusal: 400 for an unknown app or a wrong secret.
    """
    app = tokens.find_app(call.store, client_id=call.text("client_id"))
    if app is None:
        raise oauth_refusal("invalid_client_id", "Invalid client_id")
    if not hmac.compare_digest(app.client_secret.encode(), call.text("client_secret").encode()):
        raise oauth_refusal("invalid_request", "Invalid client_secret")
    return app


def _is_credential(call: Call, app: tokens.App) -> bool:
    return app.type == "multiple" and call.portal.account.has_api_keys


def _credential(call: Call) -> tuple[tokens.App, int]:
    app = authenticate(call)
    if call.text("apiToken") not in {"1", "2"} or not _is_credential(call, app):
        raise oauth_refusal("invalid_request", "Invalid apiToken")
    return app, int(call.text("apiToken"))
