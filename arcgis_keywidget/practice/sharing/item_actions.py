"""What is done to a user's items as they are: moving, protecting, deleting; one by one or many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.replies import Refusal, is_protected, no_such_item
from arcgis_keywidget.practice.sharing import catalogue
from arcgis_keywidget.practice.sharing.folders import find_owner, find_place
from arcgis_keywidget.practice.sharing.items import own_item

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from arcgis_keywidget.practice.call import Call

DELETE = "portal:admin:deleteItems"
UPDATE = "portal:admin:updateItems"


def tell_status(call: Call) -> dict[str, Any]:
    """`status`: of the adding of an item, which is over by then; Esri's Python client asks until it is."""
    item = own_item(call)["id"]
    return {"status": "completed", "statusMessage": "completed", "itemId": item}


def move_item(call: Call) -> dict[str, Any]:
    """`move`: into a folder, or into the root by `/`."""
    row = own_item(call)
    place = _destination(call, row["owner"])
    return _move(call, row, place)


def move_items(call: Call) -> dict[str, Any]:
    """`moveItems`: each by itself; what cannot be moved is told with its error."""
    owner = find_owner(call, UPDATE)
    place = _destination(call, owner)
    return _each(call, owner, lambda row: _move(call, row, place))


def protect_item(call: Call) -> dict[str, Any]:
    """`protect`: the item cannot be deleted."""
    return _set_protection(call, protected=True)


def unprotect_item(call: Call) -> dict[str, Any]:
    """`unprotect`: the item can be deleted again."""
    return _set_protection(call, protected=False)


def can_delete(call: Call) -> dict[str, Any]:
    """`canDelete`: success, or the refusal that `delete` would give."""
    row = own_item(call, DELETE)
    _check_deletable(call, row)
    return {"itemId": row["id"], "success": True}


def delete_item(call: Call) -> dict[str, Any]:
    """`delete`: the item, its app and its keys end together; there is no recycle bin."""
    return _delete(call, own_item(call, DELETE))


def delete_items(call: Call) -> dict[str, Any]:
    """`deleteItems`: each by itself; what cannot be deleted is told with its error."""
    owner = find_owner(call, DELETE)
    return _each(call, owner, lambda row: _delete(call, row))


def _destination(call: Call, owner: str) -> str | None:
    place = find_place(call, owner, call.needed("folder"))
    return place["id"] if place else None


def _move(call: Call, row: sqlite3.Row, place: str | None) -> dict[str, Any]:
    with call.store.writing():
        call.store.run("UPDATE items SET folder = ? WHERE id = ?", place, row["id"])
    return {"success": True, "itemId": row["id"], "owner": row["owner"], "folder": place or "/"}


def _set_protection(call: Call, *, protected: bool) -> dict[str, Any]:
    row = own_item(call)
    with call.store.writing():
        call.store.run("UPDATE items SET protected = ? WHERE id = ?", protected, row["id"])
        catalogue.touch(call.store, row["id"], call.now)
    return {"success": True, "itemId": row["id"]}


def _check_deletable(call: Call, row: sqlite3.Row) -> None:
    if row["protected"]:
        raise is_protected(int(call.portal.switches.protected))


def _delete(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    _check_deletable(call, row)
    with call.store.writing():
        call.store.run("DELETE FROM items WHERE id = ?", row["id"])
    return {"success": True, "itemId": row["id"]}


def _each(call: Call, owner: str, work: Callable[[sqlite3.Row], dict[str, Any]]) -> dict[str, Any]:
    call.needed("items")
    results = []
    for item in call.entries("items"):
        row = call.store.one("SELECT * FROM items WHERE id = ? AND owner = ?", item, owner)
        try:
            if row is None:
                raise no_such_item()
            results.append(work(row))
        except Refusal as refusal:
            results.append({"itemId": item, "success": False, **refusal.document()})
    return {"results": results}
