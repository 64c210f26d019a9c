"""A style as one browser draws it: as vectors with WebGL, else as pictures; whichever the key opens."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from arcgis_keywidget.errors import FieldError, KeyWidgetError, PrivilegeError
from arcgis_keywidget.maps import texts
from arcgis_keywidget.services.source import BasemapSource
from arcgis_keywidget.services.tile_scheme import MAX_LEVEL, TILE

if TYPE_CHECKING:
    from arcgis_keywidget.models import Preferences, Resource
    from arcgis_keywidget.services.attribution import Attribution
    from arcgis_keywidget.services.connection import Connection
    from arcgis_keywidget.services.raster import RasterTiles
    from arcgis_keywidget.services.vector import VectorStyle

PICTURES = "pictures"
"""The one source of a style that is drawn from static tiles."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a page is told of a style.

    Attributes:
        drawing: gives its parts.
        mode: ``vector`` or ``pictures``.
        document: a MapLibre style, as JSON, whose parts are asked for by name.
        credit: whom to credit, as plain text.
    """

    drawing: Drawing
    mode: str
    document: bytes = field(repr=False)
    credit: str


class Drawing(Protocol):
    """The parts of one style; `VectorStyle` is one as it stands."""

    async def tile(self, source: str, z: int, x: int, y: int) -> Resource: ...  # noqa: D102 (told there)
    async def glyphs(self, fontstack: str, span: str) -> Resource: ...  # noqa: D102 (told there)
    async def sprite(self, name: str) -> Resource: ...  # noqa: D102 (told there)


class Pictures:
    """Static tiles as a style's parts: one source, no letters, no icons."""

    def __init__(self, tiles: RasterTiles) -> None:
        self._tiles = tiles

    async def tile(self, source: str, z: int, x: int, y: int) -> Resource:
        """Return a tile; only `PICTURES` is a source."""
        if source != PICTURES:
            raise KeyWidgetError(*texts.NO_STYLE)
        return await self._tiles.tile(z, x, y)

    async def glyphs(self, fontstack: str, span: str) -> NoReturn:  # noqa: ARG002 (as a style is asked)
        """Refuse: the letters are in the pictures."""
        raise KeyWidgetError(*texts.NO_STYLE)

    async def sprite(self, name: str) -> NoReturn:  # noqa: ARG002 (as a style is asked)
        """Refuse: the icons are in the pictures."""
        raise KeyWidgetError(*texts.NO_STYLE)


async def open_style(
    connection: Connection, name: str, preferences: Preferences, base: str, *, webgl: bool
) -> Opened:
    """Open a style the best way that browser and key allow.

    Args:
        connection: to the services, with the key.
        name: of the style.
        preferences: language, worldview, places.
        base: what the addresses in the style's document begin with.
        webgl: whether the browser draws vectors.

    Raises:
        FieldError: no such style.
        PrivilegeError: the key opens it neither way.
        KeyWidgetError: the account has no static tiles, and the browser no WebGL.
    """
    source = BasemapSource(connection, name, preferences)
    if webgl and source.vector is not None:
        try:
            return await _as_vectors(source.vector, base)
        except (PrivilegeError, FieldError):
            if source.raster is None:
                raise
            try:
                return await _as_pictures(source.raster, base)
            except (KeyWidgetError, FieldError):
                pass  # what the vectors are refused for says more
            raise
    if source.raster is None:
        raise KeyWidgetError(*(texts.NO_WEBGL if source.vector else texts.NO_BASEMAPS))
    return await _as_pictures(source.raster, base)


async def _as_vectors(style: VectorStyle, base: str) -> Opened:
    document = await style.json(base)
    credit = await style.attribution()
    return Opened(style, "vector", json.dumps(document).encode(), credit.text)


async def _as_pictures(tiles: RasterTiles, base: str) -> Opened:
    await tiles.tile(0, 0, 0)  # whom to credit may be known already: only a tile tells what this key opens
    credit = await tiles.attribution()
    document = json.dumps(_picture_style(base, credit)).encode()
    return Opened(Pictures(tiles), "pictures", document, credit.text)


def _picture_style(base: str, credit: Attribution) -> dict[str, Any]:
    source = {
        "type": "raster",
        "tiles": [f"{base}/tiles/{PICTURES}/{{z}}/{{x}}/{{y}}.img"],
        "tileSize": TILE,
        "maxzoom": MAX_LEVEL,
        "attribution": credit.html,
    }
    layers = [{"id": PICTURES, "type": "raster", "source": PICTURES}]
    return {"version": 8, "sources": {PICTURES: source}, "layers": layers}
