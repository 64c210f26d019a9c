"""The private hosted layer, for its owner and for keys that were granted its item.

Refusals are HTTP 200 and the portal's envelope, as those of the real hosted services are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.features.query import QueryError
from arcgis_keywidget.practice.replies import Refusal, bad_request, not_permitted

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call


async def describe_service(call: Call) -> dict[str, Any]:
    """`FeatureServer`: the service document."""
    _open_layer(call)
    return await call.portal.apart(call.portal.table.describe_service)


async def describe_layer(call: Call) -> dict[str, Any]:
    """`FeatureServer/0`: the layer document."""
    _open_layer(call)
    return await call.portal.apart(call.portal.table.describe_layer)


async def query_layer(call: Call) -> dict[str, Any]:
    """`FeatureServer/0/query`: rows of the layer."""
    _open_layer(call)
    asked = {name: call.text(name) for name in [*call.query, *call.form] if name != "token"}
    if asked.get("f", "") in {"", "html", "pjson"}:
        asked["f"] = "json"
    try:
        return await call.portal.apart(lambda: call.portal.table.query(asked))
    except QueryError as error:
        raise bad_request(error.message, *error.details) from None


def _open_layer(call: Call) -> None:
    row = call.store.one("SELECT * FROM items WHERE id = ?", call.portal.layer)
    if row is None or call.path["service"] != call.portal.table.name:
        raise Refusal(404, "Service not found.")
    if not call.known_caller.may_see(row):
        raise not_permitted()
