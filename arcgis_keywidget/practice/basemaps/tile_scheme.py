"""The tiling scheme of the practice basemaps' services: Web Mercator, each level half the resolution."""

from __future__ import annotations

from typing import Any

EDGE = 20037508.342787
"""Metres from the middle of the map to each side (EPSG:3857)."""
SYSTEM = {"wkid": 102100, "latestWkid": 3857}
EXTENT = {"xmin": -EDGE, "ymin": -EDGE, "xmax": EDGE, "ymax": EDGE, "spatialReference": SYSTEM}
_SCALE = 295828763.7957775
"""Of level 0 in tiles of 512 pixels at 96 pixels an inch."""


def describe_scheme(form: str, side: int, levels: int) -> dict[str, Any]:
    """The members of a tile service's description that say where its tiles lie.

    Args:
        form: what `tileInfo` calls the format of tiles.
        side: pixels of a tile.
        levels: how many levels there are, from 0.
    """
    coarse = 512 / side
    lods = [
        {"level": z, "resolution": 2 * EDGE / (side << z), "scale": coarse * _SCALE / (1 << z)}
        for z in range(levels)
    ]
    return {
        "initialExtent": EXTENT,
        "fullExtent": EXTENT,
        "minScale": lods[0]["scale"],
        "maxScale": lods[-1]["scale"],
        "tileInfo": {
            "rows": side,
            "cols": side,
            "dpi": 96,
            "format": form,
            "origin": {"x": -EDGE, "y": EDGE},
            "spatialReference": SYSTEM,
            "lods": lods,
        },
    }
