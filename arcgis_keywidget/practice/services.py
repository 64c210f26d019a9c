"""What a key opens: static basemap tiles and the private hosted layer.

The two refuse differently, as the real ones do: tiles with true HTTP 401, 403 and 404, the layer with HTTP
200 and the portal's envelope.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.responses import Response

from arcgis_keywidget.practice.layer import QueryError
from arcgis_keywidget.practice.replies import Refusal, bad_request, not_permitted
from arcgis_keywidget.practice.sharing import PATHS
from arcgis_keywidget.practice.tiles import STYLES, describe_style, draw_tile

if TYPE_CHECKING:
    from collections.abc import Callable

    from arcgis_keywidget.practice.call import Call

TILES_PRIVILEGE = "premium:user:staticbasemaptiles"
TILES_PATH = PATHS["staticBasemapTiles"]
LAYERS_PATH = "/server/rest/services/Hosted"
Result = TypeVar("Result")


async def send_tile(call: Call) -> Response:
    """`static/tile/{z}/{y}/{x}`: 512 px PNG, row before column."""
    style = _open_style(call)
    try:
        z, y, x = (int(call.path[name]) for name in "zyx")
        picture = await _apart(call, lambda: draw_tile(style, z, x, y))
    except ValueError:
        raise _not_found() from None
    return Response(picture, media_type="image/png")


def describe_tiles(call: Call) -> dict[str, Any]:
    """`{family}/{style}/static`: the tile service of a style."""
    return describe_style(_open_style(call))


def list_styles(call: Call) -> dict[str, Any]:
    """`self`: the styles; `path` has a leading slash here (documented for this service)."""
    _admit(call)
    service = call.root + TILES_PATH
    styles = [
        {
            "name": describe_style(name)["mapName"],
            "path": f"/{name}",
            "provider": "Practice portal",
            "styleFamily": name.partition("/")[0],
            "url": f"{service}/{name}/static",
            "templateUrl": f"{service}/{name}/static/tile/{{z}}/{{y}}/{{x}}",
        }
        for name in STYLES
    ]
    return {"selfUrl": f"{service}/self", "languages": [], "styleFamilies": [], "styles": styles}


def _open_style(call: Call) -> str:
    _admit(call)
    name = f"{call.path['family']}/{call.path['style']}"
    if name not in STYLES:
        raise _not_found()
    return name


def _admit(call: Call) -> None:
    """Let in who holds the privilege; statuses and texts from Esri's pages and captured replies."""
    if "staticBasemapTiles" not in call.portal.account.services:
        raise _not_found()
    if call.carried is None:
        raise Refusal(499, "Token Required.", "A valid token was not provided.", status=401)
    try:
        caller = call.known_caller
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.message, status=401) from None
    if TILES_PRIVILEGE not in caller.privileges:
        detail = "The token is valid but is not allowed to use this service."
        raise Refusal(403, "Permission missing.", detail, status=403)


def _not_found() -> Refusal:
    return Refusal(404, "Path not found.", status=404)


async def describe_service(call: Call) -> dict[str, Any]:
    """`FeatureServer`: the service document."""
    _open_layer(call)
    return await _apart(call, call.portal.table.describe_service)


async def describe_layer(call: Call) -> dict[str, Any]:
    """`FeatureServer/0`: the layer document."""
    _open_layer(call)
    return await _apart(call, call.portal.table.describe_layer)


async def query_layer(call: Call) -> dict[str, Any]:
    """`FeatureServer/0/query`: rows of the layer."""
    _open_layer(call)
    asked = {name: call.text(name) for name in [*call.query, *call.form] if name != "token"}
    if asked.get("f", "") in {"", "html", "pjson"}:
        asked["f"] = "json"
    try:
        return await _apart(call, lambda: call.portal.table.query(asked))
    except QueryError as error:
        raise bad_request(error.message, *error.details) from None


def _open_layer(call: Call) -> None:
    row = call.store.one("SELECT * FROM items WHERE id = ?", call.portal.layer)
    if row is None or call.path["service"] != call.portal.table.name:
        raise Refusal(404, "Service not found.")
    if not call.known_caller.may_see(row):
        raise not_permitted()


async def _apart(call: Call, work: Callable[[], Result]) -> Result:
    """Work in the portal's own threads, so that other requests are answered meanwhile."""
    return await asyncio.get_running_loop().run_in_executor(call.portal.workers, work)
