"""Talk to a portal: sign in, look around, make a key."""

from __future__ import annotations

from arcgis_keywidget._http import normalise_address
from arcgis_keywidget.portal.blocking import BlockingPortal
from arcgis_keywidget.portal.credential import MadeItem
from arcgis_keywidget.portal.endings import Leftover
from arcgis_keywidget.portal.gis import portal_options_of
from arcgis_keywidget.portal.keys import Step
from arcgis_keywidget.portal.oauth import CodeSignIn
from arcgis_keywidget.portal.portal import Portal
from arcgis_keywidget.portal.removal import KeyOutcome, for_each

__all__ = [
    "BlockingPortal",
    "CodeSignIn",
    "KeyOutcome",
    "Leftover",
    "MadeItem",
    "Portal",
    "Step",
    "for_each",
    "normalise_address",
    "portal_options_of",
]
