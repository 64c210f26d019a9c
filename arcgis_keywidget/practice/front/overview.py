"""What the first page shows, part by part: no password, and of requests no value."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.front.markup import Markup, code, fold, link, paragraph, table
from arcgis_keywidget.practice.oauth.notebook import TITLE
from arcgis_keywidget.practice.paths import LOCATION_SERVICES, REST
from arcgis_keywidget.practice.people import held_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arcgis_keywidget.practice.app import PracticePortal
    from arcgis_keywidget.practice.call import Call

SHOWN, LONGEST_PATH = 30, 120
ROLES = {"org_publisher": "publisher", "org_admin": "administrator", "org_user": "user"}
NEEDS = {
    "basemapStyles": "premium:user:basemaps",
    "staticBasemapTiles": "premium:user:staticbasemaptiles",
}
COUNTS = (
    "SELECT count(*) FROM items WHERE owner = ?",
    "SELECT count(*) FROM folders WHERE owner = ?",
    "SELECT count(*) FROM apps JOIN items ON id = item WHERE owner = ?",
)
LIVE = "SELECT count(*) FROM key_tokens JOIN items ON id = item WHERE owner = ? AND key_tokens.expires > ?"
LAYERS = """SELECT id, owner, title, json_extract(fields, '$.url') AS url FROM items
WHERE type = 'Feature Service' AND access = 'private' AND url LIKE '/%' ORDER BY rowid LIMIT 20"""


def addresses(call: Call) -> Markup:
    """Where the portal is, as this person came to it."""
    rows = [
        ("Portal", code(call.base), "signing in, in a form or in Python"),
        ("REST", code(call.base + REST), "clients of the ArcGIS REST API"),
        (
            "Reset",
            code(f"{call.base}/practice/reset"),
            "back to the start: a POST with the administrator's token",
        ),
        (TITLE, code(call.portal.client_id), "the client id for signing in in the browser with OAuth 2.0"),
    ]
    return table("Where this portal is", ("Name", "Address", "For"), rows)


def people(portal: PracticePortal) -> Markup:
    """The people and how much each owns, without their passwords."""
    count, now = portal.store.count, int(portal.clock() * 1000)
    rows = [
        (
            code(user.username),
            ROLES.get(user.role, user.role),
            "yes" if "portal:user:generateApiTokens" in held_by(portal.account, user) else "no",
            *(f"{count(sql, user.username):,}" for sql in COUNTS),
            f"{count(LIVE, user.username, now):,}",
        )
        for user in portal.users
    ]
    heads = ("User", "Role", "May create keys", "Items", "Folders", "Credentials", "Live keys")
    return table("Their passwords were printed where this portal was started", heads, rows)


def services(call: Call) -> Markup:
    """The location services of this kind of account."""
    names = call.portal.account.services
    if not names:
        return paragraph("Location services are not offered on this kind of account.")
    rows = [
        (name, code(call.root + LOCATION_SERVICES[name]), code(NEEDS.get(name, "premium:user:basemaps")))
        for name in names
    ]
    return table(
        "Location services, each with the privilege that opens it", ("Service", "Address", "Needs"), rows
    )


def layers(call: Call) -> Markup:
    """The layers that only their owner, and a key with the item, can open."""
    rows = [
        (row["title"], code(row["owner"]), code(row["id"]), link(f"{call.root}{row['url']}"))
        for row in call.store.rows(LAYERS)
    ]
    heads = ("Layer", "Owner", "Item", "Address")
    return table("Private layers: a key opens them when it is granted the item", heads, rows)


def requests(portal: PracticePortal) -> Iterator[Markup]:
    """What was asked last, but for this page itself."""
    rows = [_request(entry) for entry in portal.log.last(SHOWN, but="home")]
    if not rows:
        yield paragraph("None yet.")
        return
    heads = ("Time", "Operation", "Method", "Path", "Status", "Parameters", "Token in")
    yield table("The newest first, time in UTC; names of parameters, never their values", heads, rows)


def _request(entry: dict[str, Any]) -> tuple[object, ...]:
    path = entry["path"]
    names = dict.fromkeys([*entry["query"], *entry["body"]])
    status = "closed" if entry["status"] is None else str(entry["status"])
    return (
        f"{datetime.fromtimestamp(entry['t'], UTC):%H:%M:%S}",
        entry["operation"],
        entry["method"],
        code(path if len(path) <= LONGEST_PATH else f"{path[:LONGEST_PATH]}…"),
        f"{status}, {entry['note']}" if entry["note"] else status,
        ", ".join(names),
        entry["token_by"] or "",
    )


def choices(portal: PracticePortal) -> Iterator[Markup]:
    """What was armed and chosen when the portal started."""
    offered, about = portal.switches.choices(), portal.switches.about()
    now = {name: getattr(portal.switches, name) for name in offered}
    changed = [f"{name}={choice}" for name, choice in now.items() if choice != offered[name][0]]
    yield paragraph("Armed faults: ", _several(portal.faults.armed))
    yield paragraph("Switches that are not at their default: ", _several(changed))
    yield paragraph(f"Latency: {portal.latency:g} ms")
    rows = [(code(name), now[name], ", ".join(offered[name]), about[name]) for name in offered]
    heads = ("Switch", "Now", "Choices", "What it decides")
    yield fold(
        "All switches",
        table("Where nobody outside Esri knows for sure how the real portal behaves", heads, rows),
    )


def _several(words: list[str]) -> Markup:
    return Markup(", ".join(map(code, words)) or "none")
