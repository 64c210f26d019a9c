"""Items: reading, adding and updating them."""

from __future__ import annotations

import json
import math
import secrets
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.parameters import NEVER
from arcgis_keywidget.practice.replies import bad_request
from arcgis_keywidget.practice.sharing import catalogue
from arcgis_keywidget.practice.sharing.folders import find_folder, find_owner
from arcgis_keywidget.practice.sharing.items import own_item, show_item, visible_item
from arcgis_keywidget.practice.tokens import SLOTS

if TYPE_CHECKING:
    import sqlite3

    from arcgis_keywidget.practice.call import Call

LONGEST_TITLE = 250
CORNERS = 4
TEXTS = (
    *("description", "snippet", "accessInformation", "licenseInfo", "culture", "url"),
    "spatialReference",
)
LISTS = ("categories", "appCategories", "industries", "languages")
SYSTEM_KEYWORDS = {"Application", "APIToken", "Registered App"}


def get_item(call: Call) -> dict[str, Any]:
    """`content/items/{id}`: any item that the caller may see."""
    row = visible_item(call, call.path["item"])
    own = call.caller is not None and call.caller.app is None and call.caller.user.username == row["owner"]
    return show_item(call, row, own=own)


def get_own_item(call: Call) -> dict[str, Any]:
    """`content/users/{u}/items/{id}`: the owner's view, which wraps the item."""
    row = own_item(call, "portal:admin:viewItems")
    sharing = {"access": row["access"], "groups": []}
    return {"item": show_item(call, row, own=True), "sharing": sharing}


def add_item(call: Call) -> dict[str, Any]:
    """`addItem`, in the root or a folder.

    Expiry dates sent here are not kept, but for a switch: a key's date is set once the item is registered.
    """
    owner = find_owner(call)
    folder = find_folder(call, owner)
    title, kind = call.text("title"), call.text("type")
    if not title or not kind:
        raise bad_request("'type' and 'title' property required.")
    if kind.lower() == "api key":
        raise bad_request("Unable to add item.", "Legacy API keys can no longer be created.")
    _check_title(title)
    keywords = dict.fromkeys([*({"Application"} & {kind}), *call.entries("typeKeywords")])
    kept = call.portal.switches.add_item_expiry == "keep"
    dates = [(call.expiry(f"apiToken{slot}ExpirationDate") if kept else None) or NEVER for slot in SLOTS]
    item, place = secrets.token_hex(16), folder["id"] if folder else None
    with call.store.writing():
        call.store.run(
            "INSERT INTO items (id, owner, folder, type, title, created, modified, keywords, tags, fields,"
            " expires1, expires2) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(item, owner, place, kind, title, call.now, call.now),
            *map(json.dumps, (list(keywords), call.entries("tags"), _read_fields(call))),
            *dates,
        )
        catalogue.touch(call.store, item, call.now)
    return {"success": True, "id": item, "folder": place or ""}


def update_item(call: Call) -> dict[str, Any]:
    """`update`: what is sent is changed, blanks are left alone unless `clearEmptyFields` is true.

    The date of one slot touches neither the other slot nor, but for a switch, a live key; on an item without
    a registered app a date is not kept.
    """
    row = own_item(call)
    title = call.text("title", row["title"])
    _check_title(title)
    fields = json.dumps(json.loads(row["fields"]) | _read_fields(call))
    expires = _read_dates(call, row)
    with call.store.writing():
        call.store.run(
            "UPDATE items SET title = ?, modified = ?, keywords = ?, tags = ?, fields = ?,"
            " expires1 = ?, expires2 = ? WHERE id = ?",
            *(title, call.now, _keywords(call, row), _tags(call, row), fields, *expires, row["id"]),
        )
        _void_moved(call, row, expires)
        catalogue.touch(call.store, row["id"], call.now)
    return {"success": True, "id": row["id"]}


def _read_dates(call: Call, row: sqlite3.Row) -> list[int]:
    """The ends of both slots as they shall be."""
    settable = call.portal.account.has_api_keys and (
        call.portal.switches.add_item_expiry == "keep"
        or call.store.one("SELECT 1 FROM apps WHERE item = ?", row["id"])
    )
    dates = [call.expiry(f"apiToken{slot}ExpirationDate") if settable else None for slot in SLOTS]
    return [row[f"expires{slot}"] if date is None else date for slot, date in zip(SLOTS, dates, strict=True)]


def _void_moved(call: Call, row: sqlite3.Row, expires: list[int]) -> None:
    if call.portal.switches.live_expiry == "keep":
        return
    for slot, date in zip(SLOTS, expires, strict=True):
        if date != row[f"expires{slot}"]:
            call.store.run("DELETE FROM key_tokens WHERE item = ? AND slot = ?", row["id"], slot)


def _check_title(title: str) -> None:
    # The real limit is not documented; 250 is the folder title's.
    if len(title) > LONGEST_TITLE:
        raise bad_request("Unable to save item.", f"'title' exceeds {LONGEST_TITLE} characters.")


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


def _read_fields(call: Call) -> dict[str, Any]:
    """What of an item's free fields was sent; None for a text, and an empty list, that is cleared."""
    fields: dict[str, Any] = {name: call.text(name) or None for name in TEXTS if _sent(call, name)}
    fields |= {name: call.entries(name) for name in LISTS if _sent(call, name)}
    fields |= {"properties": _read_properties(call)} if _sent(call, "properties") else {}
    return fields | ({"extent": _read_extent(call)} if _sent(call, "extent") else {})


def _read_properties(call: Call) -> dict[str, Any] | None:
    """A JSON object of the client's own, given back as it came; its refusal is assumed."""
    text = call.text("properties")
    try:
        properties = json.loads(text or "null", parse_constant=float)
        json.dumps(properties, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        properties = ...
    if not isinstance(properties, dict | None):
        raise bad_request("Unable to save item.", "'properties' must be a JSON object.")
    return properties


def _read_extent(call: Call) -> list[list[float]]:
    """`xmin,ymin,xmax,ymax` in degrees, as the two corners that documents hold."""
    try:
        numbers = [float(number) for number in call.entries("extent")]
    except ValueError:
        numbers = []
    if call.text("extent") and not (len(numbers) == CORNERS and all(map(math.isfinite, numbers))):
        raise bad_request("Unable to save item.", "'extent' must be xmin, ymin, xmax, ymax.")
    return [numbers[:2], numbers[2:]] if numbers else []
