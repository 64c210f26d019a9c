"""A registered app by its client id: reading, changing and ending it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice import tokens
from arcgis_keywidget.practice.replies import bad_request, no_such_item, not_permitted
from arcgis_keywidget.practice.roles import ASSIGN_PRIVILEGES, is_personal
from arcgis_keywidget.practice.sharing import catalogue
from arcgis_keywidget.practice.sharing.apps import MARKS, check_maker, check_privileges, describe_app

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call

_GUARDED = ("privileges", "referrers")
"""What a live key depends on."""


def get_app(call: Call) -> dict[str, Any]:
    """`oauth2/apps/{client_id}`: the registered-app document by client id."""
    return describe_app(call, managed_app(call, "portal:admin:viewItems"))


def update_app(call: Call) -> dict[str, Any]:
    """`oauth2/apps/{client_id}/update`: what is sent is changed; `[]` empties, blanks are left alone.

    Privileges, item access (the same array) and referrers: an edit ends both keys, as an older page of the
    documentation has it and Esri's Python client expects; a switch has the other possibilities.
    """
    app = managed_app(call)
    sent = {
        "privileges": _entries(call, "privileges"),
        "referrers": _entries(call, "httpReferrers"),
        "redirect_uris": _entries(call, "redirect_uris"),
    }
    changes = {name: value for name, value in sent.items() if value is not None}
    check_maker(call)
    if "privileges" in changes:
        call.person(ASSIGN_PRIVILEGES)
        check_privileges(call, changes["privileges"], app.owner)
    _write(call, app, changes)
    found = tokens.find_app(call.store, item=app.item)
    assert found is not None  # noqa: S101 (it was there a moment ago, and there is one writer)
    return describe_app(call, found)


def unregister_app(call: Call) -> dict[str, Any]:
    """`oauth2/apps/{client_id}/unregister`: the item stays, its keys and their dates end."""
    app = managed_app(call)
    row = call.store.one("SELECT keywords FROM items WHERE id = ?", app.item)
    kept = [word for word in json.loads(row["keywords"]) if word not in MARKS] if row else []
    with call.store.writing():
        call.store.run("DELETE FROM apps WHERE item = ?", app.item)
        call.store.run(
            "UPDATE items SET keywords = ?, expires1 = -1, expires2 = -1, modified = ? WHERE id = ?",
            *(json.dumps(kept), call.now, app.item),
        )
        catalogue.touch(call.store, app.item, call.now)
    return {"success": True, "itemId": app.item}


def reset_api_key(call: Call) -> dict[str, Any]:
    """`oauth2/apps/{client_id}/resetApiKey`: of legacy keys, which are no more; the words are assumed."""
    managed_app(call)
    raise bad_request("Unable to reset API key.", "The app has no legacy API key.")


def validate_api_key(call: Call) -> dict[str, Any]:
    """`oauth2/validateApiKey`: whether `key` is live and holds the `privilege`s; a legacy key never is.

    The parameters and the member are those of Esri's Python client; that it knows slots' keys is assumed.
    """
    call.person()
    found = tokens.find_key(call.store, call.needed("key"), call.now)
    return {"valid": found is not None and set(call.entries("privilege")) <= set(found[0].privileges)}


def managed_app(call: Call, privilege: str = "portal:admin:updateItems") -> tokens.App:
    """The app in the path, for its owner or an administrator with `privilege`.

    Raises:
        Refusal: CONT_0001 for an unknown client id, 403 for a stranger's app.
    """
    user = call.person()
    app = tokens.find_app(call.store, client_id=call.path["client_id"])
    if app is None:
        raise no_such_item()
    if app.owner != user.username and privilege not in call.known_caller.privileges:
        raise not_permitted()
    return app


def _entries(call: Call, name: str) -> list[str] | None:
    return call.entries(name) if call.text(name) else None


def _write(call: Call, app: tokens.App, changes: dict[str, list[str]]) -> None:
    guarded = [name for name in _GUARDED if name in changes]
    altered = [name for name in guarded if set(changes[name]) != set(getattr(app, name))]
    ends = {"void-changed": altered, "void": guarded, "keep": []}[call.portal.switches.edits]
    privileges = changes.get("privileges", app.privileges)
    personal = app.personal if privileges == app.privileges else any(map(is_personal, privileges))
    lists = [privileges] + [changes.get(name, getattr(app, name)) for name in ("referrers", "redirect_uris")]
    with call.store.writing():
        call.store.run(
            "UPDATE apps SET privileges = ?, referrers = ?, redirect_uris = ?, personal = ?, modified = ?"
            " WHERE item = ?",
            *(*map(json.dumps, lists), personal, call.now, app.item),
        )
        if ends:
            call.store.run("DELETE FROM key_tokens WHERE item = ?", app.item)
