"""`basemap_image`: a basemap as one picture, made of tiles that are fetched side by side."""

from __future__ import annotations

import asyncio
import warnings
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING

from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import (
    MissingExtraError,
    PortalError,
    PortalUnreachableError,
    QuotaError,
    UnexpectedReplyError,
)
from arcgis_keywidget.models import Preferences, check_style, veiled
from arcgis_keywidget.services.basemaps import key_for_tiles
from arcgis_keywidget.services.connection import connected
from arcgis_keywidget.services.extent import read_extent
from arcgis_keywidget.services.progress import Progress
from arcgis_keywidget.services.raster import RasterTiles
from arcgis_keywidget.services.view import View

if TYPE_CHECKING:
    from PIL.Image import Image

    from arcgis_keywidget._http import Transport
    from arcgis_keywidget.errors import KeyWidgetError
    from arcgis_keywidget.models import ApiKey, Resource, Secret
    from arcgis_keywidget.services.connection import Connection
    from arcgis_keywidget.services.picture import BasemapImage
    from arcgis_keywidget.services.view import Place

SIZE = (1024, 768)

_MOST_MISSING = 0.25  # share of the tiles; a picture with more holes than that is none
_UNPACKERS = 2  # threads; Pillow lets go of the interpreter for a part of the work
_AT_ONCE = 2  # workers for each request that may be under way: the wire rests while none waits for it


def basemap_image(
    bbox: object,
    style: str = "arcgis/streets",
    size: tuple[int, int] = SIZE,
    *,
    language: str = "",
    worldview: str = "",
    key: str | Secret | ApiKey | None = None,
) -> BasemapImage:
    """Return a basemap as one picture, a Pillow image with its extent, the credits drawn on it.

    ``axes.imshow(picture, extent=picture.extent)`` puts it under data in EPSG:3857.

    Args:
        bbox: what it shall show: west, south, east, north in degrees (west may be greater than east, across
            the 180th meridian), or a GeoDataFrame or GeoSeries, whose rectangle counts. The picture shows
            more where the shape of ``size`` is another one.
        style: such as ``arcgis/streets`` or ``open/navigation``; basemaps() shows them.
        size: width and height in pixels: 64 to 8192 a side, 16 megapixels in all.
        language: of the labels, a code such as ``de``; the service's choice unless given.
        worldview: whose borders are drawn, such as ``unitedStatesOfAmerica``.
        key: the key to use; the session's newest with static tiles unless given.

    Returns:
        A `BasemapImage`. Where a few tiles did not come, also after three tries, a warning says so, their
        places are striped, and its ``missing`` holds their extents; what came is held for a second call.

    Raises:
        FieldError: no rectangle on the globe, no size, no such style.
        MissingExtraError: Pillow is not installed.
        KeyWidgetError: no key in this session, or one whose account has no static basemap tiles.
        PrivilegeError: the key lacks ``premium:user:staticbasemaptiles``.
        ExpiredError, ReferrerError, TokenError: the key is not accepted.
        QuotaError: more requests than the service allows, also after a minute's pause.
        PortalError, PortalUnreachableError, UnexpectedReplyError: more than a quarter of the tiles failed.
    """
    key = veiled(key)
    key = key_for_tiles(key)
    picture = run(image(bbox, style, size, language=language, worldview=worldview, key=key))
    tell_missing(picture, style)
    return picture


async def image(
    bbox: object,
    style: str = "arcgis/streets",
    size: tuple[int, int] = SIZE,
    *,
    language: str = "",
    worldview: str = "",
    key: str | Secret | ApiKey | None = None,
    plate: bool = True,
    transport: Transport | None = None,
) -> BasemapImage:
    """Return a basemap as one picture, as `basemap_image` does; its ``missing`` is all the warning.

    Without ``plate`` the credits are not drawn on it, for who shows its ``attribution`` in another way.
    """
    key = veiled(key)
    key = key_for_tiles(key)
    check_style(style)
    view = View.of(read_extent(bbox), size)
    preferences = Preferences(language=language, worldview=worldview)
    _need_pillow()
    async with connected(key, transport) as connection:
        return await Mosaic(connection, RasterTiles(connection, style, preferences), view).make(plate=plate)


class Mosaic:
    """One picture in the making."""

    def __init__(self, connection: Connection, tiles: RasterTiles, view: View) -> None:
        from arcgis_keywidget.services.picture import Canvas  # noqa: PLC0415 (Pillow is an extra)

        self._pace = connection.pace
        self._tiles = tiles
        self._view = view
        self._canvas = Canvas(view)
        self._places: dict[tuple[int, int], list[Place]] = {}  # of each tile; the world may be seen twice
        for place in view.places():
            self._places.setdefault((place.x, place.y), []).append(place)
        self._unpacking = ThreadPoolExecutor(_UNPACKERS, "arcgis-keywidget-tiles")
        self._failures: dict[tuple[int, int], KeyWidgetError] = {}

    async def make(self, *, plate: bool) -> BasemapImage:
        """Fetch the tiles and put them together."""
        with Progress("tiles", len(self._places)) as progress, self._pace.telling(progress.tell):
            credits_ = await self._tiles.attribution()  # first: a wrong key or style costs one request
            await self.collect(progress)
        missing = tuple(chain.from_iterable(self._places[tile] for tile in self._failures))
        for place in missing:
            self._canvas.stripe(place)
        picture = await asyncio.to_thread(self._canvas.finish, credits_.text, missing, plate=plate)
        picture.trouble = next((error.title for error in self._failures.values()), "")
        return picture

    async def collect(self, progress: Progress) -> None:
        """Paste every tile; some workers wait for the wire while others wait for what unpacks pictures."""
        waiting = iter(self._places)

        async def work() -> None:
            for tile in waiting:
                await self._paste(tile)
                progress.add()

        failure: BaseException | None = None
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(_AT_ONCE * self._pace.limit, len(self._places))):
                    group.create_task(work())
        except ExceptionGroup as errors:
            failure = errors.exceptions[0]
        finally:
            self._unpacking.shutdown(wait=False, cancel_futures=True)
        if failure is not None:
            raise failure

    async def _paste(self, tile: tuple[int, int]) -> None:
        try:
            picture = await self._read(tile)
        except (PortalError, PortalUnreachableError, UnexpectedReplyError) as error:
            self._note(tile, error)
            return
        for place in self._places[tile]:
            self._canvas.paste(picture, place)

    async def _read(self, tile: tuple[int, int]) -> Image:
        level = self._view.level
        try:
            return await self._unpack(await self._tiles.tile(level, *tile))
        except UnexpectedReplyError:  # a page of a proxy, half a picture: these pass, and may be held
            return await self._unpack(await self._tiles.fetch(level, *tile))

    async def _unpack(self, resource: Resource) -> Image:
        """Unpack a picture, which takes 2 ms, while the loop goes on with the next ones."""
        from arcgis_keywidget.services.picture import read_tile  # noqa: PLC0415 (Pillow is an extra)

        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._unpacking, read_tile, resource.content)

    def _note(self, tile: tuple[int, int], error: KeyWidgetError) -> None:
        """Go on without a tile, unless the trouble is every tile's."""
        self._failures[tile] = error
        if not _of_one_tile(error) or len(self._failures) > _MOST_MISSING * len(self._places):
            raise error


def _of_one_tile(error: KeyWidgetError) -> bool:
    if isinstance(error, QuotaError):
        return False
    return not isinstance(error, PortalError) or error.code >= HTTPStatus.INTERNAL_SERVER_ERROR


def tell_missing(picture: BasemapImage, style: str) -> None:
    """Warn of tiles that did not come, in the name of who called a function that calls this."""
    if picture.missing:
        count = len(picture.missing)
        tiles, their = ("tile", "its place is") if count == 1 else ("tiles", "their places are")
        warnings.warn(
            f"{count} {tiles} of {style} did not come, though asked for again; {their} striped. "
            f"{picture.trouble} Run it again later: what came is held for ten minutes.",
            stacklevel=3,
        )


def _need_pillow() -> None:
    if find_spec("PIL") is None:
        raise MissingExtraError(
            "Pictures of basemaps are made with Pillow, which is not installed.",
            "pip install 'arcgis-keywidget[maps]'",
        )
