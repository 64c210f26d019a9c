"""The small pictures of a gallery: fetched with the key where it may go, kept for this process."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.services import payloads
from arcgis_keywidget.services.connection import STYLES, connected
from arcgis_keywidget.services.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arcgis_keywidget._http import Transport
    from arcgis_keywidget.models import ApiKey, Resource
    from arcgis_keywidget.services.catalogue import BasemapStyle
    from arcgis_keywidget.services.connection import Connection

MOST_BYTES = 130_000
"""Of all pictures of a gallery together, a third less than they take as text: notebooks keep them."""

_LARGEST = 8_000  # of one, where they are few
_fetched: dict[str, Resource] = {}  # by address; they are as public as the styles, and nothing of an account


async def fetch_pictures(
    key: ApiKey, styles: Sequence[BasemapStyle], transport: Transport | None = None
) -> dict[str, Resource]:
    """Return the pictures of styles by their names, small enough to be put in a page together.

    A style whose picture cannot be had, or lies at a host that is not trusted, has none. Without Pillow
    pictures are taken as they are, as many as fit.
    """
    named = {style.name: style.thumbnail_url for style in styles if style.thumbnail_url}
    missing = sorted(set(named.values()) - _fetched.keys())
    async with connected(key, transport) as connection:
        with Progress("pictures", len(missing)) as progress, connection.pace.telling(progress.tell):
            await asyncio.gather(*(_fetch(connection, url, progress) for url in missing))
    found = {name: _fetched[url] for name, url in named.items() if url in _fetched}
    return await asyncio.to_thread(_fit, found)


async def _fetch(connection: Connection, url: str, progress: Progress) -> None:
    with suppress(KeyWidgetError):  # a gallery is still one without it
        _fetched[url] = await connection.read(
            url, lambda reply: payloads.picture(reply.content()), privilege=STYLES
        )
    progress.add()


def _fit(found: dict[str, Resource]) -> dict[str, Resource]:
    if find_spec("PIL") is None:
        return _fit_whole(found)
    from arcgis_keywidget.services.thumbnails import shrink  # noqa: PLC0415 (Pillow is an extra)

    each = min(_LARGEST, MOST_BYTES // max(1, len(found)))
    shrunk = {name: shrink(picture, each) for name, picture in found.items()}
    return {name: picture for name, picture in shrunk.items() if picture is not None}


def _fit_whole(found: dict[str, Resource]) -> dict[str, Resource]:
    fitting, rest = {}, MOST_BYTES
    for name, picture in found.items():
        if len(picture.content) <= rest:
            fitting[name] = picture
            rest -= len(picture.content)
    return fitting
