"""Content: folders and items of a user."""

from __future__ import annotations

import json
import secrets
import sqlite3
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.replies import bad_request, not_permitted
from arcgis_keywidget.practice.sharing import catalogue
from arcgis_keywidget.practice.sharing.items import describe_item, list_page, own_item, visible_item

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call

LONGEST_TITLE = 250
TEXTS = ("description", "snippet", "accessInformation", "licenseInfo", "culture", "url")
SYSTEM_KEYWORDS = {"Application", "APIToken", "Registered App"}


def get_item(call: Call) -> dict[str, Any]:
    """`content/items/{id}`: any item that the caller may see."""
    row = visible_item(call, call.path["item"])
    own = call.caller is not None and call.caller.app is None and call.caller.user.username == row["owner"]
    return describe_item(row, call.root, own=own)


def get_own_item(call: Call) -> dict[str, Any]:
    """`content/users/{u}/items/{id}`: the owner's view, which wraps the item."""
    row = own_item(call, "portal:admin:viewItems")
    sharing = {"access": row["access"], "groups": []}
    return {"item": describe_item(row, call.root), "sharing": sharing}


def list_content(call: Call) -> dict[str, Any]:
    """`content/users/{u}[/{folder}]`: a folder's items, by page; the root names the folders too."""
    owner = _owner(call, "portal:admin:viewItems")
    folder = _folder(call, owner)
    place = folder and folder["id"]
    found = list_page(call, "owner = ? AND folder IS ?", (owner, place))
    folders = call.store.rows("SELECT * FROM folders WHERE owner = ? ORDER BY created, rowid", owner)
    return {
        "username": owner,
        **found,
        "currentFolder": folder and _describe_folder(folder),
        "folders": [] if folder else [_describe_folder(row) for row in folders],
    }


def create_folder(call: Call) -> dict[str, Any]:
    """`createFolder`: titles are unique per user; a taken one is refused as documented for update."""
    owner = _owner(call)
    title = call.needed("title")
    if len(title) > LONGEST_TITLE:
        raise bad_request("Unable to create folder.", f"Folder title exceeds {LONGEST_TITLE} characters.")
    folder = secrets.token_hex(16)
    try:
        with call.store.writing():
            call.store.run("INSERT INTO folders VALUES (?, ?, ?, ?)", folder, owner, title, call.now)
    except sqlite3.IntegrityError:
        raise bad_request("Unable to create folder.", f"Folder title '{title}' not available.") from None
    return {"success": True, "folder": {"username": owner, "id": folder, "title": title}}


def add_item(call: Call) -> dict[str, Any]:
    """`addItem`, in the root or a folder.

    Expiry dates sent here are not kept: a key's date can be set only once the item is registered.
    """
    owner = _owner(call)
    folder = _folder(call, owner)
    title, kind = call.text("title"), call.text("type")
    if not title or not kind:
        raise bad_request("'type' and 'title' property required.")
    _check_title(title)
    keywords = [*({"Application"} & {kind}), *call.entries("typeKeywords")]
    fields = {name: value for name in TEXTS if (value := call.text(name))}
    item, place = secrets.token_hex(16), folder["id"] if folder else None
    with call.store.writing():
        call.store.run(
            "INSERT INTO items (id, owner, folder, type, title, created, modified, keywords, tags, fields)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(item, owner, place, kind, title, call.now, call.now),
            *(json.dumps(value) for value in (list(dict.fromkeys(keywords)), call.entries("tags"), fields)),
        )
        catalogue.touch(call.store, item, call.now)
    return {"success": True, "id": item, "folder": place or ""}


def update_item(call: Call) -> dict[str, Any]:
    """`update`: what is sent is changed, blanks are left alone unless `clearEmptyFields` is true.

    The date of one slot touches neither the other slot nor a live key; on an item without a registered app a
    date is not kept.
    """
    row = own_item(call)
    title = call.text("title", row["title"])
    _check_title(title)
    registered = call.store.one("SELECT 1 FROM apps WHERE item = ?", row["id"])
    dates = [call.expiry(f"apiToken{slot}ExpirationDate") if registered else None for slot in (1, 2)]
    expires = [row[f"expires{slot}"] if date is None else date for slot, date in enumerate(dates, 1)]
    with call.store.writing():
        call.store.run(
            "UPDATE items SET title = ?, modified = ?, keywords = ?, tags = ?, fields = ?,"
            " expires1 = ?, expires2 = ? WHERE id = ?",
            *(
                title,
                call.now,
                _keywords(call, row),
                _tags(call, row),
                _fields(call, row),
                *expires,
                row["id"],
            ),
        )
        catalogue.touch(call.store, row["id"], call.now)
    return {"success": True, "id": row["id"]}


def delete_item(call: Call) -> dict[str, Any]:
    """`delete`: the item, its app and its keys end together."""
    row = own_item(call, "portal:admin:deleteItems")
    with call.store.writing():
        call.store.run("DELETE FROM items WHERE id = ?", row["id"])
    return {"success": True, "itemId": row["id"]}


def _check_title(title: str) -> None:
    # The real limit is not documented; 250 is the folder title's.
    if len(title) > LONGEST_TITLE:
        raise bad_request("Unable to save item.", f"'title' exceeds {LONGEST_TITLE} characters.")


def _owner(call: Call, privilege: str | None = None) -> str:
    """The user in the path, who must call herself, or an administrator with `privilege`."""
    user = call.person(*([] if privilege else ["portal:user:createItem"]))
    owner = call.path["username"]
    if owner == user.username:
        return owner
    if privilege not in call.known_caller.privileges or owner not in {
        user.username for user in call.portal.users
    }:
        raise not_permitted()
    return owner


def _folder(call: Call, owner: str) -> sqlite3.Row | None:
    if "folder" not in call.path:
        return None
    row = call.store.one("SELECT * FROM folders WHERE id = ? AND owner = ?", call.path["folder"], owner)
    if row is None:
        raise bad_request("Folder does not exist or is inaccessible.")
    return row


def _describe_folder(row: sqlite3.Row) -> dict[str, Any]:
    return {"username": row["owner"], "id": row["id"], "title": row["title"], "created": row["created"]}


def _sent(call: Call, name: str) -> bool:
    return bool(call.text(name)) or (bool(call.values(name)) and call.flag("clearEmptyFields"))


def _keywords(call: Call, row: sqlite3.Row) -> str:
    kept = json.loads(row["keywords"])
    if not _sent(call, "typeKeywords"):
        return json.dumps(kept)
    marks = [word for word in kept if word in SYSTEM_KEYWORDS]
    return json.dumps(list(dict.fromkeys([*marks, *call.entries("typeKeywords")])))


def _tags(call: Call, row: sqlite3.Row) -> str:
    return json.dumps(call.entries("tags")) if _sent(call, "tags") else str(row["tags"])


def _fields(call: Call, row: sqlite3.Row) -> str:
    changed = {name: call.text(name) or None for name in TEXTS if _sent(call, name)}
    return json.dumps(json.loads(row["fields"]) | changed)
