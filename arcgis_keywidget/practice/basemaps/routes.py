"""What the basemap services answer."""

from __future__ import annotations

from arcgis_keywidget.practice.basemaps import image_server, static, style_service, vector_server
from arcgis_keywidget.practice.basemaps.vector_styles import IMAGE_SERVICE
from arcgis_keywidget.practice.operation import Operation
from arcgis_keywidget.practice.paths import SERVICES, STATIC_TILES, STYLES

_STYLE = f"{STATIC_TILES}/{{family}}/{{style}}/static"
_PART = f"{STATIC_TILES}/{{family}}/{{style}}/{{part}}/static"
_TILE = "tile/{z}/{y}/{x}"
_VECTOR = f"{SERVICES}/{{service}}/VectorTileServer"
_RESOURCES = f"{_VECTOR}/resources"
_IMAGES = f"{SERVICES}/{IMAGE_SERVICE}/MapServer"
_NAMED = ("{family}/{name}", "{family}/{name}/{part}")

OPERATIONS = (
    Operation("styles", static.list_styles, f"{STATIC_TILES}/self", form="json"),
    Operation("static", static.describe_tiles, _STYLE, _PART, form="json"),
    Operation("tile", static.send_tile, f"{_STYLE}/{_TILE}", f"{_PART}/{_TILE}", form="json"),
    Operation("thumbnail", static.send_thumbnail, f"{_STYLE}/thumbnail", f"{_PART}/thumbnail", form="json"),
    Operation("static path", static.refuse_path, f"{STATIC_TILES}/{{rest:path}}", form="json"),
    Operation("rest/info", style_service.describe_server, "/arcgis/rest/info", form="json"),
    Operation("v2/self", style_service.describe_service, STYLES, f"{STYLES}/self", form="json"),
    Operation("sessions/start", style_service.start_session, f"{STYLES}/sessions/start", form="json"),
    Operation("styles/self", style_service.list_styles, f"{STYLES}/styles/self", form="json"),
    Operation("webmaps/self", style_service.list_webmaps, f"{STYLES}/webmaps/self", form="json"),
    Operation(
        "styles/items", style_service.describe_custom_style, f"{STYLES}/styles/items/{{item}}", form="json"
    ),
    Operation(
        *("style/self", style_service.describe_entry),
        *(f"{STYLES}/{kind}/{name}/self" for kind in ("styles", "webmaps") for name in _NAMED),
        form="json",
    ),
    Operation(
        *("style", style_service.describe_style),
        *(f"{STYLES}/styles/{name}" for name in _NAMED),
        form="json",
    ),
    Operation(
        *("webmap", style_service.describe_webmap),
        *(f"{STYLES}/webmaps/{name}" for name in _NAMED),
        form="json",
    ),
    Operation(
        *("styles/thumbnail", image_server.send_thumbnail),
        f"{STYLES}/thumbnails/{{family}}/{{name}}.png",
        form="json",
    ),
    Operation("styles/path", style_service.refuse_path, f"{STYLES}/{{rest:path}}", form="json"),
    Operation("MapServer", image_server.describe_service, _IMAGES, form="json"),
    Operation("MapServer/tile", image_server.send_tile, f"{_IMAGES}/tile/{{z}}/{{y}}/{{x}}", form="json"),
    Operation(
        "attribution", vector_server.describe_attribution, "/attribution/Vector/{service}", form="json"
    ),
    Operation("VectorTileServer", vector_server.describe_service, _VECTOR, form="json"),
    Operation(
        "VectorTileServer/tile", vector_server.send_tile, f"{_VECTOR}/tile/{{z}}/{{y}}/{{x}}.pbf", form="json"
    ),
    Operation(
        *("VectorTileServer/fonts", vector_server.send_glyphs),
        f"{_RESOURCES}/fonts/{{stack}}/{{range}}.pbf",
        form="json",
    ),
    Operation(
        "VectorTileServer/sprites", vector_server.send_sprite, f"{_RESOURCES}/sprites/{{sprite}}", form="json"
    ),
    Operation(
        *("VectorTileServer/styles", vector_server.describe_style),
        *(f"{_RESOURCES}/styles", f"{_RESOURCES}/styles/root.json"),
        form="json",
    ),
)
