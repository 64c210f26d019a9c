"""A basemap as a vector style: the Basemap Styles service v2, and what its styles are drawn from."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from arcgis_keywidget.errors import FieldError, KeyWidgetError, PortalError, UnexpectedReplyError
from arcgis_keywidget.models import Resource, Secret, is_arcgis_com, is_item_id
from arcgis_keywidget.services import payloads
from arcgis_keywidget.services.attribution import Attribution
from arcgis_keywidget.services.connection import STYLES, about_style
from arcgis_keywidget.services.style_document import StyleDocument, tile_address
from arcgis_keywidget.services.tile_scheme import check_tile

if TYPE_CHECKING:
    from collections.abc import Callable

    from arcgis_keywidget._http import Reply
    from arcgis_keywidget.models import Preferences
    from arcgis_keywidget.services.connection import Connection
    from arcgis_keywidget.services.sessions import Session

SPRITES = ("sprite.json", "sprite.png", "sprite@2x.json", "sprite@2x.png")

_RANGE = re.compile(r"(\d{1,5})-(\d{1,5})")
_SPAN = 256
_FONTS = re.compile(r"[\w .,'&()+-]{1,200}")


class VectorStyle:
    """One style, its tiles, letters and icons.

    Args:
        connection: to the services, with the key.
        style: such as ``arcgis/streets``, or the item id of a custom style.
        preferences: language, worldview, places.
        session: whether to read with a basemap session, which is charged, in the place of the key.
    """

    def __init__(
        self, connection: Connection, style: str, preferences: Preferences, *, session: bool = False
    ) -> None:
        self._connection = connection
        self._style = style
        self._query = preferences.query("language", "worldview", "places")
        self._in_session = session
        self._document: StyleDocument | None = None
        self._templates: dict[str, str] = {}

    @property
    def address(self) -> str:
        """Address of the style.

        Raises:
            KeyWidgetError: the account has no basemap styles.
        """
        service = self._connection.services.styles
        if service is None:
            raise KeyWidgetError(
                "The account of this key has no basemap styles.",
                "ArcGIS Online and ArcGIS Location Platform offer them; make a key with such an account.",
            )
        return f"{service}/styles/{f'items/{self._style}' if is_item_id(self._style) else self._style}"

    @property
    def query(self) -> dict[str, str]:
        """The preferences, as parameters of the style's address."""
        return dict(self._query)

    async def document(self) -> StyleDocument:
        """Return the style, taken apart; asked for once.

        Raises:
            FieldError: no such style, or not with these preferences.
            PrivilegeError: the key lacks ``premium:user:basemaps``.
            UnexpectedReplyError: what came is no style.
        """
        if self._document is None:
            query = {"echoToken": "false", "f": "json", **self._query}
            try:
                reply = await self._read(self.address, _take_document, query)
            except PortalError as error:
                raise about_style(self._style, self._query, error) from None
            document = StyleDocument.read(reply, self.address)
            self._templates.update(document.tiles)
            self._document = document
        return self._document

    async def json(self, base: str) -> dict[str, Any]:
        """Return the style for a map that finds its parts below `base`, by name; see `StyleDocument`."""
        return (await self.document()).addressed(base, await self.attribution())

    async def tile(self, source: str, z: int, x: int, y: int) -> Resource:
        """Return a tile of one of the style's sources: a vector tile, empty where nothing is, or a picture.

        Raises:
            FieldError: the style has no such source, or there is no such tile.
            UnexpectedReplyError: what came is neither.
        """
        check_tile(z, x, y)
        kind = (await self.document()).kind(source)
        if kind is None:
            raise FieldError("source", f"The style {self._style} has no source {source!r}.")
        url = await self._template(source)
        for name, value in (("{z}", z), ("{y}", y), ("{x}", x)):
            url = url.replace(name, str(value))
        # By its address: styles of one family share their tiles.
        return await self._kept(url, _take_picture if kind == "raster" else _take_vector_tile)

    async def glyphs(self, fontstack: str, span: str) -> Resource:
        """Return the letters of some fonts.

        Args:
            fontstack: names of fonts, as the style has them, separated by commas.
            span: 256 code points, such as ``0-255``.

        Raises:
            FieldError: no such range or fonts; nothing is sent.
        """
        ends = _RANGE.fullmatch(span)
        if not ends or int(ends[1]) % _SPAN or int(ends[2]) - int(ends[1]) != _SPAN - 1:
            raise FieldError("range", f"A range of letters is {_SPAN} code points, such as 0-255.")
        template = (await self.document()).glyphs
        if template is None or not _FONTS.fullmatch(fontstack) or fontstack.strip(".") == "":
            raise FieldError("fontstack", "The style has no letters of these fonts.")
        url = template.replace("{fontstack}", quote(fontstack, safe=",")).replace("{range}", span)
        return await self._kept(url, lambda reply: payloads.glyphs(reply.body and reply.content()))

    async def sprite(self, name: str) -> Resource:
        """Return the style's icons, or their index.

        Args:
            name: one of `SPRITES`.

        Raises:
            FieldError: no such file, or a style without icons.
        """
        stem = (await self.document()).sprite
        if name not in SPRITES or stem is None:
            raise FieldError("sprite", f"The icons of a style are {', '.join(SPRITES)}.")
        take = _take_index if name.endswith(".json") else _take_picture
        return await self._kept(stem + name.removeprefix("sprite"), take)

    async def attribution(self) -> Attribution:
        """Return who is to be credited, in the words of the style's sources."""
        words = dict.fromkeys(filter(None, (await self.document()).credits))
        return Attribution.of(" ".join(words), esri=is_arcgis_com(self._connection.key.portal))

    async def session(self) -> Session:
        """Return the session of the style's family, started if need be: that is charged."""
        connection, root = self._connection, self._connection.services.styles
        if root is None:
            raise KeyWidgetError("The account of this key has no basemap styles.")
        async with connection.asking() as client:
            return await connection.sessions.get(client, root, self._style.partition("/")[0])

    async def _template(self, source: str) -> str:
        """Return the template of a source's tiles; where the style only names a service, ask that, once."""
        if source not in self._templates:
            url = (await self.document()).services.get(source)
            service = await self._read(url, _take_document, {"f": "json"}) if url else {}
            template = url and tile_address(service, url)
            if not template:
                raise UnexpectedReplyError(
                    "The style does not tell where its tiles are.", "Choose another style."
                )
            self._templates[source] = template
        return self._templates[source]

    async def _kept(self, url: str, take: Callable[[Reply], Resource]) -> Resource:
        return await self._connection.keep(url, lambda: self._read(url, take))

    async def _read(self, url: str, take: Callable[[Reply], Any], query: dict[str, str] | None = None) -> Any:  # noqa: ANN401 (what `take` makes)
        token: Secret | None = (await self.session()).token if self._in_session else None
        return await self._connection.read(url, take, query=query, privilege=STYLES, session=token)


def _take_document(reply: Reply) -> dict[str, Any]:
    return reply.document(frozenset())  # nothing in a style is a secret, whatever its name


def _take_picture(reply: Reply) -> Resource:
    return payloads.picture(reply.content())


def _take_vector_tile(reply: Reply) -> Resource:
    if not reply.body or reply.status == HTTPStatus.NOT_FOUND:
        return payloads.EMPTY_TILE
    return payloads.vector_tile(reply.content())


def _take_index(reply: Reply) -> Resource:
    return payloads.sprite_index(reply.document(frozenset()))
