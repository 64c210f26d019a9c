"""The vector styles: MapLibre style documents (version 8) over the tile services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from arcgis_keywidget.practice.basemaps.description import CREDIT
from arcgis_keywidget.practice.basemaps.style_layers import border_layers, ground_layers, label_layers
from arcgis_keywidget.practice.basemaps.styles import STYLES
from arcgis_keywidget.practice.basemaps.vector_tiles import DEEPEST
from arcgis_keywidget.practice.paths import SERVICES as ROOT

if TYPE_CHECKING:
    from arcgis_keywidget.practice.basemaps.style_layers import Layer

SOURCES = {"arcgis": "esri", "open": "esri-open"}
"""What the real styles of a family call their source (Esri's maplibre-arcgis tests)."""
SERVICES = {"World_Basemap_v2": "arcgis", "OpenBasemap_v2": "open"}
"""The tile services and the family that each belongs to."""
ROOT_STYLES = {"arcgis": "arcgis/streets", "open": "open/streets"}
IMAGERY = "arcgis/imagery"
IMAGE_SERVICE = "World_Imagery"
IMAGE_LEVELS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One style as it is asked for.

    Attributes:
        name: a name in `STYLES`.
        part: one of the style's parts, or nothing for the whole.
        language: the code of the labels' language.
        root: scheme, host and port.
        token: appended to the addresses of tiles, glyphs and icons; none when empty.
    """

    name: str
    root: str
    part: str = ""
    language: str = "global"
    token: str = ""


def describe_map_style(wanted: Wanted) -> dict[str, Any]:
    """The style document.

    A source's `url` never has a query: a client of Esri's appends a slash to it.
    """
    family = wanted.name.partition("/")[0]
    service = f"{wanted.root}{ROOT}/{service_of(family)}/VectorTileServer"
    echo = f"?token={quote(wanted.token, safe='')}" if wanted.token else ""
    sources: dict[str, Any] = {}
    if wanted.name == IMAGERY and wanted.part != "labels":
        sources["imagery"] = _image_source(wanted.root, echo)
    if wanted.part != "standard":
        sources[SOURCES[family]] = _vector_source(service, echo)
    return {
        "version": 8,
        "sprite": f"{service}/resources/sprites/sprite{echo}",
        "glyphs": f"{service}/resources/fonts/{{fontstack}}/{{range}}.pbf{echo}",
        "sources": sources,
        "layers": _layers(wanted, SOURCES[family]),
    }


def describe_root_style(service: str) -> dict[str, Any]:
    """The style of a tile service itself, with addresses relative to where it lies."""
    family = SERVICES[service]
    wanted = Wanted(name=ROOT_STYLES[family], root="")
    source = {"type": "vector", "url": "../../", "attribution": CREDIT, "minzoom": 0, "maxzoom": DEEPEST}
    return {
        "version": 8,
        "sprite": "../sprites/sprite",
        "glyphs": "../fonts/{fontstack}/{range}.pbf",
        "sources": {SOURCES[family]: source},
        "layers": _layers(wanted, SOURCES[family]),
    }


def service_of(family: str) -> str:
    """The tile service of a family."""
    return next(name for name, owner in SERVICES.items() if owner == family)


def _layers(wanted: Wanted, source: str) -> list[Layer]:
    style = STYLES[wanted.name]
    labels = label_layers(source, wanted.name, style, wanted.language)
    if wanted.name == IMAGERY:
        picture = {"id": "Imagery", "type": "raster", "source": "imagery"}
        over = [*border_layers(source, style), *labels]
        return {"": [picture, *over], "standard": [picture], "labels": over}[wanted.part]
    ground = ground_layers(source, style)
    return {"": [*ground, *labels], "base": ground, "labels": labels}[wanted.part]


def _vector_source(service: str, echo: str) -> dict[str, Any]:
    return {
        "type": "vector",
        "url": service,
        "tiles": [f"{service}/tile/{{z}}/{{y}}/{{x}}.pbf{echo}"],
        "minzoom": 0,
        "maxzoom": DEEPEST,
        "attribution": CREDIT,
        "copyrightText": CREDIT,
    }


def _image_source(root: str, echo: str) -> dict[str, Any]:
    service = f"{root}{ROOT}/{IMAGE_SERVICE}/MapServer"
    return {
        "type": "raster",
        "url": service,
        "tiles": [f"{service}/tile/{{z}}/{{y}}/{{x}}{echo}"],
        "tileSize": 256,
        "minzoom": 0,
        "maxzoom": IMAGE_LEVELS - 1,
        "attribution": CREDIT,
        "copyrightText": CREDIT,
    }
