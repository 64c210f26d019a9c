"""Tiles that were drawn, for whoever asks next."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from arcgis_keywidget.practice.basemaps.tiles import TileKey

ROOM = 64 << 20
"""Bytes of tiles that are kept; the ones that were not asked for longest go first."""


class Tile(NamedTuple):
    """A drawn tile: PNG, and the entity tag that changes with its content."""

    content: bytes
    etag: str

    @classmethod
    def of(cls, content: bytes) -> Tile:
        """A tile with its tag."""
        return cls(content, f'"{hashlib.blake2b(content, digest_size=8).hexdigest()}"')


class TileCache:
    """The tiles asked for last, up to a number of bytes; thread-safe.

    Args:
        room: how many bytes.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._lock = threading.Lock()
        self._tiles: OrderedDict[TileKey, Tile] = OrderedDict()
        self._room = room

    def find(self, key: TileKey) -> Tile | None:
        """A tile that is kept."""
        with self._lock:
            tile = self._tiles.get(key)
            if tile:
                self._tiles.move_to_end(key)
            return tile

    def keep(self, key: TileKey, tile: Tile) -> None:
        """Keep a tile, and drop others when it gets too many."""
        with self._lock:
            if key in self._tiles:
                self._room += len(self._tiles[key].content)
            self._tiles[key] = tile
            self._room -= len(tile.content)
            while self._room < 0:
                _, oldest = self._tiles.popitem(last=False)
                self._room += len(oldest.content)
