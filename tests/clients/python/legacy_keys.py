"""What becomes of the `arcgis` package's older manager, for keys that have been retired."""

from __future__ import annotations

from arcgis.gis import GIS
from script import answer, refusal


def try_it(given: dict) -> dict:
    """List such keys, and try to create one."""
    gis = GIS(given["url"], **given["options"])
    manager = gis.api_keys
    return {
        "there": manager is not None,
        "keys": len(list(manager.keys)) if manager else None,
        "created": refusal(lambda: manager.create("A key", "class")) if manager else None,
    }


answer(try_it)
