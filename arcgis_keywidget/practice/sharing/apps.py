"""Registered apps: what turns an item into an API key credential."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice import tokens
from arcgis_keywidget.practice.replies import Refusal, bad_request, no_such_item, not_permitted
from arcgis_keywidget.practice.roles import ITEM_ACCESS, MAY_CREATE_KEYS, NOT_FOR_KEYS, is_personal
from arcgis_keywidget.practice.sharing import catalogue
from arcgis_keywidget.practice.sharing.items import own_item, visible_item

if TYPE_CHECKING:
    import sqlite3

    from arcgis_keywidget.practice.call import Call

APP_TYPES = {"browser", "native", "server", "multiple"}
MOST_ITEMS = 100


def register_app(call: Call) -> dict[str, Any]:
    """`registerApp`: the owner registers an item; `multiple` is the type of API key credentials.

    The server adds the keywords, `APIToken` among them: no client sends it. The refusals for a second
    registration, another item type and a bad item are not known; 400 is chosen.
    """
    user = call.person()
    if call.known_caller.client and call.portal.switches.oauth_keys == "refuse":
        raise not_permitted()
    row = visible_item(call, call.needed("itemId"))
    if row["owner"] != user.username:
        raise not_permitted()
    kind = call.needed("appType")
    if kind not in APP_TYPES:
        raise bad_request(
            "Unable to register app.", f"'appType' must be one of {', '.join(sorted(APP_TYPES))}."
        )
    if row["type"] != "Application":
        raise bad_request("Unable to register app.", "The item is no application.")
    if tokens.find_app(call.store, item=row["id"]):
        raise bad_request("Unable to register app.", "The item is already registered.")
    if kind == "multiple":
        call.person(*MAY_CREATE_KEYS)
    privileges = call.entries("privileges")
    check_privileges(call, privileges)
    return describe_app(call, _register(call, row, kind, privileges))


def _register(call: Call, row: sqlite3.Row, kind: str, privileges: list[str]) -> tokens.App:
    personal = call.flag("isPersonalAPIToken") or any(map(is_personal, privileges))
    lists = (call.entries("redirect_uris"), call.entries("httpReferrers"), privileges)
    marks = ["APIToken", "Registered App"] if kind == "multiple" else ["Registered App"]
    keywords = dict.fromkeys([*json.loads(row["keywords"]), *marks])
    with call.store.writing():
        call.store.run(
            "INSERT INTO apps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(
                row["id"],
                secrets.token_urlsafe(12).replace("-", "a").replace("_", "b"),
                secrets.token_hex(16),
                kind,
            ),
            *map(json.dumps, lists),
            *(personal, call.now, call.now),
        )
        call.store.run("UPDATE items SET keywords = ? WHERE id = ?", json.dumps(list(keywords)), row["id"])
        catalogue.touch(call.store, row["id"], call.now)
    app = tokens.find_app(call.store, item=row["id"])
    assert app is not None  # noqa: S101 (written above)
    return app


def check_privileges(call: Call, privileges: list[str]) -> None:
    """Refuse what the caller may not grant.

    Raises:
        Refusal: 500 `Invalid Privileges` for a privilege that the caller lacks (seen in a public issue, for a
            legacy key), 400 for more than 100 items (the documented limit), CONT_0001 for an unknown item.
    """
    items = [name.removeprefix(ITEM_ACCESS) for name in privileges if name.startswith(ITEM_ACCESS)]
    others = {name for name in privileges if not name.startswith(ITEM_ACCESS)}
    refused = sorted(others - call.known_caller.privileges | others.intersection(NOT_FOR_KEYS))
    if refused:
        raise Refusal(500, f"Invalid Privileges: {', '.join(refused)}")
    if len(items) > MOST_ITEMS:
        raise bad_request("Unable to register app.", f"At most {MOST_ITEMS} items can be granted.")
    for item in items:
        visible_item(call, item)


def registered_app_info(call: Call) -> dict[str, Any]:
    """`items/{id}/registeredAppInfo`, for the owner and administrators; holds the client secret."""
    app = tokens.find_app(call.store, item=own_item(call)["id"])
    if app is None:
        raise no_such_item()
    return describe_app(call, app)


def get_app(call: Call) -> dict[str, Any]:
    """`oauth2/apps/{client_id}`: the same document by client id."""
    user = call.person()
    app = tokens.find_app(call.store, client_id=call.path["client_id"])
    if app is None:
        raise no_such_item()
    if app.owner != user.username and "portal:admin:viewItems" not in call.known_caller.privileges:
        raise not_permitted()
    return describe_app(call, app)


def describe_app(call: Call, app: tokens.App) -> dict[str, Any]:
    """The registered-app document (arcgis-rest-js's fixtures)."""
    return {
        "itemId": app.item,
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "appType": app.type,
        "redirect_uris": app.redirect_uris,
        "registered": app.registered,
        "modified": app.modified,
        **dict.fromkeys(("apnsProdCert", "apnsSandboxCert", "gcmApiKey")),
        "httpReferrers": app.referrers,
        "privileges": app.privileges,
        "isBeta": False,
        "isPersonalAPIToken": app.personal,
        **{
            f"apiToken{slot}Active": tokens.is_active(call.store, app, slot, call.now)
            for slot in tokens.SLOTS
        },
        "customAppLoginShowTriage": False,
    }
