"""What Basemap Styles v2 says about itself: styles, languages, worldviews, places; and styles as web maps.

The members of an entry are those that Esri's maplibre-arcgis types for `styles/self`; `group` came in 2026.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from arcgis_keywidget.practice.basemaps.preferences import (
    FAMILIES,
    LANGUAGES,
    PLACES,
    STRATEGIES,
    WORLDVIEWS,
    list_codes,
)
from arcgis_keywidget.practice.basemaps.styles import STYLES
from arcgis_keywidget.practice.basemaps.vector_styles import IMAGE_SERVICE, IMAGERY
from arcgis_keywidget.practice.paths import SERVICES
from arcgis_keywidget.practice.paths import STYLES as SERVICE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget.practice.basemaps.vector_styles import Wanted

VERSION = "2.12.0"


class Listing(NamedTuple):
    """How entries are written: the address of the portal, `styles` or `webmaps`, and a slash before paths."""

    root: str
    kind: str
    slash: bool

    def url(self, path: str = "") -> str:
        """An address below the service."""
        return f"{self.root}{SERVICE}/{self.kind}/{path}"


def describe_service(root: str) -> dict[str, Any]:
    """The service as a whole."""
    service = root + SERVICE
    return {
        "name": "Practice Basemap Styles",
        "version": VERSION,
        "description": "Practice basemaps, made from free data. They are no Esri basemaps.",
        **_choices(),
        "selfUrl": f"{service}/self",
        "stylesUrl": f"{service}/styles/self",
        "webmapsUrl": f"{service}/webmaps/self",
    }


def list_styles(listing: Listing) -> dict[str, Any]:
    """Every style, and every part of one."""
    entries = [_entry(listing, name, part) for name, style in STYLES.items() for part in ("", *style.parts)]
    custom = {"customStylesUrl": listing.url("items")} if listing.kind == "styles" else {}
    return {**custom, "selfUrl": listing.url("self"), **_choices(), "styles": entries}


def describe_entry(listing: Listing, name: str, part: str) -> dict[str, Any]:
    """One style with what it can be asked for."""
    lists = {
        "languages": languages_of(name),
        "worldviews": worldviews_of(name, part),
        "places": places_of(name),
    }
    return _entry(listing, name, part) | {key: list_codes(choices) for key, choices in lists.items()}


def languages_of(name: str) -> dict[str, str]:
    """The languages of a style; the open family has no local names (documented)."""
    codes = {**STRATEGIES, **LANGUAGES}
    return {code: about for code, about in codes.items() if code != "local" or not name.startswith("open/")}


def choose_language(name: str, asked: str) -> str:
    """The language that a style is written in: the one asked for, else the nearest (documented).

    An unknown code loses its last parts until it is known, such as `fr` for `fr-CA`; else it is `global`.
    """
    known = languages_of(name)
    while asked and asked not in known:
        asked = asked.rpartition("-")[0]
    return asked or "global"


def worldviews_of(name: str, part: str) -> Mapping[str, str]:
    """The worldviews of a style; none where it has neither borders nor names, or is of the open family."""
    return {} if part == "standard" or name.startswith("open/") else WORLDVIEWS


def places_of(name: str) -> Mapping[str, str]:
    """The choices of places of interest; the street maps alone have them."""
    return PLACES if name.endswith("/streets") else {}


def describe_webmap(wanted: Wanted) -> dict[str, Any]:
    """A web map with the style as its basemap."""
    title = STYLES[wanted.name].title
    shown = _imagery_layers(wanted) if wanted.name == IMAGERY else [_style_layer(wanted, title, wanted.part)]
    if STYLES[wanted.name].parts and wanted.name != IMAGERY and not wanted.part:
        shown = [_style_layer(wanted, title, part) for part in STYLES[wanted.name].parts]
    system = {"wkid": 102100, "latestWkid": 3857}
    return {
        "baseMap": {"title": title, "baseMapLayers": shown},
        "spatialReference": system,
        "authoringApp": "Practice portal",
        "version": "2.31",
    }


def _imagery_layers(wanted: Wanted) -> list[dict[str, Any]]:
    picture = {
        "id": "imagery",
        "layerType": "ArcGISTiledMapServiceLayer",
        "title": STYLES[IMAGERY].title,
        "url": f"{wanted.root}{SERVICES}/{IMAGE_SERVICE}/MapServer",
        "visibility": True,
        "opacity": 1,
    }
    labels = _style_layer(wanted, STYLES[IMAGERY].title, "labels")
    return {"": [picture, labels], "standard": [picture], "labels": [labels]}[wanted.part]


def _style_layer(wanted: Wanted, title: str, part: str) -> dict[str, Any]:
    path = "/".join(word for word in (wanted.name, part) if word)
    asked = {"language": "" if wanted.language == "global" else wanted.language, "token": wanted.token}
    query = urlencode({key: value for key, value in asked.items() if value})
    layer = {
        "id": path.replace("/", "-"),
        "layerType": "VectorTileLayer",
        "title": title,
        "styleUrl": f"{wanted.root}{SERVICE}/styles/{path}{f'?{query}' if query else ''}",
        "visibility": True,
        "opacity": 1,
    }
    return layer | ({"isReference": True} if part == "labels" else {})


def _choices() -> dict[str, Any]:
    languages = {**STRATEGIES, **LANGUAGES}
    lists = {"styleFamilies": FAMILIES, "languages": languages, "worldviews": WORLDVIEWS, "places": PLACES}
    return {key: list_codes(choices) for key, choices in lists.items()}


def _entry(listing: Listing, name: str, part: str) -> dict[str, Any]:
    path = "/".join(word for word in (name, part) if word)
    title = STYLES[name].title
    address = "styleUrl" if listing.kind == "styles" else "webmapUrl"
    entry = {
        "complete": not part,
        "deprecated": False,
        "name": f"{title} ({part})" if part else title,
        "path": f"/{path}" if listing.slash else path,
        "provider": "Practice portal",
        "styleFamily": name.partition("/")[0],
        "group": STYLES[name].group,
        address: listing.url(path),
        "selfUrl": listing.url(f"{path}/self"),
        "thumbnailUrl": f"{listing.root}{SERVICE}/thumbnails/{name}.png",
    }
    if part:
        return entry | {"rootUrl": listing.url(name)}
    return entry | {
        f"{key}Url": listing.url(f"{name}/{key}") for key in STYLES[name].parts if key != "standard"
    }
