"""The values that the rooms of the package hand to each other; frozen, and free of any I/O."""

from __future__ import annotations

from arcgis_keywidget.models.basemap import Preferences, Resource, check_style
from arcgis_keywidget.models.credential import ITEM_ACCESS, KeyCredential, Slot, select_keys, split_access
from arcgis_keywidget.models.keys import (
    ApiKey,
    KeyRing,
    LocationServices,
    Secret,
    is_arcgis_com,
    session_keys,
    veiled,
)
from arcgis_keywidget.models.network import Network, Proxies, Verify, default_network
from arcgis_keywidget.models.origin import origin_of
from arcgis_keywidget.models.portal import (
    Account,
    AccountKind,
    Folder,
    Item,
    ItemLookup,
    ItemPage,
    MissingPrivilege,
    is_item_id,
)
from arcgis_keywidget.models.referrer import check_referrer
from arcgis_keywidget.models.request import MAX_DAYS, MAX_ITEMS, MAX_TITLE, KeyRequest
from arcgis_keywidget.models.signin import PRESETS, SIGN_IN_METHODS, client_id_in, client_variable_in
from arcgis_keywidget.models.transcript import Exchange, Transcript

__all__ = [
    "ITEM_ACCESS",
    "MAX_DAYS",
    "MAX_ITEMS",
    "MAX_TITLE",
    "PRESETS",
    "SIGN_IN_METHODS",
    "Account",
    "AccountKind",
    "ApiKey",
    "Exchange",
    "Folder",
    "Item",
    "ItemLookup",
    "ItemPage",
    "KeyCredential",
    "KeyRequest",
    "KeyRing",
    "LocationServices",
    "MissingPrivilege",
    "Network",
    "Preferences",
    "Proxies",
    "Resource",
    "Secret",
    "Slot",
    "Transcript",
    "Verify",
    "check_referrer",
    "check_style",
    "client_id_in",
    "client_variable_in",
    "default_network",
    "is_arcgis_com",
    "is_item_id",
    "origin_of",
    "select_keys",
    "session_keys",
    "split_access",
    "veiled",
]
