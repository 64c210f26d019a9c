"""Sign a portal of this project in with a GIS of the `arcgis` package, in one process, and make a key."""

from __future__ import annotations

from arcgis.gis import GIS
from script import answer, refusal

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget.portal import portal_options_of


def hand_over(given: dict) -> dict:
    """Who is signed in, the key, and whether the GIS still works after signing out; or why it cannot."""
    gis = GIS(given["url"], **given["options"])
    options = portal_options_of(gis)
    with Portal.connect(**options) as portal:
        if given.get("refused"):
            return refusal(lambda: portal.sign_in_with_gis(gis))
        account = portal.sign_in_with_gis(gis)
        key = portal.create_key(KeyRequest("Handed over")).key
        portal.sign_out()
    return {
        "username": account.username,
        "key": str(key),
        "options": {name: str(value) for name, value in options.items()},
        "still": gis.users.me.username,
        "found": [item.title for item in gis.content.search('title:"World capitals"')],
    }


answer(hand_over)
