"""A MapLibre style of the Basemap Styles service v2, made anew so that it names no service.

What is fetched for a style (tiles, letters, icons) is asked of whoever hands the style on, by name; the
addresses stay here. So a map can be drawn without the key, and by nobody else than was meant.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from arcgis_keywidget.errors import UnexpectedReplyError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget.services.attribution import Attribution

_KEPT = ("version", "name", "center", "zoom", "bearing", "pitch", "light", "sky", "transition", "projection")
_KEPT_OF_SOURCES = ("type", "minzoom", "maxzoom", "bounds", "tileSize")
_DRAWN = {"vector": "pbf", "raster": "img"}
_LAYER_WITHOUT_SOURCE = {"background", "sky"}


@dataclass(frozen=True, slots=True)
class StyleDocument:
    """A style, and where its parts are.

    Attributes:
        style: the style without any address.
        tiles: templates of the tiles' addresses, by source; absent for sources that only name a service.
        services: addresses of the services of the others, by source.
        glyphs: template of the letters' addresses, None for a style without letters.
        sprite: stem of the icons' addresses, None for a style without icons.
        credits: the words of each source on who is to be credited.
    """

    style: dict[str, Any]
    tiles: Mapping[str, str]
    services: Mapping[str, str]
    glyphs: str | None
    sprite: str | None
    credits: tuple[str, ...]

    @classmethod
    def read(cls, document: Mapping[str, Any], address: str) -> StyleDocument:
        """Take a service's style apart.

        Args:
            document: as it came, asked for with ``echoToken=false``.
            address: where it came from; what it names may be relative to that.

        Raises:
            UnexpectedReplyError: no style.
        """
        sources, layers = document.get("sources"), document.get("layers")
        if not (isinstance(sources, dict) and isinstance(layers, list)):
            raise UnexpectedReplyError("The basemap service did not answer with a style.", "Try again.")
        drawn = {name: one for name, one in sources.items() if _is_drawn(one)}
        style = {name: document[name] for name in _KEPT if name in document}
        style["sources"] = {name: _pick(one) for name, one in drawn.items()}
        style["layers"] = [layer for layer in layers if _is_kept(layer, drawn)]
        tiles = {name: url for name, one in drawn.items() if (url := _first(one.get("tiles"), address))}
        roots = {name: _address(one.get("url"), address) for name, one in drawn.items() if name not in tiles}
        return cls(
            style=style,
            tiles=tiles,
            services={name: url for name, url in roots.items() if url},
            glyphs=_address(document.get("glyphs"), address),
            sprite=_sprite(document.get("sprite"), address),
            credits=tuple(
                str(one.get("attribution") or one.get("copyrightText") or "") for one in drawn.values()
            ),
        )

    def kind(self, source: str) -> str | None:
        """Return ``vector`` or ``raster``, or None where the style has no such source."""
        found = self.style["sources"].get(source)
        return found["type"] if found else None

    def addressed(self, base: str, attribution: Attribution) -> dict[str, Any]:
        """Return the style with addresses below `base`, where a `BasemapSource` is served by name.

        Args:
            base: without a slash at its end, such as ``http://127.0.0.1:4711/…``.
            attribution: the credits, shown by the map.
        """
        style: dict[str, Any] = json.loads(json.dumps(self.style))  # nobody changes what is kept
        for name, source in style["sources"].items():
            ending = _DRAWN[source["type"]]
            source["tiles"] = [f"{base}/tiles/{name}/{{z}}/{{x}}/{{y}}.{ending}"]
            source["attribution"] = attribution.html
        if self.glyphs:
            style["glyphs"] = f"{base}/glyphs/{{fontstack}}/{{range}}.pbf"
        if self.sprite:
            style["sprite"] = f"{base}/sprite"
        return style


def tile_address(service: Mapping[str, Any], address: str) -> str | None:
    """Return the template of the tiles' addresses that a tile service's description names.

    Args:
        service: the description, of a VectorTileServer or MapServer.
        address: where it came from.
    """
    root = f"{urlsplit(address)._replace(query='', fragment='').geturl().rstrip('/')}/"
    return _first(service.get("tiles"), root)


def _is_drawn(source: object) -> bool:
    return isinstance(source, dict) and _text(source.get("type")) in _DRAWN


def _pick(source: Mapping[str, Any]) -> dict[str, Any]:
    return {name: source[name] for name in _KEPT_OF_SOURCES if name in source}


def _is_kept(layer: object, drawn: Mapping[str, Any]) -> bool:
    if not isinstance(layer, dict):
        return False
    return _text(layer.get("source")) in drawn or _text(layer.get("type")) in _LAYER_WITHOUT_SOURCE


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _first(templates: object, address: str) -> str | None:
    return _address(templates[0], address) if isinstance(templates, list) and templates else None


def _address(text: object, address: str) -> str | None:
    """Return an absolute address, None for what is none; braces of templates survive the joining."""
    try:
        return urljoin(address, text) if isinstance(text, str) and text else None
    except ValueError:  # half a one
        return None


def _sprite(sprite: object, address: str) -> str | None:
    if isinstance(sprite, list):  # MapLibre's form of several sprites; the one named default counts
        named = (one.get("url") for one in sprite if isinstance(one, dict) and one.get("id") == "default")
        sprite = next(named, None)
    return _address(sprite, address)
