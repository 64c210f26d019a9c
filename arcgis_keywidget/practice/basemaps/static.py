"""Static Basemap Tiles v1: 512 px pictures for who holds the privilege.

Refusals are true HTTP 401, 403 and 404, as those of the real location services are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from arcgis_keywidget.practice.basemaps.styles import STYLES
from arcgis_keywidget.practice.basemaps.tiles import describe_style, draw_tile
from arcgis_keywidget.practice.paths import STATIC_TILES
from arcgis_keywidget.practice.replies import Refusal

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call

TILES_PRIVILEGE = "premium:user:staticbasemaptiles"


async def send_tile(call: Call) -> Response:
    """`static/tile/{z}/{y}/{x}`: 512 px PNG, row before column."""
    style = _open_style(call)
    try:
        z, y, x = (int(call.path[name]) for name in "zyx")
        picture = await call.portal.apart(lambda: draw_tile(style, z, x, y))
    except ValueError:
        raise _not_found() from None
    return Response(picture, media_type="image/png")


def describe_tiles(call: Call) -> dict[str, Any]:
    """`{family}/{style}/static`: the tile service of a style."""
    return describe_style(_open_style(call))


def list_styles(call: Call) -> dict[str, Any]:
    """`self`: the styles; `path` has a leading slash here (documented for this service)."""
    _admit(call)
    service = call.root + STATIC_TILES
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
