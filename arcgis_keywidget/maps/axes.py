"""A basemap under the data of Matplotlib's axes, and of cartopy's, which project by themselves."""

from __future__ import annotations

import math
import textwrap
from importlib import import_module
from typing import TYPE_CHECKING, Any

from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.maps import warp
from arcgis_keywidget.maps.basemap import open_tiles
from arcgis_keywidget.services import mosaic
from arcgis_keywidget.services.basemaps import key_for_tiles
from arcgis_keywidget.services.tile_scheme import WORLD
from arcgis_keywidget.services.view import LONGEST, MOST_PIXELS, SHORTEST

if TYPE_CHECKING:
    from arcgis_keywidget.maps.basemap import Wish
    from arcgis_keywidget.maps.warp import Degrees, Limits
    from arcgis_keywidget.services.picture import BasemapImage

WEB_MERCATOR = "EPSG:3857"

_UNDER, _OVER = -1, 10  # zorder of the picture and of the credits; data are drawn in between
_LETTER, _LETTER_WIDTH = 6.5, 0.53  # points; share of the height that a letter is wide
_POINTS = 72  # in an inch
_EMPTY = ((0.0, 1.0), (0.0, 1.0))  # limits of axes that nobody has drawn on


def draw(wish: Wish, ax: Any, *, crs: Any = WEB_MERCATOR, **options: Any) -> Any:  # noqa: ANN401 (axes, an AxesImage)
    """Draw a basemap under what axes show, with its credits; their limits stay.

    Args:
        wish: what was asked for.
        ax: axes of Matplotlib, or of cartopy.
        crs: the coordinate system of the axes, as rasterio takes it; cartopy's axes know theirs.
        **options: go to `imshow`, such as ``alpha``.

    Raises:
        FieldError: nothing is on the axes yet, or the coordinate system is none.
        KeyWidgetError: the account has no static tiles.
        MissingExtraError: another coordinate system than EPSG:3857, and rasterio is not installed.
    """
    open_tiles(wish)  # says who draws something else, where there are none
    if not ax.has_data() and (ax.get_xlim(), ax.get_ylim()) == _EMPTY:
        raise FieldError("ax", "These axes show nothing yet: draw the data first, or set their limits.")
    ax.apply_aspect()
    limits = (*ax.get_xlim(), *ax.get_ylim())
    if hasattr(ax, "projection"):
        image = _draw_projected(wish, ax, options)
    elif str(crs).upper() == WEB_MERCATOR:
        image = _draw_plain(wish, ax, options)
    else:
        image = _draw_warped(wish, ax, crs, options)
    ax.set_xlim(limits[:2])
    ax.set_ylim(limits[2:])
    return image


def _draw_plain(wish: Wish, ax: Any, options: dict[str, Any]) -> Any:  # noqa: ANN401 (axes, an AxesImage)
    left, right, bottom, top = _limits(ax)
    picture = _fetch(wish, ax, (left, right, bottom, top))
    turns = round(
        (left + right - sum(picture.extent[:2])) / 2 / (2 * WORLD)
    )  # round the world, to these axes
    extent = (*(edge + turns * 2 * WORLD for edge in picture.extent[:2]), *picture.extent[2:])
    return _show(ax, picture, picture, extent, options)


def _draw_projected(wish: Wish, ax: Any, options: dict[str, Any]) -> Any:  # noqa: ANN401 (axes, an AxesImage)
    """Leave the projection to cartopy's axes."""
    mercator = import_module("cartopy.crs").Mercator.GOOGLE
    edges = [edge if math.isfinite(edge) else math.copysign(WORLD, edge) for edge in ax.get_extent(mercator)]
    left, right, bottom, top = (min(max(edge, -WORLD), WORLD) for edge in edges)
    picture = _fetch(wish, ax, (left, right, bottom, top))
    return _show(ax, picture, picture, picture.extent, {"transform": mercator, "origin": "upper", **options})


def _draw_warped(wish: Wish, ax: Any, crs: Any, options: dict[str, Any]) -> Any:  # noqa: ANN401 (axes, an AxesImage)
    limits = _limits(ax)
    degrees = warp.to_degrees(crs, limits)
    picture = _read(wish, degrees, _size(ax, warp.to_metres(degrees)))
    return _show(ax, picture, warp.warped(picture, crs, limits, _pixels(ax)), limits, options)


def _fetch(wish: Wish, ax: Any, limits: Limits) -> BasemapImage:  # noqa: ANN401 (axes)
    left, right, bottom, top = limits
    bottom, top = max(bottom, -WORLD), min(top, WORLD)
    if right - left > 2 * WORLD:
        left, right = -WORLD, WORLD
    if bottom >= top:
        raise FieldError(
            "ax", "These axes show what lies beyond the map; it needs data in EPSG:3857, or `crs`."
        )
    return _read(wish, warp.degrees_of((left, right, bottom, top)), _size(ax, (left, right, bottom, top)))


def _read(wish: Wish, degrees: Degrees, size: tuple[int, int]) -> BasemapImage:
    preferences = wish.preferences
    picture = run(
        mosaic.image(
            degrees,
            wish.style,
            size,
            language=preferences.language,
            worldview=preferences.worldview,
            key=key_for_tiles(wish.key),
            plate=False,
        )
    )
    mosaic.tell_missing(picture, wish.style)
    return picture


def _show(ax: Any, picture: BasemapImage, pixels: Any, extent: Any, options: dict[str, Any]) -> Any:  # noqa: ANN401 (axes, an array, an AxesImage)
    usual = {"zorder": _UNDER, "interpolation": "antialiased", "aspect": ax.get_aspect()}
    array = import_module("numpy").asarray(pixels)
    image = ax.imshow(array, extent=extent, **{**usual, **options})
    width = _pixels(ax)[0] / ax.figure.dpi * _POINTS
    ax.text(
        *(1, 0, textwrap.fill(picture.attribution, max(16, int(width / _LETTER / _LETTER_WIDTH)))),
        transform=ax.transAxes,
        ha="right",
        va="bottom",
        fontsize=_LETTER,
        color="#202020",
        zorder=_OVER,
        bbox={"facecolor": "white", "alpha": 0.85, "linewidth": 0, "pad": 1.5},
    )
    return image


def _limits(ax: Any) -> Limits:  # noqa: ANN401 (axes)
    """Return the limits with the lesser first, where people have turned an axis round."""
    return (*sorted(ax.get_xlim()), *sorted(ax.get_ylim()))


def _pixels(ax: Any) -> tuple[int, int]:  # noqa: ANN401 (axes)
    box = ax.get_window_extent()
    return max(1, round(box.width)), max(1, round(box.height))


def _size(ax: Any, limits: Limits) -> tuple[int, int]:  # noqa: ANN401 (axes)
    """Return the size of a picture of a rectangle, with as many pixels as the axes have on the screen."""
    shape = (limits[1] - limits[0]) / (limits[3] - limits[2])
    count = min(math.prod(_pixels(ax)), MOST_PIXELS * 0.9)
    width, height = math.sqrt(count * shape), math.sqrt(count / shape)
    return tuple(min(max(round(side), SHORTEST), LONGEST) for side in (width, height))  # type: ignore[return-value]  # two
