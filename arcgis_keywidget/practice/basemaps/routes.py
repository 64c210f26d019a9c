"""What the basemap services answer."""

from __future__ import annotations

from arcgis_keywidget.practice.basemaps import static
from arcgis_keywidget.practice.operation import Operation
from arcgis_keywidget.practice.paths import STATIC_TILES

_STYLE = f"{STATIC_TILES}/{{family}}/{{style}}/static"
_PART = f"{STATIC_TILES}/{{family}}/{{style}}/{{part}}/static"
_TILE = "tile/{z}/{y}/{x}"

OPERATIONS = (
    Operation("styles", static.list_styles, f"{STATIC_TILES}/self", form="json"),
    Operation("static", static.describe_tiles, _STYLE, _PART, form="json"),
    Operation("tile", static.send_tile, f"{_STYLE}/{_TILE}", f"{_PART}/{_TILE}", form="json"),
    Operation("thumbnail", static.send_thumbnail, f"{_STYLE}/thumbnail", f"{_PART}/thumbnail", form="json"),
)
