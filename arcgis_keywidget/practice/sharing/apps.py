"""Registered apps: what turns an item into an API key credential."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice import tokens
from arcgis_keywidget.practice.replies import Refusal, bad_request, no_such_item, not_permitted
from arcgis_keywidget.practice.roles import (
    ASSIGN_PRIVILEGES,
    ITEM_ACCESS,
    MAY_CREATE_KEYS,
    NOT_FOR_KEYS,
    is_personal,
)
from arcgis_keywidget.practice.sharing import catalogue
from arcgis_keywidget.practice.sharing.items import own_item, visible_item

if TYPE_CHECKING:
    import sqlite3

    from arcgis_keywidget.practice.call import Call
    from arcgis_keywidget.practice.store import Store

APP_TYPES = {"browser", "native", "server", "multiple"}
MOST_ITEMS = 100
MARKS = ("APIToken", "Registered App")
"""The type keywords that the server gives."""


def register_app(call: Call) -> dict[str, Any]:
    """`registerApp`: the owner registers an item; `multiple` is the type of API key credentials.

    The server adds the keywords, `APIToken` among them: no client sends it. The refusals for a second
    registration, another item type and a bad item are not known; 400 is chosen.
    """
    user = call.person()
    check_maker(call)
    row = visible_item(call, call.needed("itemId"))
    if row["owner"] != user.username:
        raise not_permitted()
    kind, privileges = _read_kind(call), call.entries("privileges")
    if row["type"] != "Application":
        raise _cannot("The item is no application.")
    if tokens.find_app(call.store, item=row["id"]):
        raise _cannot("The item is already registered.")
    if kind == "multiple":
        call.person(*MAY_CREATE_KEYS)
    if privileges:
        call.person(ASSIGN_PRIVILEGES)
    if privileges and not call.portal.account.has_api_keys:
        raise _cannot("API key credentials need ArcGIS Enterprise 11.4 or later.")
    check_privileges(call, privileges, user.username)
    return describe_app(call, _register(call, row, kind, privileges))


def _read_kind(call: Call) -> str:
    kind = call.needed("appType")
    if kind == "apikey":
        raise _cannot("Legacy API keys can no longer be created.")
    if kind not in APP_TYPES:
        raise _cannot(f"'appType' must be one of {', '.join(sorted(APP_TYPES))}.")
    return kind


def _cannot(why: str) -> Refusal:
    return bad_request("Unable to register app.", why)


def _register(call: Call, row: sqlite3.Row, kind: str, privileges: list[str]) -> tokens.App:
    personal = call.flag("isPersonalAPIToken") or any(map(is_personal, privileges))
    lists = (call.entries("redirect_uris"), call.entries("httpReferrers"), privileges)
    # An application for signing in is registered without privileges: it is no credential of keys.
    at_once = kind == "multiple" and privileges and call.portal.switches.key_keyword == "registration"
    marks = MARKS if at_once else MARKS[1:]
    own = json.loads(row["keywords"]) if call.portal.switches.own_keywords == "keep" else []
    keywords = dict.fromkeys([*own, *marks])
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


def check_maker(call: Call) -> None:
    """Refuse a person's OAuth token where the switch says so.

    Raises:
        Refusal: 403.
    """
    if call.known_caller.maker == "oauth" and call.portal.switches.oauth_keys == "refuse":
        raise not_permitted()


def check_privileges(call: Call, privileges: list[str], owner: str) -> None:
    """Refuse what the caller may not grant, or may not grant to another: she could make herself more of it.

    Raises:
        Refusal: 500 `Invalid Privileges` for a privilege that the caller or the owner lacks (seen in a public
            issue, for a legacy key; about the owner assumed), 400 for more than 100 items (the documented
            limit), CONT_0001 for an unknown item.
    """
    items = [name.removeprefix(ITEM_ACCESS) for name in privileges if name.startswith(ITEM_ACCESS)]
    others = {name for name in privileges if not name.startswith(ITEM_ACCESS)}
    held = call.known_caller.privileges & call.portal.reception.privileges_of(owner)
    refused = sorted(others - held | others.intersection(NOT_FOR_KEYS))
    if refused:
        raise Refusal(500, f"Invalid Privileges: {', '.join(refused)}")
    if len(items) > MOST_ITEMS:
        raise _cannot(f"At most {MOST_ITEMS} items can be granted.")
    for item in items:
        visible_item(call, item)


def mark_api_token(store: Store, item: str, now: int) -> None:
    """Give an item the keyword of API key credentials if it has none yet; `now`: milliseconds since 1970."""
    row = store.one("SELECT keywords FROM items WHERE id = ?", item)
    if row is None or MARKS[0] in json.loads(row["keywords"]):
        return
    with store.writing():
        keywords = [*json.loads(row["keywords"]), MARKS[0]]
        store.run("UPDATE items SET keywords = ? WHERE id = ?", json.dumps(keywords), item)
        catalogue.touch(store, item, now)


def registered_app_info(call: Call) -> dict[str, Any]:
    """`items/{id}/registeredAppInfo`, for the owner and administrators; holds the client secret."""
    app = tokens.find_app(call.store, item=own_item(call)["id"])
    if app is None:
        raise no_such_item()
    return describe_app(call, app)


def describe_app(call: Call, app: tokens.App) -> dict[str, Any]:
    """The registered-app document (arcgis-rest-js's fixtures); Enterprise 11.3 knows no slots (assumed)."""
    slots = tokens.SLOTS if call.portal.account.has_api_keys else ()
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
        **{f"apiToken{slot}Active": tokens.is_active(call.store, app, slot, call.now) for slot in slots},
        "customAppLoginShowTriage": False,
    }
