"""The private hosted layers, for their owner and for keys that were granted their items.

Refusals are HTTP 200 and the portal's envelope, as those of the real hosted services are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.features import metadata
from arcgis_keywidget.practice.features.answers import answer_query
from arcgis_keywidget.practice.features.query import QueryError
from arcgis_keywidget.practice.replies import Refusal, bad_request, not_permitted, token_required

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget.practice.call import Call
    from arcgis_keywidget.practice.features.table import FeatureTable

_LAYER = "0"


def describe_server(call: Call) -> dict[str, Any]:
    """`rest/info` of the hosting server: which portal gives its tokens."""
    tokens = f"{call.base}/sharing/rest/generateToken"
    return {
        "currentVersion": metadata.VERSION,
        "owningSystemUrl": call.base,
        "authInfo": {"isTokenBasedSecurity": True, "tokenServicesUrl": tokens},
    }


def list_folders(_call: Call) -> dict[str, Any]:
    """`rest/services`: the one folder."""
    return {"currentVersion": metadata.VERSION, "folders": ["Hosted"], "services": []}


def list_services(call: Call) -> dict[str, Any]:
    """`rest/services/Hosted`: the services that the caller may see."""
    seen = [table for table in call.portal.tables if _may_see(call, table)]
    services = [{"name": f"Hosted/{table.name}", "type": "FeatureServer"} for table in seen]
    return {"currentVersion": metadata.VERSION, "folders": [], "services": services}


async def describe_service(call: Call) -> dict[str, Any]:
    """`FeatureServer`: the service document."""
    table = _open(call)
    return await call.portal.apart(lambda: metadata.describe_service(table))


async def describe_layers(call: Call) -> dict[str, Any]:
    """`FeatureServer/layers`: every layer's document at once."""
    table = _open(call)
    layer = await call.portal.apart(lambda: metadata.describe_layer(table))
    return {"layers": [layer], "tables": []}


async def describe_layer(call: Call) -> dict[str, Any]:
    """`FeatureServer/0`: the layer document."""
    table = _open_layer(call)
    return await call.portal.apart(lambda: metadata.describe_layer(table))


async def query_layer(call: Call) -> dict[str, Any]:
    """`FeatureServer/0/query`: rows of the layer."""
    table, asked = _open_layer(call), _asked(call)
    return await _answer(call, table, asked)


async def describe_feature(call: Call) -> dict[str, Any]:
    """`FeatureServer/0/42`: one row with all its fields, as `getFeature` of ArcGIS REST JS reads it.

    The members are documented; the words for a row that is not there are assumed.
    """
    table, asked = _open_layer(call), _asked(call)
    kept = {name: asked[name] for name in ("outSR", "returnGeometry") if name in asked}
    row = {"objectIds": call.path["feature"], "outFields": "*"}
    found = (await _answer(call, table, kept | row))["features"]
    if len(found) != 1:
        raise Refusal(404, "Feature not found.")
    return {"feature": found[0]}


async def query_service(call: Call) -> dict[str, Any]:
    """`FeatureServer/query`: the layers that `layerDefs` names, each with its condition."""
    table, asked = _open(call), _asked(call)
    definitions = _read_definitions(asked.pop("layerDefs", ""))
    layers = []
    for layer, wanted in definitions.items():
        if layer != _LAYER:
            raise bad_request("Invalid or missing input parameters.", f"Layer {layer[:20]} does not exist.")
        reply = await _answer(call, table, {**asked, **wanted, "f": "json"})
        layers.append({"id": int(layer), **reply})
    return {"layers": layers}


async def refuse_edit(call: Call) -> dict[str, Any]:
    """Edits and the like: the layers are read-only; the real words for it are not known."""
    _open(call)
    raise bad_request("Unable to complete operation.", "This operation is not supported.")


async def _answer(call: Call, table: FeatureTable, asked: Mapping[str, str]) -> dict[str, Any]:
    try:
        return await call.portal.apart(lambda: answer_query(table, asked))
    except QueryError as error:
        raise bad_request(error.message, *error.details) from None


def _asked(call: Call) -> dict[str, str]:
    asked = {name: call.text(name) for name in [*call.query, *call.form] if name != "token"}
    if asked.get("f", "") in {"", "html", "pjson"}:
        asked["f"] = "json"
    return asked


def _read_definitions(text: str) -> dict[str, dict[str, str]]:
    """What is asked of each layer, in the three spellings that clients use.

    An array of objects, one object of conditions, or `0:condition` with semicolons between.
    """
    try:
        if text.startswith("["):
            found = {str(entry["layerId"]): _read_definition(entry) for entry in json.loads(text)}
        elif text.startswith("{"):
            found = {str(layer): {"where": str.strip(where)} for layer, where in json.loads(text).items()}
        else:
            pairs = [part.partition(":")[::2] for part in text.split(";") if part]
            found = {layer.strip(): {"where": where.strip()} for layer, where in pairs}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        found = {}
    if not found:
        raise bad_request("Invalid or missing input parameters.", "'layerDefs' parameter is invalid")
    return found


def _read_definition(entry: Mapping[str, Any]) -> dict[str, str]:
    fields = entry.get("outFields", entry.get("outfields"))
    return {"where": str.strip(entry["where"])} | ({"outFields": str.strip(fields)} if fields else {})


def _may_see(call: Call, table: FeatureTable) -> bool:
    row = call.store.one("SELECT * FROM items WHERE id = ?", table.item)
    if row is None:
        return False
    return call.caller.may_see(row) if call.caller else row["access"] == "public"


def _open_layer(call: Call) -> FeatureTable:
    table = _open(call)
    if call.path["layer"] != _LAYER:
        raise bad_request("Invalid URL", "Invalid URL")
    return table


def _open(call: Call) -> FeatureTable:
    """The service in the path, for who may see its item."""
    table = next((table for table in call.portal.tables if table.name == call.path["service"]), None)
    if table is None or call.store.one("SELECT 1 FROM items WHERE id = ?", table.item) is None:
        raise Refusal(404, "Service not found.")
    if not _may_see(call, table):
        raise not_permitted() if call.caller else token_required()
    return table
