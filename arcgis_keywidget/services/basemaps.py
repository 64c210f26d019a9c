"""Basemaps: tiles of the Static Basemap Tiles service v1."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import FieldError, KeyWidgetError, PrivilegeError, UnexpectedReplyError
from arcgis_keywidget.models import ApiKey, Secret, is_arcgis_com, session_keys, veiled
from arcgis_keywidget.services.keyed import as_key, is_whole, keyed_client, services_of

if TYPE_CHECKING:
    from os import PathLike

    from arcgis_keywidget._http import Transport
    from arcgis_keywidget.services.keyed import KeyedClient

MAX_LEVEL = 22
"""Highest zoom level (documented); tiles are 512 px, so levels count one less than with 256 px."""

_STYLE = re.compile(r"(arcgis|open|osm)/[a-z][a-z-]*(/[a-z]+)?")
_PNG = b"\x89PNG\r\n\x1a\n"
_POWERED = "Powered by Esri"
_attributions: dict[str, str] = {}  # by address of the style; they change with the service's releases only


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One basemap tile, 512 by 512 pixels, Web Mercator; notebooks show it as a picture.

    Attributes:
        content: the PNG file.
        attribution: must be shown with the picture, wherever it goes.
    """

    content: bytes = field(repr=False)
    content_type: str = "image/png"
    attribution: str
    style: str
    z: int
    x: int
    y: int

    def _repr_png_(self) -> bytes:
        return self.content

    def save(self, path: str | PathLike[str]) -> None:
        """Write the PNG file."""
        Path(path).write_bytes(self.content)


def fetch_tile(style: str, z: int, x: int, y: int, *, key: str | Secret | ApiKey | None = None) -> Tile:
    """Return one basemap tile.

    Args:
        style: such as ``arcgis/streets`` or ``open/navigation``.
        z: zoom level, 0 to 22, in 512 px tiles.
        x: column, counted from the west.
        y: row, counted from the north.
        key: the key to use; the session's newest with static tiles unless given.

    Raises:
        FieldError: there is no such tile; nothing is sent.
        KeyWidgetError: no key in this session, or one whose account has no static basemap tiles.
        PrivilegeError: the key lacks ``premium:user:staticbasemaptiles``.
        ExpiredError, ReferrerError, TokenError: the key is not accepted.
    """
    key = veiled(key)
    key = _key_for_tiles(key)
    return run(tile(style, z, x, y, key=key))


async def tile(
    style: str,
    z: int,
    x: int,
    y: int,
    *,
    key: str | Secret | ApiKey | None = None,
    transport: Transport | None = None,
) -> Tile:
    """Return one basemap tile, as `fetch_tile` does."""
    key = veiled(key)
    key = _key_for_tiles(key)
    root = services_of(key).static_tiles
    _check(style, z, x, y)
    if root is None:
        raise KeyWidgetError(
            "The account of this key has no static basemap tiles.",
            "Only ArcGIS Location Platform offers them; make a key with such an account.",
        )
    async with keyed_client(key, transport) as client:
        try:
            content = await _picture(client, f"{root}/{style}/static/tile/{z}/{y}/{x}")
            attribution = await _attribution(client, f"{root}/{style}/static")
        except PrivilegeError as error:
            raise PrivilegeError(
                "This key may not read static basemap tiles.",
                "Make one with the privilege premium:user:staticbasemaptiles.",
                code=error.code,
                endpoint=error.endpoint,
            ) from None
    return Tile(content=content, attribution=attribution, style=style, z=z, x=x, y=y)


async def _picture(client: KeyedClient, url: str) -> bytes:
    content = (await client.get(url)).content()
    if not content.startswith(_PNG):
        raise UnexpectedReplyError("The tile service did not answer with a picture.", "Try again.")
    return content


async def _attribution(client: KeyedClient, url: str) -> str:
    if url not in _attributions:
        document = (await client.get(url, f="json")).document()
        providers = str(document.get("copyrightText") or "")
        ours = is_arcgis_com(client.key.portal)
        _attributions[url] = " | ".join(filter(None, [_POWERED if ours else "", providers]))
    return _attributions[url]


def _key_for_tiles(key: Secret | ApiKey | None) -> ApiKey:
    if key is not None:
        return key if isinstance(key, ApiKey) else as_key(key)
    fitting = (held for held in session_keys if services_of(held).static_tiles)
    return next(fitting, None) or session_keys.need()


def _check(style: str, z: int, x: int, y: int) -> None:
    if not (isinstance(style, str) and _STYLE.fullmatch(style)):
        raise FieldError("style", f"{style!r} is no style; write it like 'arcgis/streets'.")
    for name, value in (("z", z), ("x", x), ("y", y)):
        if not is_whole(value):
            raise FieldError(name, "Levels, columns and rows are whole numbers.")
    if not 0 <= z <= MAX_LEVEL:
        raise FieldError("z", f"The levels are 0 to {MAX_LEVEL}.")
    for name, value in (("x", x), ("y", y)):
        if not 0 <= value < 2**z:
            raise FieldError(name, f"On level {z} these are 0 to {2**z - 1}.")
