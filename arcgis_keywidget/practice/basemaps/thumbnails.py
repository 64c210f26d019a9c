"""Small pictures of the styles, cut out of a tile."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image

THUMBNAIL_TILE = (3, 4, 2)
"""Level, column and row: central and southern Europe."""
SIZE = (200, 133)
"""The size of an item's thumbnail in a portal (Esri's help)."""
_PLACE = (40, 100, 440, 366)


@lru_cache(maxsize=32)
def make_thumbnail(tile: bytes) -> bytes:
    """A thumbnail as PNG, from the PNG of ``THUMBNAIL_TILE``."""
    with Image.open(BytesIO(tile)) as picture:
        small = picture.convert("RGBA").crop(_PLACE).resize(SIZE, Image.Resampling.LANCZOS)
    file = BytesIO()
    small.save(file, "PNG")
    return file.getvalue()
