"""A basemap as pictures: the tiles of the Static Basemap Tiles service v1."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from arcgis_keywidget._http import Reply
from arcgis_keywidget.errors import FieldError, KeyWidgetError, PortalError
from arcgis_keywidget.models import Resource, is_arcgis_com
from arcgis_keywidget.services import payloads
from arcgis_keywidget.services.attribution import Attribution
from arcgis_keywidget.services.connection import STATIC_TILES, about_style
from arcgis_keywidget.services.tile_scheme import check_tile

if TYPE_CHECKING:
    from collections.abc import Callable

    from arcgis_keywidget.models import Preferences
    from arcgis_keywidget.services.connection import Connection, T

# By address of the style and by key, for not every key may read them.
_attributions: dict[tuple[str, int], Attribution] = {}


class RasterTiles:
    """The tiles of one style, 512 px each, with its credits."""

    def __init__(self, connection: Connection, style: str, preferences: Preferences) -> None:
        self._connection = connection
        self._style = style
        self._query = preferences.query("language", "worldview")

    @property
    def root(self) -> str:
        """Address of the style's tile service.

        Raises:
            KeyWidgetError: the account has no static tiles.
        """
        service = self._connection.services.static_tiles
        if service is None:
            raise KeyWidgetError(
                "The account of this key has no static basemap tiles.",
                "Only ArcGIS Location Platform offers them; BasemapMap draws this account's vector styles.",
            )
        return f"{service}/{self._style}/static"

    async def tile(self, z: int, x: int, y: int) -> Resource:
        """Return one tile.

        Args:
            z: level, 0 to 22, in tiles of 512 px.
            x: column, from the west.
            y: row, from the north.

        Raises:
            FieldError: there is no such tile (nothing is sent), or no such style.
            KeyWidgetError: the account has no static tiles.
            PrivilegeError: the key lacks ``premium:user:staticbasemaptiles``.
            UnexpectedReplyError: what came is no picture.
        """
        check_tile(z, x, y)
        name = ("raster", self._style, *self._query.items(), z, x, y)
        return await self._connection.keep(name, lambda: self.fetch(z, x, y))

    async def fetch(self, z: int, x: int, y: int) -> Resource:
        """Return one tile as it is now, as `tile` does, asked for in any case."""
        check_tile(z, x, y)
        url = f"{self.root}/tile/{z}/{y}/{x}"
        return await self._read(url, lambda reply: payloads.picture(reply.content()), self._query)

    async def attribution(self) -> Attribution:
        """Return who is to be credited; asked for once with each key in this process."""
        name = self.root, hash(self._connection.key)
        if name not in _attributions:
            document = await self._read(self.root, Reply.document, {"f": "json"})
            esri = is_arcgis_com(self._connection.key.portal)
            _attributions[name] = Attribution.of(document.get("copyrightText"), esri=esri)
        return _attributions[name]

    async def _read(self, url: str, take: Callable[[Reply], T], query: dict[str, str]) -> T:
        try:
            return await self._connection.read(url, take, query=query, privilege=STATIC_TILES)
        except PortalError as error:
            if error.code == HTTPStatus.NOT_FOUND:  # such as imagery, of which there are the labels alone
                said = (
                    f"The service has no pictures of a style {self._style!r}; basemaps() tells which it has."
                )
                raise FieldError("style", said) from None
            raise about_style(self._style, self._query, error) from None
