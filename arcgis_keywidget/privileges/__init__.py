"""The privileges of keys: the catalogue, presets, what an account may grant, and what it lacks for keys."""

from __future__ import annotations

from arcgis_keywidget.privileges.catalogue import BASEMAPS, STATIC_TILES, Privilege, canonical, catalogue
from arcgis_keywidget.privileges.grants import (
    check_request,
    grantable,
    needs_wide_scope,
    personal_among,
    refuse_without_keys,
)
from arcgis_keywidget.privileges.presets import Preset, preset_of, presets
from arcgis_keywidget.privileges.requirements import missing_for_keys
from arcgis_keywidget.privileges.tree import PrivilegeNode, privilege_tree

__all__ = [
    "BASEMAPS",
    "STATIC_TILES",
    "Preset",
    "Privilege",
    "PrivilegeNode",
    "canonical",
    "catalogue",
    "check_request",
    "grantable",
    "missing_for_keys",
    "needs_wide_scope",
    "personal_among",
    "preset_of",
    "presets",
    "privilege_tree",
    "refuse_without_keys",
]
