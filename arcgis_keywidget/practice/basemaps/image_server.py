"""Pictures behind the styles: the imagery's own tile service (`World_Imagery/MapServer`), and thumbnails."""

from __future__ import annotations

from functools import lru_cache, partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from arcgis_keywidget.practice.basemaps.access import admit_to_tiles, check_service, not_found
from arcgis_keywidget.practice.basemaps.description import CREDIT
from arcgis_keywidget.practice.basemaps.styles import STYLES
from arcgis_keywidget.practice.basemaps.thumbnails import THUMBNAIL_TILE, make_thumbnail
from arcgis_keywidget.practice.basemaps.tile_scheme import SYSTEM, describe_scheme
from arcgis_keywidget.practice.basemaps.vector_server import send_bytes
from arcgis_keywidget.practice.basemaps.vector_styles import IMAGE_LEVELS, IMAGE_SERVICE, IMAGERY

if TYPE_CHECKING:
    from starlette.responses import Response

    from arcgis_keywidget.practice.call import Call

SIDE = 256
FAMILY = "arcgis"


def describe_service(call: Call) -> dict[str, Any]:
    """`World_Imagery/MapServer`; without a token as the switch `service_root` says, like a vector service."""
    if call.carried is not None or call.portal.switches.service_root == "token":
        admit_to_tiles(call, FAMILY)
    check_service(call)
    return {
        "currentVersion": 11.4,
        "mapName": IMAGE_SERVICE,
        "serviceDescription": "Practice imagery, drawn from free data. It is no Esri basemap.",
        "copyrightText": CREDIT,
        "layers": [{"id": 0, "name": STYLES[IMAGERY].title, "parentLayerId": -1, "defaultVisibility": True}],
        "tables": [],
        "spatialReference": SYSTEM,
        "singleFusedMapCache": True,
        **describe_scheme("JPEG", SIDE, IMAGE_LEVELS),
        "units": "esriMeters",
        "supportedImageFormatTypes": "PNG,JPG",
        "capabilities": "Map",
        "exportTilesAllowed": False,
    }


async def send_tile(call: Call) -> Response:
    """`World_Imagery/MapServer/tile/{z}/{y}/{x}`: a JPEG of 256 px, row before column."""
    admit_to_tiles(call, FAMILY)
    try:
        z, x, y = (int(call.path[name]) for name in "zxy")
        if z >= IMAGE_LEVELS:
            raise not_found(call)
        tile = await call.portal.draw(IMAGERY, z, x, y, "standard")
    except ValueError:
        raise not_found(call) from None
    return send_bytes(call, await call.portal.apart(partial(shrink_tile, tile)), "image/jpeg")


async def send_thumbnail(call: Call) -> Response:
    """`thumbnails/{family}/{name}.png`: what a gallery shows; open, as the thumbnails of public items are."""
    check_service(call)
    name = f"{call.path['family']}/{call.path['name']}"
    if name not in STYLES:
        raise not_found(call)
    tile = await call.portal.draw(name, *THUMBNAIL_TILE)
    return send_bytes(call, await call.portal.apart(partial(make_thumbnail, tile)), "image/png")


@lru_cache(maxsize=256)
def shrink_tile(tile: bytes) -> bytes:
    """A tile of 256 px as a JPEG, from the PNG of the same tile in 512 px."""
    with Image.open(BytesIO(tile)) as picture:
        small = picture.convert("RGB").reduce(2)
    file = BytesIO()
    small.save(file, "JPEG", quality=88)
    return file.getvalue()
