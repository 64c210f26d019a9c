"""Make an ArcGIS API key in a notebook and use it in the next cell.

Names are looked up when they are first used, so that importing the package imports nothing heavy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arcgis_keywidget.form.widget import KeyForm
    from arcgis_keywidget.maps.basemap import basemap
    from arcgis_keywidget.maps.widget import BasemapMap
    from arcgis_keywidget.models import ApiKey, KeyCredential, KeyRequest
    from arcgis_keywidget.portal import Portal
    from arcgis_keywidget.services.basemaps import fetch_tile
    from arcgis_keywidget.services.check import check_key
    from arcgis_keywidget.services.features import read_layer
    from arcgis_keywidget.services.gallery import basemaps
    from arcgis_keywidget.services.mosaic import basemap_image
    from arcgis_keywidget.session.inject import current_key, forget, use

__version__ = "0.1.0"

__all__ = [
    "ApiKey",
    "BasemapMap",
    "KeyCredential",
    "KeyForm",
    "KeyRequest",
    "Portal",
    "__version__",
    "basemap",
    "basemap_image",
    "basemaps",
    "check_key",
    "current_key",
    "fetch_tile",
    "forget",
    "read_layer",
    "use",
]

_HOMES = {
    "ApiKey": "models",
    "BasemapMap": "maps.widget",
    "KeyCredential": "models",
    "KeyForm": "form.widget",
    "KeyRequest": "models",
    "Portal": "portal",
    "basemap": "maps.basemap",
    "basemap_image": "services.mosaic",
    "basemaps": "services.gallery",
    "check_key": "services.check",
    "current_key": "session.inject",
    "fetch_tile": "services.basemaps",
    "forget": "session.inject",
    "read_layer": "services.features",
    "use": "session.inject",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    _compose()
    return getattr(import_module(f"{__name__}.{home}"), name)


def _compose() -> None:
    """Have certificates, proxies and trusted hosts read from the configuration at the first request."""
    network = import_module(f"{__name__}.models").default_network
    network.read_by(lambda: import_module(f"{__name__}.config").read_network())


def load_ipython_extension(ipython: object) -> None:
    """Add `%arcgis_key`, for `%load_ext arcgis_keywidget`."""
    _compose()
    import_module(f"{__name__}.magics").load(ipython)


def unload_ipython_extension(ipython: object) -> None:
    """Take it away again."""
    import_module(f"{__name__}.magics").unload(ipython)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tell a Jupyter server where our route is."""
    return [{"module": "arcgis_keywidget.maps.server"}]


def __dir__() -> list[str]:
    return sorted(__all__)
