"""The styles that an account's basemap services offer."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import PortalError, UnexpectedReplyError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget.models import LocationServices
    from arcgis_keywidget.services.keyed import KeyedClient

_catalogues: dict[tuple[str | None, str | None], Catalogue] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class BasemapStyle:
    """One style.

    Attributes:
        name: such as ``arcgis/streets``; what every function here takes.
        title: what people call it.
        group: what it is for, such as ``streets``; empty where the service does not tell.
        vector: whether it is a style of the Basemap Styles service, drawn by the map library.
        raster: whether it is served as pictures, by the Static Basemap Tiles service.
        part: whether it is only a part of a style, such as its labels.
        thumbnail_url: address of a small picture, None where there is none.
    """

    name: str
    title: str
    provider: str = ""
    group: str = ""
    vector: bool = False
    raster: bool = False
    part: bool = False
    deprecated: bool = False
    thumbnail_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All styles of an account, and what they may be asked for: codes and their names.

    Attributes:
        styles: in the services' order, parts of styles among them.
    """

    styles: tuple[BasemapStyle, ...]
    languages: Mapping[str, str] = field(default_factory=dict)
    worldviews: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str) -> BasemapStyle | None:
        """Return the style of a name, or None."""
        return next((style for style in self.styles if style.name == name), None)


async def catalogue(client: KeyedClient, services: LocationServices) -> Catalogue:
    """Return the styles of an account's services; read once in this process for each pair of services.

    A service that this key may not use, or that is not there, offers no styles; another key may do better, so
    what was read without it is not kept.
    """
    place = (services.styles, services.static_tiles)
    if place in _catalogues:
        return _catalogues[place]
    vector = await _read(client, services.styles, "styles/self")
    raster = await _read(client, services.static_tiles, "self")
    found = _merge(_entries(vector), _entries(raster))
    if not found:
        raise UnexpectedReplyError(
            "The basemap services name no style.", "Check what the key may do: check_key()."
        )
    whole = Catalogue(
        styles=found,
        languages=_codes(vector, "languages") or _codes(raster, "languages"),
        worldviews=_codes(vector, "worldviews"),
        places=_codes(vector, "places"),
    )
    if None not in (vector, raster):
        _catalogues[place] = whole
    return whole


async def _read(client: KeyedClient, service: str | None, path: str) -> dict[str, Any] | None:
    """Return a list of styles, an empty one where there is no service, None where the key may not see it."""
    if service is None:
        return {}
    try:
        return (await client.get(f"{service}/{path}", f="json")).document()
    except PortalError as error:
        if error.code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
            return None
        raise


def _entries(document: Mapping[str, Any] | None) -> dict[str, dict[str, Any]]:
    """Return the entries by the name of the style; services write it with and without a leading slash."""
    listed = (document or {}).get("styles")
    entries = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {str(one.get("path") or "").strip("/"): one for one in entries if one.get("path")}


def _merge(
    vector: Mapping[str, dict[str, Any]], raster: Mapping[str, dict[str, Any]]
) -> tuple[BasemapStyle, ...]:
    return tuple(
        _style(name, {**raster.get(name, {}), **vector.get(name, {})}, name in vector, name in raster)
        for name in {**vector, **raster}
    )


def _style(name: str, entry: Mapping[str, Any], vector: bool, raster: bool) -> BasemapStyle:  # noqa: FBT001 (two facts)
    thumbnail = entry.get("thumbnailUrl")
    return BasemapStyle(
        name=name,
        title=str(entry.get("name") or name),
        provider=str(entry.get("provider") or ""),
        group=str(entry.get("group") or ""),
        vector=vector,
        raster=raster,
        part=entry.get("complete") is False or name.count("/") > 1,
        deprecated=entry.get("deprecated") is True,
        thumbnail_url=thumbnail if isinstance(thumbnail, str) and thumbnail else None,
    )


def _codes(document: Mapping[str, Any] | None, name: str) -> dict[str, str]:
    listed = (document or {}).get(name)
    entries = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {str(one["code"]): str(one.get("name") or one["code"]) for one in entries if one.get("code")}
