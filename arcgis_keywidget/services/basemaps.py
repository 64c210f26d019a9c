"""Basemaps: tiles of the Static Basemap Tiles service v1."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from arcgis_keywidget._loop import run
from arcgis_keywidget.models import ApiKey, Preferences, Secret, check_style, session_keys, veiled
from arcgis_keywidget.services.connection import connected
from arcgis_keywidget.services.keyed import as_key, services_of
from arcgis_keywidget.services.raster import RasterTiles

if TYPE_CHECKING:
    from os import PathLike

    from arcgis_keywidget._http import Transport


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
    key = key_for_tiles(key)
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
    key = key_for_tiles(key)
    check_style(style)
    async with connected(key, transport) as connection:
        tiles = RasterTiles(connection, style, Preferences())
        content = (await tiles.fetch(z, x, y)).content
        credits_ = await tiles.attribution()
    return Tile(content=content, attribution=credits_.text, style=style, z=z, x=x, y=y)


def key_for_tiles(key: str | Secret | ApiKey | None) -> ApiKey:
    """Return the key to use: the one given, else the session's newest whose account has static tiles.

    Raises:
        KeyWidgetError: there is none in the session.
    """
    key = veiled(key)
    if key is not None:
        return key if isinstance(key, ApiKey) else as_key(key)
    fitting = (held for held in session_keys if services_of(held).static_tiles)
    return next(fitting, None) or session_keys.need()
