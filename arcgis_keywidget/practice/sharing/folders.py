"""A user's folders, one level deep, and what is in them."""

from __future__ import annotations

import secrets
import sqlite3
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.replies import bad_request, is_protected, not_permitted
from arcgis_keywidget.practice.sharing.items import list_page

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call

LONGEST_TITLE = 250
_MISSING = "Folder does not exist or is inaccessible."


def list_content(call: Call) -> dict[str, Any]:
    """`content/users/{u}[/{folder}]`: a folder's items, by page; the root names the folders too."""
    owner = find_owner(call, "portal:admin:viewItems")
    folder = find_folder(call, owner)
    found = list_page(call, "owner = ? AND folder IS ?", (owner, folder and folder["id"]))
    folders = call.store.rows("SELECT * FROM folders WHERE owner = ? ORDER BY created, rowid", owner)
    return {
        "username": owner,
        **found,
        "currentFolder": folder and _describe(folder),
        "folders": [] if folder else [_describe(row) for row in folders],
    }


def create_folder(call: Call) -> dict[str, Any]:
    """`createFolder`: titles are unique per user, large and small letters alike.

    A taken one is refused as documented for update.
    """
    owner = find_owner(call)
    title = _read_title(call, "create", "title")
    folder = secrets.token_hex(16)
    try:
        with call.store.writing():
            call.store.run("INSERT INTO folders VALUES (?, ?, ?, ?)", folder, owner, title, call.now)
    except sqlite3.IntegrityError:
        raise _taken("create", title) from None
    return {"success": True, "folder": {"username": owner, "id": folder, "title": title}}


def update_folder(call: Call) -> dict[str, Any]:
    """`{folder}/updateFolder`: another title, `newTitle`; a taken one is refused (all documented)."""
    folder = _own_folder(call)
    title = _read_title(call, "update", "newTitle")
    try:
        with call.store.writing():
            call.store.run("UPDATE folders SET title = ? WHERE id = ?", title, folder["id"])
    except sqlite3.IntegrityError:
        raise _taken("update", title) from None
    return {"success": True}


def delete_folder(call: Call) -> dict[str, Any]:
    """`{folder}/delete`: with everything in it (documented); refused while an item in it is protected.

    That a protected item holds the whole folder is assumed.
    """
    folder = _own_folder(call, "portal:admin:deleteItems")
    if call.store.one("SELECT 1 FROM items WHERE folder = ? AND protected", folder["id"]):
        raise is_protected(int(call.portal.switches.protected))
    with call.store.writing():
        call.store.run("DELETE FROM folders WHERE id = ?", folder["id"])
    named = {"username": folder["owner"], "id": folder["id"], "title": folder["title"]}
    return {"success": True, "folder": named}


def find_owner(call: Call, privilege: str | None = None) -> str:
    """The user in the path, who must call herself, or an administrator with `privilege`.

    Raises:
        Refusal: 403 for anybody else.
    """
    user = call.person(*([] if privilege else ["portal:user:createItem"]))
    owner = call.path["username"]
    if owner == user.username:
        return owner
    members = {user.username for user in call.portal.users}
    if privilege not in call.known_caller.privileges or owner not in members:
        raise not_permitted()
    return owner


def find_folder(call: Call, owner: str) -> sqlite3.Row | None:
    """The folder in the path; None where the path names none, or `/` for the root.

    Raises:
        Refusal: 400 when the user has no such folder.
    """
    return find_place(call, owner, call.path["folder"]) if "folder" in call.path else None


def find_place(call: Call, owner: str, folder: str) -> sqlite3.Row | None:
    """A user's folder by its id; None for `/`, the root.

    Raises:
        Refusal: 400 when the user has no such folder.
    """
    if folder == "/":
        return None
    row = call.store.one("SELECT * FROM folders WHERE id = ? AND owner = ?", folder, owner)
    if row is None:
        raise bad_request(_MISSING)
    return row


def _own_folder(call: Call, privilege: str = "portal:admin:updateItems") -> sqlite3.Row:
    folder = find_folder(call, find_owner(call, privilege))
    if folder is None:
        raise bad_request(_MISSING)
    return folder


def _read_title(call: Call, action: str, parameter: str) -> str:
    title = call.needed(parameter)
    if len(title) > LONGEST_TITLE:
        raise bad_request(f"Unable to {action} folder.", f"Folder title exceeds {LONGEST_TITLE} characters.")
    return title


def _taken(action: str, title: str) -> Exception:
    return bad_request(f"Unable to {action} folder.", f"Folder title '{title}' not available.")


def _describe(row: sqlite3.Row) -> dict[str, Any]:
    return {"username": row["owner"], "id": row["id"], "title": row["title"], "created": row["created"]}
