"""Sign in with the `arcgis` package in one of its ways, and look around."""

from __future__ import annotations

from arcgis.gis import GIS
from script import answer


def look_around(given: dict) -> dict:
    """Who one is, the portal's version, and the content that the package finds."""
    gis = GIS(given["url"], **given["options"])
    me = gis.users.me
    return {
        "username": me and me.username,
        "version": list(gis.version),
        "folders": [folder.name for folder in gis.content.folders.list()] if me else [],
        "found": [item.title for item in gis.content.search('title:"World capitals"')],
        "admin": bool(me) and gis.admin is not None,
    }


answer(look_around)
