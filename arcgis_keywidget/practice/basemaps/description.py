"""What the Static Basemap Tiles service says about the tiles of a style.

Fields as its documentation has them ("MetaData", with a map service's usual ones).
"""

from __future__ import annotations

from typing import Any

from arcgis_keywidget.practice.basemaps.canvas import TILE
from arcgis_keywidget.practice.basemaps.styles import STYLES
from arcgis_keywidget.practice.basemaps.tile_scheme import SYSTEM, describe_scheme
from arcgis_keywidget.practice.basemaps.tiles import LEVELS

CREDIT = "Practice data, not for navigation. Made with Natural Earth; place names © GeoNames, CC BY 4.0."
_ABOUT = "A practice basemap, drawn from free data. It is no Esri basemap."


def describe_style(style: str, part: str = "") -> dict[str, Any]:
    """The tile service's own description of a style or of a part of it.

    Raises:
        ValueError: No such style or part.
    """
    if style not in STYLES or part not in ("", *STYLES[style].parts):
        raise ValueError(f"There is no practice basemap style {'/'.join(filter(None, (style, part)))!r}.")
    title = name_style(style, part)
    scheme = describe_scheme("PNG", TILE, LEVELS)
    return {
        "currentVersion": 11.4,
        "serviceDescription": _ABOUT,
        "mapName": title,
        "description": _ABOUT,
        "copyrightText": CREDIT,
        "supportsDynamicLayers": False,
        "layers": [],
        "tables": [],
        "spatialReference": SYSTEM,
        "singleFusedMapCache": True,
        **scheme,
        "tileInfo": scheme["tileInfo"] | {"compressionQuality": 0},
        "units": "esriMeters",
        "supportedImageFormatTypes": "PNG",
        "documentInfo": _describe_document(title),
        "capabilities": "Map",
        "exportTilesAllowed": False,
    }


def name_style(style: str, part: str = "") -> str:
    """What people call a style or a part of it."""
    return f"{STYLES[style].title} {part.title()}".strip()


def _describe_document(title: str) -> dict[str, str]:
    return {
        "Title": title,
        "Author": "Practice portal",
        "Comments": _ABOUT,
        "Subject": "practice basemap",
        "Category": "",
        "AntialiasingMode": "Normal",
        "TextAntialiasingMode": "Normal",
        "Keywords": "World,Practice",
    }
