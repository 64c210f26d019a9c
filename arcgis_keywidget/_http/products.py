"""What portals/self tells of the product behind a portal, to a person's token and to a key alike."""

from __future__ import annotations

import re
from typing import Any

from arcgis_keywidget._http.hosts import arcgis_services
from arcgis_keywidget.models import AccountKind, LocationServices, is_arcgis_com, origin_of

_ONLINE_TYPES = frozenset({"in house", "trial"})  # seen in replies of ArcGIS Online
_LONGEST_WORD = 80
_OWN_PATH = re.compile(r"/(?!/)[A-Za-z0-9_./-]*")


def kind_of(document: dict[str, Any]) -> tuple[AccountKind, bool]:
    """Return the product of a portals/self document, and whether that is certain (docs/fidelity.md).

    Enterprise says so. Of the others only the subscription's type tells anything, and what it says for
    Location Platform is not known: a text that does not name the product is a guess.
    """
    if document.get("isPortal") is True:
        return AccountKind.ENTERPRISE, True
    words = subscription_of(document).lower()
    if "location" in words or "developer" in words:
        return AccountKind.LOCATION_PLATFORM, "location platform" in words
    return AccountKind.ONLINE, words in _ONLINE_TYPES or "personal use" in words


def subscription_of(document: dict[str, Any]) -> str:
    """Return the portal's own word for the subscription, empty where it tells none."""
    about = document.get("subscriptionInfo")
    word = about.get("type") if isinstance(about, dict) else None
    return str(word)[:_LONGEST_WORD] if isinstance(word, str | int | float) else ""


def services_in(url: str, document: dict[str, Any]) -> LocationServices:
    """Return where basemaps are served, by a portals/self document of a person or a key."""
    return services_at(url, kind_of(document)[0], document.get("practiceServices"))


def services_at(url: str, kind: AccountKind, practice: object = None) -> LocationServices:
    """Return where a portal's keys find basemaps.

    Args:
        url: the portal's address.
        kind: the product of the account.
        practice: the paths that a practice portal names on its own origin.
    """
    if isinstance(practice, dict):
        origin = origin_of(url)
        return LocationServices(
            styles=_own_address(origin, practice.get("basemapStyles")),
            static_tiles=_own_address(origin, practice.get("staticBasemapTiles")),
        )
    return arcgis_services(kind) if is_arcgis_com(url) else LocationServices()


def _own_address(origin: str, path: object) -> str | None:
    """Return the address of a path of the portal itself; a portal cannot point its keys elsewhere."""
    return origin + path if isinstance(path, str) and _OWN_PATH.fullmatch(path) else None
