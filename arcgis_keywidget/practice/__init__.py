"""A practice portal: the same REST API as an ArcGIS portal's, on your own machine, with its own data.

It stands where the real portal would in classes, demonstrations and tests. It says practice everywhere, its
keys begin `AAPTpractice`, and it refuses every password that it did not issue.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arcgis_keywidget.practice.app import PracticePortal
    from arcgis_keywidget.practice.server import Running, serve

__all__ = ["PracticePortal", "Running", "serve"]

_HOMES = {"PracticePortal": "app", "Running": "server", "serve": "server"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (a module attribute may be anything)
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
