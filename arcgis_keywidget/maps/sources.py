"""The basemaps that pages of this kernel may ask for, each under a number of its own."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models import ApiKey, Preferences, Resource
from arcgis_keywidget.services.connection import shared_connection
from arcgis_keywidget.services.source import BasemapSource

if TYPE_CHECKING:
    from arcgis_keywidget.maps.paths import Part
    from arcgis_keywidget.services.raster import RasterTiles
    from arcgis_keywidget.services.vector import VectorStyle

_PLACE = {"z", "x", "y"}


class ForgottenError(KeyWidgetError):
    """The key of this basemap was taken out of the session."""

    def __init__(self) -> None:
        super().__init__(
            "The key of this basemap was forgotten in this session.",
            "Put a key in with use(key), and run the cell of the map again.",
        )


class Source:
    """One basemap with one key; used on the background loop, by the shared connection of its key.

    Attributes:
        number: under which pages ask for it.
    """

    def __init__(self, number: int, key: ApiKey, style: str, preferences: Preferences) -> None:
        self.number = number
        self._key: ApiKey | None = key
        self._style = style
        self._preferences = preferences
        self._opened: BasemapSource | None = None
        self._problems: dict[str, KeyWidgetError | FieldError] = {}

    def __repr__(self) -> str:
        return f"<Source {self.number}: {self._style}>"

    @property
    def problem(self) -> KeyWidgetError | FieldError | None:
        """What the latest request that failed met, unless one of its kind went well since."""
        return next(reversed(self._problems.values()), None)

    async def open(self) -> BasemapSource:
        """Return the basemap.

        Raises:
            ForgottenError: its key is not in this session any more.
        """
        if self._key is None:
            raise ForgottenError
        connection = await shared_connection(self._key)
        if self._opened is None or self._opened.connection is not connection:
            self._opened = BasemapSource(connection, self._style, self._preferences)
        return self._opened

    async def read(self, part: Part, base: str) -> Resource:
        """Return a part of the basemap.

        Args:
            part: which.
            base: below which a style's parts are asked for.

        Raises:
            KeyWidgetError, FieldError: what the services' own functions raise.
        """
        try:
            resource = await self._read(part, base)
        except (KeyWidgetError, FieldError) as error:
            if getattr(error, "field", None) not in _PLACE:  # maps ask beyond the world's edge, in good faith
                self._problems.pop(part.kind, None)
                self._problems[part.kind] = error.with_traceback(None)
            raise
        self._problems.pop(part.kind, None)
        return resource

    def forget(self) -> None:
        """Give the key away; whoever asks is told."""
        self._key = self._opened = None

    async def _read(self, part: Part, base: str) -> Resource:
        source = await self.open()
        if part.kind == "raster":
            return await _tiles(source).tile(*map(int, part.names))
        vector = _style(source)
        if part.kind == "style":
            return Resource(json.dumps(await vector.json(base)).encode(), "application/json")
        if part.kind == "tile":
            name, *numbers = part.names
            return await vector.tile(name, *map(int, numbers))
        if part.kind == "glyphs":
            return await vector.glyphs(*part.names)
        return await vector.sprite(*part.names)


class Sources:
    """Every source of this kernel; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_number: dict[int, Source] = {}
        self._numbers: dict[tuple[object, ...], int] = {}

    def register(self, key: ApiKey, style: str, preferences: Preferences) -> Source:
        """Return the source of a basemap; the same number for the same key, style and preferences."""
        known = (key.portal, key.services, key.trust, key.referrer, key.network)
        name = (key, known, style, preferences)
        with self._lock:
            if name not in self._numbers:
                number = len(self._by_number) + 1
                self._numbers[name] = number
                self._by_number[number] = Source(number, key, style, preferences)
            return self._by_number[self._numbers[name]]

    def find(self, number: int) -> Source | None:
        """Return the source of a number."""
        return self._by_number.get(number)

    def forget(self, key: ApiKey | None = None) -> None:
        """Serve the basemaps of a key, or all, no longer.

        Their numbers are never given again: a page of before is told.
        """
        with self._lock:
            gone = [name for name in self._numbers if key is None or name[0] == key]
            for name in gone:
                self._by_number[self._numbers.pop(name)].forget()


def _tiles(source: BasemapSource) -> RasterTiles:
    if source.raster is None:
        raise KeyWidgetError("This basemap has no static tiles with this key.", "Use its vector style.")
    return source.raster


def _style(source: BasemapSource) -> VectorStyle:
    if source.vector is None:
        raise KeyWidgetError("This basemap has no vector style with this key.", "Use its tiles.")
    return source.vector
