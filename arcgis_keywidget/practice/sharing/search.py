"""Searching items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.replies import bad_request
from arcgis_keywidget.practice.roles import ITEM_ACCESS
from arcgis_keywidget.practice.sharing import catalogue
from arcgis_keywidget.practice.sharing.items import list_page
from arcgis_keywidget.practice.sharing.search_syntax import Condition, QueryError, compile_query

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call
    from arcgis_keywidget.practice.callers import Caller


def search(call: Call) -> dict[str, Any]:
    """`search`: the items that the query finds and the caller may see.

    The real portal's texts for a missing or broken query are not known. `bbox` and `categories` narrow
    nothing here.
    """
    sent = [text for name in ("q", "filter") if (text := call.text(name))]
    if not (sent or call.text("bbox") or call.text("categories")):
        raise bad_request("Unable to search.", "'q' or 'filter' parameter must be specified.")
    try:
        conditions = [*map(compile_query, sent), visible_to(call.caller)]
    except QueryError as error:
        raise bad_request("Unable to search.", str(error)) from None
    catalogue.settle(call.store, call.now)
    where = " AND ".join(condition.sql for condition in conditions)
    values = tuple(value for condition in conditions for value in condition.values)
    page = list_page(call, where, values, table="catalogue", rows="results", own=False)
    return {"query": sent[0] if sent else "", **page}


def visible_to(caller: Caller | None) -> Condition:
    """The catalogue's rows that a caller may see; the same rule as `Caller.may_see`."""
    if caller is None:
        return Condition("access = 'public'")
    if "portal:admin:viewItems" in caller.privileges:
        return Condition("1")
    if caller.app is not None:
        items = tuple(
            name.removeprefix(ITEM_ACCESS) for name in caller.privileges if name.startswith(ITEM_ACCESS)
        )
        return Condition(f"(access = 'public' OR item IN ({', '.join('?' * len(items))}))", items)
    shared = "'public', 'org'" if "portal:user:viewOrgItems" in caller.privileges else "'public'"
    return Condition(f"(owner = ? OR access IN ({shared}))", (caller.user.username,))
