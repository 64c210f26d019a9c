"""Libraries that draw in the kernel: contextily, cartopy; and the axes of Matplotlib, see `axes`.

cartopy gets pictures that our own client fetches, so that there is no address at all. contextily fetches by
itself, keeps addresses in a cache on disk and shows them in its errors: it gets those of this kernel's proxy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.maps import axes
from arcgis_keywidget.maps.basemap import open_tiles
from arcgis_keywidget.maps.slippy import open_slippy
from arcgis_keywidget.maps.tiles import provider

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from arcgis_keywidget.maps.basemap import Wish


def make_contextily(wish: Wish, xyzservices: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (its TileProvider)
    """Return a TileProvider whose tiles this kernel can reach itself."""
    near = "loopback" if wish.delivery in {"auto", "route"} else wish.delivery
    return provider(wish.tiles(delivery=near), wish.style, xyzservices, options)


def make_cartopy(wish: Wish, img_tiles: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (a GoogleWTS)
    """Return tiles for `add_image` of cartopy's axes."""
    return open_slippy(open_tiles(wish), img_tiles, options)


def make_drawing(wish: Wish, pyplot: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (an AxesImage)
    """Draw under what axes show, by default the current ones; return the image."""
    given = dict(options)
    target = given.pop("ax", None)
    return axes.draw(wish, pyplot.gca() if target is None else target, **given)


MAKERS: Mapping[str, Callable[[Wish, Any, Mapping[str, Any]], Any]] = {
    "contextily": make_contextily,
    "cartopy": make_cartopy,
    "matplotlib": make_drawing,
}


def put_on(target: Any, wish: Wish, module: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (axes)
    """Draw under what axes show; return the image."""
    if hasattr(target, "imshow"):
        return axes.draw(wish, target, **options)
    return MAKERS[wish.library.name](wish, module, options)
