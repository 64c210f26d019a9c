"""The organisation's roles, its keys by their end, and Enterprise's administration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.parameters import parse_whole
from arcgis_keywidget.practice.people import role_id
from arcgis_keywidget.practice.replies import Refusal, bad_request, not_permitted
from arcgis_keywidget.practice.roles import ROLES, privileges_of

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call

LATEST = 2**63 - 1


def list_roles(call: Call) -> dict[str, Any]:
    """`portals/self/roles`: the custom roles; the administrators' is built in and not among them."""
    call.person()
    roles = [_describe_role(call, name) for name in ROLES if name != "org_admin"]
    return _page(call, "roles", roles)


def get_role(call: Call) -> dict[str, Any]:
    """`portals/self/roles/{id}`."""
    call.person()
    return _describe_role(call, _role(call))


def list_role_privileges(call: Call) -> dict[str, Any]:
    """`portals/self/roles/{id}/privileges`."""
    call.person()
    return {"privileges": list(privileges_of(call.portal.account.kind, _role(call)))}


def list_api_tokens(call: Call) -> dict[str, Any]:
    """`portals/self/apiTokens`: the keys that end within a time, soonest first, for administrators.

    Members and parameters as Esri's demonstrations use them: `startExpirationDate` and `endExpirationDate` in
    milliseconds since 1970, `num`. Who may ask is assumed.
    """
    caller = call.known_caller
    call.person("portal:admin:viewItems")
    if caller.maker == "oauth" and call.portal.switches.api_tokens == "refuse":
        raise not_permitted()
    first, last = (
        max(0, min(parse_whole(name, call.text(name, default)), LATEST))
        for name, default in (("startExpirationDate", "0"), ("endExpirationDate", str(LATEST)))
    )
    start, number = call.page()
    among = "FROM key_tokens JOIN items ON items.id = item WHERE expires BETWEEN ? AND ?"
    total = call.store.count(f"SELECT count(*) {among}", first, last)
    rows = call.store.rows(
        f"SELECT title, item, owner, slot, expires {among} ORDER BY expires, item LIMIT ? OFFSET ?",
        *(first, last, number, start - 1),
    )
    names = ("title", "itemId", "owner", "apiToken", "expirationDate")
    items = [dict(zip(names, row, strict=True)) for row in rows]
    return {"items": items, **_count(start, len(items), total)}


def list_api_keys(call: Call) -> dict[str, Any]:
    """`portals/self/apiKeys`: legacy keys, of which there are none any more."""
    call.person()
    return _page(call, "apiKeys", [])


def describe_administration(call: Call) -> dict[str, Any]:
    """`portaladmin`: Enterprise's own administration, for administrators; its resources are not served."""
    if not call.portal.account.is_portal:
        raise Refusal(404, "Page not found.", status=404)
    call.person("portal:admin:manageSecurity")
    version = call.portal.account.version["enterpriseVersion"].removesuffix(".0")
    return {"version": version, "resources": ["security", "system", "machines", "logs"]}


def _role(call: Call) -> str:
    asked = call.path["role"]
    name = next((name for name in ROLES if name != "org_admin" and role_id(name) == asked), None)
    if name is None:
        raise bad_request("Role does not exist or is inaccessible.")
    return name


def _describe_role(call: Call, name: str) -> dict[str, Any]:
    created = call.store.count("SELECT min(created) FROM people")
    about = {"name": ROLES[name], "description": "A role of the practice portal."}
    return {"id": role_id(name), **about, "created": created, "modified": created}


def _page(call: Call, name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    start, number = call.page()
    page = rows[start - 1 : start - 1 + number]
    return {**_count(start, len(page), len(rows)), name: page}


def _count(start: int, number: int, total: int) -> dict[str, int]:
    after = start + number
    following = after if number and after <= total else -1
    return {"total": total, "start": start, "num": number, "nextStart": following}
