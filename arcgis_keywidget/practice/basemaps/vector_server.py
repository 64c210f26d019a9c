"""The tile services behind the vector styles: `VectorTileServer`, with its tiles, glyphs, icons and style."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.responses import Response

from arcgis_keywidget.practice.basemaps.access import admit_to_tiles, check_service, not_found
from arcgis_keywidget.practice.basemaps.description import CREDIT
from arcgis_keywidget.practice.basemaps.glyphs import RANGE, build_glyphs
from arcgis_keywidget.practice.basemaps.sprites import describe_sprite, draw_sprite
from arcgis_keywidget.practice.basemaps.tile_scheme import describe_scheme
from arcgis_keywidget.practice.basemaps.vector_styles import SERVICES, describe_root_style
from arcgis_keywidget.practice.basemaps.vector_tiles import LEVELS, build_tile
from arcgis_keywidget.practice.replies import JSON_TYPE, render

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call

TILE_TYPE = "application/x-protobuf"
# A copy is asked about each time, so that a revoked key shows no more tiles.
_ALWAYS_ASK = "private, must-revalidate, max-age=0"
_STARTS = frozenset(str(code) for code in range(0, 0x110000, RANGE))


class _Service(NamedTuple):
    name: str
    family: str


def describe_service(call: Call) -> dict[str, Any]:
    """`VectorTileServer`: what clients read before they ask for tiles.

    A tokenless request was seen to get both answers from real hosts; the switch `service_root` chooses.
    """
    service = _service(call)
    if call.carried is not None or call.portal.switches.service_root == "token":
        admit_to_tiles(call, service.family)
    return {
        "currentVersion": 11.4,
        "name": service.name,
        "capabilities": "TilesOnly",
        "type": "indexedVector",
        "description": "A practice basemap, made from free data. It is no Esri basemap.",
        "copyrightText": CREDIT,
        "defaultStyles": "resources/styles",
        "tiles": ["tile/{z}/{y}/{x}.pbf"],
        "exportTilesAllowed": False,
        "minLOD": 0,
        "maxLOD": LEVELS - 1,
        "maxzoom": LEVELS - 1,
        **describe_scheme("indexedVector", 512, LEVELS),
        "resourceInfo": {
            "styleVersion": 8,
            "tileCompression": "gzip",
            "cacheInfo": {"storageInfo": {"packetSize": 128, "storageFormat": "compactV2"}},
        },
    }


async def send_tile(call: Call) -> Response:
    """`tile/{z}/{y}/{x}.pbf`: a gzipped Mapbox Vector Tile, row before column; `f` makes no difference."""
    admit_to_tiles(call, _service(call).family)
    try:
        z, y, x = (int(call.path[name]) for name in "zyx")
        tile = await call.portal.apart(partial(build_tile, z, x, y))
    except ValueError:
        raise not_found(call) from None
    return send_bytes(call, tile, TILE_TYPE, {"Content-Encoding": "gzip"})


async def send_glyphs(call: Call) -> Response:
    """`resources/fonts/{stack}/{range}.pbf`: 256 characters; letters that no font here has are left out."""
    _admit_to_resources(call)
    first, _, last = call.path["range"].partition("-")
    if first not in _STARTS or last != str(int(first) + RANGE - 1):
        raise not_found(call)
    stack = call.path["stack"]
    glyphs = await call.portal.apart(partial(build_glyphs, stack, int(first)))
    return send_bytes(call, glyphs, TILE_TYPE)


async def send_sprite(call: Call) -> Response:
    """`resources/sprites/sprite[@2x].{json,png}`."""
    _admit_to_resources(call)
    name, _, kind = call.path["sprite"].rpartition(".")
    scale = {"sprite": 1, "sprite@2x": 2}.get(name)
    if scale is None or kind not in {"json", "png"}:
        raise not_found(call)
    if kind == "png":
        return send_bytes(call, draw_sprite(scale), "image/png")
    return send_bytes(call, bytes(render(describe_sprite(scale)).body), JSON_TYPE)


def describe_style(call: Call) -> dict[str, Any]:
    """`resources/styles[/root.json]`: the service's own style, its addresses relative to itself."""
    _admit_to_resources(call)
    return describe_root_style(_service(call).name)


def describe_attribution(call: Call) -> dict[str, Any]:
    """`attribution/Vector/{service}`: who is to be credited where, as esri-leaflet-vector asks for it."""
    _service(call)
    everywhere = {"zoomMin": 0, "zoomMax": LEVELS, "score": 50, "bbox": [-90, -180, 90, 180]}
    return {"contributors": [{"attribution": CREDIT, "coverageAreas": [everywhere]}]}


def send_bytes(call: Call, content: bytes, kind: str, headers: dict[str, str] | None = None) -> Response:
    """A file with its ETag; 304 without it when the client has the same."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    kept = {"ETag": tag, "Cache-Control": _ALWAYS_ASK}
    known = call.request.headers.get("if-none-match", "")
    if {tag, "*"}.intersection(entry.strip().removeprefix("W/") for entry in known.split(",")):
        return Response(status_code=304, headers=kept)
    return Response(content, media_type=kind, headers=kept | (headers or {}))


def _service(call: Call) -> _Service:
    name = call.path["service"]
    if name not in SERVICES:
        check_service(call)
        raise not_found(call)
    return _Service(name, SERVICES[name])


def _admit_to_resources(call: Call) -> None:
    """Let anyone have glyphs, icons and style, unless the switch `style_resources` says otherwise."""
    service = _service(call)
    check_service(call)
    if call.portal.switches.style_resources == "token":
        admit_to_tiles(call, service.family)
