"""Libraries around Leaflet: ipyleaflet and leafmap, folium and geopandas' explore.

Leaflet counts its levels in tiles of 256 px; with 512 px a level is one less. There is none below 0, so
Leaflet's own 0 is drawn from its 1, at half the size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from arcgis_keywidget.maps.basemap import Wish
    from arcgis_keywidget.maps.delivery import Delivered

_OFFSET = -1


def make_widget_layer(wish: Wish, ipyleaflet: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (its TileLayer)
    """Return a TileLayer of ipyleaflet, which leafmap takes too."""
    delivered = wish.tiles()
    ours = {
        "url": delivered.raster_url,
        "attribution": delivered.attribution.html,
        "name": wish.style,
        "base": True,
        **_levels(delivered),
    }
    return ipyleaflet.TileLayer(**{**ours, **options})


def make_page_layer(wish: Wish, folium: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (its TileLayer)
    """Return a TileLayer of folium, which `explore` hands on to it."""
    delivered = wish.tiles()
    ours = {
        "tiles": delivered.raster_url,
        "attr": delivered.attribution.html,
        "name": wish.style,
        **_levels(delivered),
    }
    return folium.TileLayer(**{**ours, **options})


MAKERS: Mapping[str, Callable[[Wish, Any, Mapping[str, Any]], Any]] = {
    "ipyleaflet": make_widget_layer,
    "leafmap": make_widget_layer,
    "folium": make_page_layer,
    "explore": make_page_layer,
}


def put_on(target: Any, wish: Wish, module: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (a map of theirs)
    """Put the basemap beneath what a map shows, in the place of the one that it has; return the layer.

    What is no map, such as a GeoDataFrame, gets nothing: its layer is returned.
    """
    layer = MAKERS[wish.library.name](wish, module, options)
    if wish.library.name == "ipyleaflet" and isinstance(target, module.Map):
        target.layers = (layer, *(one for one in target.layers if not one.base))
    elif wish.library.name == "folium" and isinstance(target, module.Map):
        for name, child in list(target._children.items()):  # noqa: SLF001 (folium has no other way to take one off)
            if isinstance(child, module.TileLayer) and not child.overlay:
                del target._children[name]  # noqa: SLF001
        target.add_child(layer, index=0)
    return layer


def _levels(delivered: Delivered) -> dict[str, int]:
    return {
        "tile_size": delivered.tile_size,
        "zoom_offset": _OFFSET,
        "min_zoom": 0,
        "min_native_zoom": -_OFFSET,
        "max_zoom": delivered.max_level - _OFFSET,
        "max_native_zoom": delivered.max_level - _OFFSET,
    }
