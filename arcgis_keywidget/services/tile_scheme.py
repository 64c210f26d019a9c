"""The tiles of the basemap services: 512 px, Web Mercator, levels counted one less than with 256 px."""

from __future__ import annotations

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.services.keyed import is_whole

MAX_LEVEL = 22
"""Highest zoom level (documented)."""
TILE = 512
"""Pixels of a side (documented)."""
WORLD = 20_037_508.342789244
"""Metres from the middle of the world to each of its edges, EPSG:3857."""


def check_tile(z: int, x: int, y: int) -> None:
    """Refuse what is no tile.

    Raises:
        FieldError: names the number that cannot be.
    """
    for name, value in (("z", z), ("x", x), ("y", y)):
        if not is_whole(value):
            raise FieldError(name, "Levels, columns and rows are whole numbers.")
    if not 0 <= z <= MAX_LEVEL:
        raise FieldError("z", f"The levels are 0 to {MAX_LEVEL}.")
    for name, value in (("x", x), ("y", y)):
        if not 0 <= value < 2**z:
            raise FieldError(name, f"On level {z} these are 0 to {2**z - 1}.")
