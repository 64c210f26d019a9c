"""Items: how they are described, listed, found and seeded."""

from __future__ import annotations

import json
import random
from itertools import islice
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.people import ORG_ID, user_id
from arcgis_keywidget.practice.replies import no_such_item, not_permitted
from arcgis_keywidget.practice.sharing import catalogue
from arcgis_keywidget.practice.tokens import SLOTS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from arcgis_keywidget.practice.call import Call
    from arcgis_keywidget.practice.store import Store

INSERT = """INSERT OR IGNORE INTO items
(id, owner, type, title, access, created, modified, keywords, tags, fields)
VALUES (:id, :owner, :type, :title, :access, :created, :modified, :keywords, :tags, :fields)"""
_BLANK: dict[str, Any] = {
    **dict.fromkeys(("guid", "name", "thumbnail", "documentation", "spatialReference", "proxyFilter")),
    **dict.fromkeys(("description", "snippet", "accessInformation", "licenseInfo", "culture", "url")),
    **dict.fromkeys(("classification", "properties", "advancedSettings", "largeThumbnail", "banner")),
    "groupDesignations": None,
    **{name: [] for name in ("extent", "categories", "screenshots", "appCategories")},
    **{name: [] for name in ("industries", "languages")},
    **dict.fromkeys(("size", "subInfo", "numComments", "numRatings", "avgRating", "numViews"), 0),
    "scoreCompleteness": 0,
}
"""What a document says where an item says nothing."""
SORTABLE = {"title", "created", "modified", "type", "owner"}
_PLACES = ("Harbour", "River", "Forest", "Hill", "Meadow", "Coast", "Valley", "Station", "Market", "Park")
_SUBJECTS = (
    "trails",
    "trees",
    "parcels",
    "stops",
    "wells",
    "zones",
    "sensors",
    "photos",
    "buildings",
    "sites",
)


def describe_item(row: sqlite3.Row, root: str, *, own: bool = True, dates: bool = True) -> dict[str, Any]:
    """An item's document, with the members of arcgis-rest-js's fixtures.

    Args:
        row: the item.
        root: the address that paths in the item's `url` are completed with.
        own: whether the owner looks; only the owner is told the folder.
        dates: whether the portal has API key credentials; then every item has both dates, -1 for none.
    """
    fields = _BLANK | json.loads(row["fields"])
    url = fields["url"]
    return {
        **{name: row[name] for name in ("id", "owner", "created", "modified", "title", "type", "access")},
        **fields,
        "ownerId": user_id(row["owner"]),
        "orgId": ORG_ID,
        "isOrgItem": True,
        "typeKeywords": json.loads(row["keywords"]),
        "tags": json.loads(row["tags"]),
        "url": root + url if url and url.startswith("/") else url,
        "listed": False,
        "commentsEnabled": True,
        "protected": bool(row["protected"]),
        "ownerFolder": row["folder"] if own else None,
        "itemControl": "admin" if own else "view",
        "lastViewed": row["modified"],
        **({f"apiToken{slot}ExpirationDate": row[f"expires{slot}"] for slot in SLOTS} if dates else {}),
    }


def show_item(call: Call, row: sqlite3.Row, *, own: bool) -> dict[str, Any]:
    """An item's document, for a caller."""
    return describe_item(row, call.root, own=own, dates=call.portal.account.has_api_keys)


def visible_item(call: Call, item: str) -> sqlite3.Row:
    """An item that the caller may see.

    Raises:
        Refusal: CONT_0001 when there is none.
    """
    row = call.store.one("SELECT * FROM items WHERE id = ?", item)
    if row is None or not (call.caller.may_see(row) if call.caller else row["access"] == "public"):
        raise no_such_item()
    return row


def own_item(call: Call, privilege: str = "portal:admin:updateItems") -> sqlite3.Row:
    """The item in the path, for its owner or an administrator with `privilege`.

    A key is nobody's owner, but one that holds the administrators' privileges may see to other keys: Esri's
    demonstrations rotate keys so.

    Raises:
        Refusal: CONT_0001 when the path names another user or folder, 403 when the item is a stranger's.
    """
    caller = call.known_caller
    manages = privilege in caller.privileges
    if caller.app is not None and not manages:
        raise not_permitted()
    row = visible_item(call, call.path["item"])
    if row["owner"] != call.path["username"] or call.path.get("folder") not in {None, row["folder"]}:
        raise no_such_item()
    if row["owner"] != caller.user.username and not manages:
        raise not_permitted()
    return row


def list_page(
    call: Call,
    where: str,
    values: tuple[Any, ...],
    *,
    table: str = "items",
    rows: str = "items",
    own: bool = True,
) -> dict[str, Any]:
    """One page of items: `total`, `start`, `num`, `nextStart` (-1 at the end) and the items' documents.

    Args:
        call: names `start`, `num`, `sortField` and `sortOrder`.
        where: the condition, of our own words; values are bound.
        values: of the condition's question marks.
        table: `items`, or `catalogue` for what the index has seen.
        rows: what the list of documents is called.
        own: whether the owner looks.
    """
    start, number = call.page()
    field = call.text("sortField").lower()
    order = f"{field if field in SORTABLE else 'created'} {_direction(call)}, rowid"
    key = "id" if table == "items" else "item"
    total = call.store.count(f"SELECT count(*) FROM {table} WHERE {where}", *values)  # noqa: S608 (see where)
    found = call.store.rows(
        f"SELECT {key} FROM {table} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",  # noqa: S608 (see where)
        *(*values, number, start - 1),
    )
    page = [call.store.one("SELECT * FROM items WHERE id = ?", row[0]) for row in found]
    after = start + len(page)
    return {
        "total": total,
        "start": start,
        "num": len(page),
        "nextStart": after if page and after <= total else -1,
        rows: [show_item(call, row, own=own) for row in page if row],
    }


def _direction(call: Call) -> str:
    return "DESC" if call.text("sortOrder").lower() == "desc" else "ASC"


def seed_items(store: Store, items: Iterator[dict[str, Any]]) -> None:
    """Put items that are not there yet into the portal, found by search at once."""
    with store.writing():
        while rows := list(islice(items, 5000)):
            store.run_many(INSERT, rows)
            store.run_many(catalogue.INSERT, map(catalogue.entry, rows))


def make_item(item: str, owner: str, kind: str, title: str, now: int, **fields: str) -> dict[str, Any]:
    """The row of a private item without tags."""
    return {
        "id": item,
        "owner": owner,
        "type": kind,
        "title": title,
        "access": "private",
        "created": now,
        "modified": now,
        "keywords": json.dumps(["Hosted Service"] if kind == "Feature Service" else ["Web Map"]),
        "tags": "[]",
        "fields": json.dumps(fields),
    }


def make_items(owner: str, number: int, seed: int | None, now: int) -> Iterator[dict[str, Any]]:
    """Generic feature services and web maps, the same for the same seed."""
    dice = random.Random(seed or 0)
    family = f"{dice.getrandbits(80):020x}"
    for count in range(1, number + 1):
        title = f"{dice.choice(_PLACES)} {dice.choice(_SUBJECTS)} {count}"
        kind = dice.choice(("Feature Service", "Web Map"))
        yield make_item(f"{family}{count:012x}", owner, kind, title, now - count * 60_000)
