"""Libraries that know tiles as an address and its credits: xyzservices, Bokeh, HoloViews and hvPlot.

None of them is told the size here. Bokeh takes the last level that is no finer than its screen, counted in
tiles of 256 px: those of 512 px come out sharp, with letters of half their size up to the full one. Told that
they have 512 px, it would draw them at up to twice their size.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from arcgis_keywidget.maps.basemap import Wish
    from arcgis_keywidget.maps.delivery import Delivered


def make_provider(wish: Wish, xyzservices: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (its TileProvider)
    """Return a TileProvider."""
    return provider(wish.tiles(), wish.style, xyzservices, options)


def provider(delivered: Delivered, style: str, xyzservices: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (its TileProvider)
    """Return the TileProvider of a basemap, with its credits as text and as HTML."""
    ours = {
        "name": f"ArcGIS.{style.replace('/', '.')}",
        "url": delivered.raster_url,
        "attribution": delivered.attribution.text,
        "html_attribution": delivered.attribution.html,
        "min_zoom": 0,
        "max_zoom": delivered.max_level,
        "tile_size": delivered.tile_size,
    }
    return xyzservices.TileProvider({**ours, **options})


def make_source(wish: Wish, models: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (its WMTSTileSource)
    """Return a tile source of Bokeh."""
    delivered = wish.tiles()
    ours = {
        "url": delivered.raster_url,
        "attribution": delivered.attribution.html,
        "min_zoom": 0,
        "max_zoom": delivered.max_level,
    }
    return models.WMTSTileSource(**{**ours, **options})


def make_element(wish: Wish, holoviews: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (its Tiles)
    """Return Tiles, which hvPlot and GeoViews take too."""
    xyzservices = import_module("xyzservices")
    return holoviews.Tiles(provider(wish.tiles(), wish.style, xyzservices, {}), **options)


MAKERS: Mapping[str, Callable[[Wish, Any, Mapping[str, Any]], Any]] = {
    "bokeh": make_source,
    "hvplot": make_element,
    "xyz": make_provider,
}


def put_on(target: Any, wish: Wish, module: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (a figure of theirs)
    """Put the basemap beneath what a figure shows; return its source. Elements stay as they are: multiply."""
    made = MAKERS[wish.library.name](wish, module, options)
    if wish.library.name == "bokeh" and hasattr(target, "add_tile"):
        target.add_tile(made)
    return made
