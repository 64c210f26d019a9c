"""From Web Mercator to other coordinate systems: rectangles, and pictures, which rasterio projects."""

from __future__ import annotations

import math
from importlib import import_module
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FieldError, MissingExtraError
from arcgis_keywidget.services.tile_scheme import WORLD

if TYPE_CHECKING:
    from arcgis_keywidget.services.picture import BasemapImage

Limits = tuple[float, float, float, float]
"""Left, right, bottom, top, as Matplotlib orders them; in metres or another unit of a coordinate system."""
Degrees = tuple[float, float, float, float]
"""West, south, east, north; west is greater than east across the 180th meridian."""

_NORTHMOST = 85.05112877980659  # degrees: there Web Mercator ends


def degrees_of(limits: Limits) -> Degrees:
    """Return a rectangle in metres (EPSG:3857), no wider than the world, in degrees."""
    left, right, bottom, top = limits
    south, north = (math.degrees(math.atan(math.sinh(edge / WORLD * math.pi))) for edge in (bottom, top))
    if right - left >= 2 * WORLD:
        return -180.0, south, 180.0, north
    west, east = ((edge / WORLD * 180 + 180) % 360 - 180 for edge in (left, right))
    return west, south, 180.0 if east == -180 else east, north  # noqa: PLR2004 (the world's edge)


def to_metres(degrees: Degrees) -> Limits:
    """Return a rectangle in metres (EPSG:3857)."""
    west, south, east, north = degrees
    east += 360 if west > east else 0
    bottom, top = (math.asinh(math.tan(math.radians(edge))) / math.pi * WORLD for edge in (south, north))
    return west / 180 * WORLD, east / 180 * WORLD, bottom, top


def to_degrees(crs: Any, limits: Limits) -> Degrees:  # noqa: ANN401 (what rasterio takes for one)
    """Return what a rectangle of another coordinate system covers of the map.

    Raises:
        FieldError: no coordinate system, or a rectangle beyond the map.
        MissingExtraError: rasterio is not installed.
    """
    rasterio = _rasterio()
    left, right, bottom, top = limits
    try:
        west, south, east, north = rasterio.warp.transform_bounds(crs, "EPSG:4326", left, bottom, right, top)
    except (rasterio.errors.RasterioError, ValueError):  # its CRSError is a ValueError
        raise FieldError("crs", f"{crs!r} is no coordinate system, or not that of these axes.") from None
    south, north = max(south, -_NORTHMOST), min(north, _NORTHMOST)
    if not all(map(math.isfinite, (west, south, east, north))) or south >= north:
        raise FieldError("crs", "What these axes show lies beyond the map, in this coordinate system.")
    return max(west, -180.0), south, min(east, 180.0), north


def warped(picture: BasemapImage, crs: Any, limits: Limits, size: tuple[int, int]) -> Any:  # noqa: ANN401 (an array)
    """Return the pixels of a rectangle in another coordinate system; transparent where there are none."""
    rasterio, numpy = _rasterio(), import_module("numpy")
    source = numpy.moveaxis(numpy.asarray(picture.convert("RGBA")), 2, 0)
    target = numpy.zeros((4, size[1], size[0]), numpy.uint8)
    rasterio.warp.reproject(
        source,
        target,
        src_crs="EPSG:3857",
        src_transform=_transform(rasterio, picture.extent, picture.size),
        dst_crs=crs,
        dst_transform=_transform(rasterio, limits, size),
        resampling=rasterio.enums.Resampling.bilinear,
    )
    return numpy.moveaxis(target, 0, 2)


def _transform(rasterio: Any, limits: Limits, size: tuple[int, int]) -> Any:  # noqa: ANN401 (a module, a transform)
    left, right, bottom, top = limits
    return rasterio.transform.from_bounds(left, bottom, right, top, *size)


def _rasterio() -> Any:  # noqa: ANN401 (a module)
    try:
        import_module("rasterio.warp")
        return import_module("rasterio")
    except ModuleNotFoundError:
        raise MissingExtraError(
            "Only rasterio can bring a basemap into another coordinate system than EPSG:3857, and it is not "
            "installed.",
            "pip install rasterio; or draw the data in EPSG:3857.",
        ) from None
