"""A rectangle on the globe, from what people have at hand: four numbers, or a GeoDataFrame."""

from __future__ import annotations

import json
import math
from typing import Any, NamedTuple

from arcgis_keywidget.errors import FieldError

_DEGREES = "EPSG:4326"
_WORLD, _POLE = 180.0, 90.0
_NEEDED = "Four numbers are needed, in degrees: west, south, east, north; or a GeoDataFrame."


class Extent(NamedTuple):
    """A rectangle in degrees; one whose west is greater than its east crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def query(self) -> dict[str, str]:
        """Return what a feature query says to ask for what meets it."""
        boxes = [self]
        if self.west > self.east:
            boxes = [self._replace(east=_WORLD), self._replace(west=-_WORLD)]
        rings = [
            [[w, s], [w, n], [e, n], [e, s], [w, s]]  # clockwise: an outer ring
            for w, s, e, n in boxes
        ]
        one = len(boxes) == 1
        geometry = ",".join(map(repr, self)) if one else json.dumps({"rings": rings})
        return {
            "geometry": geometry,
            "geometryType": "esriGeometryEnvelope" if one else "esriGeometryPolygon",
            "inSR": "4326",
            "spatialRel": "esriSpatialRelIntersects",
        }


def read_extent(bbox: Any) -> Extent:  # noqa: ANN401 (anything that holds four numbers, or has bounds)
    """Return the rectangle of four numbers in degrees, or round everything in a GeoDataFrame.

    Args:
        bbox: west, south, east, north, as any sequence or array; or an object with ``total_bounds`` and
            ``crs``, which is projected to degrees if need be.

    Raises:
        FieldError: it is no rectangle on the globe (field ``bbox``).
    """
    if hasattr(bbox, "total_bounds"):
        bbox = _in_degrees(bbox).total_bounds
    try:
        extent = Extent(*(float(number) for number in bbox))
    except (TypeError, ValueError):
        raise FieldError("bbox", _NEEDED) from None
    if not all(map(math.isfinite, extent)):
        raise FieldError("bbox", "There is no rectangle round nothing; all four numbers must be finite.")
    if max(abs(extent.west), abs(extent.east)) > _WORLD or max(abs(extent.south), abs(extent.north)) > _POLE:
        raise FieldError("bbox", "Degrees are needed: -180 to 180 from west to east, -90 to 90 to the north.")
    if extent.south > extent.north:
        raise FieldError("bbox", "South is greater than north; the order is west, south, east, north.")
    return extent


def _in_degrees(frame: Any) -> Any:  # noqa: ANN401 (a GeoDataFrame, a GeoSeries or their like)
    crs = getattr(frame, "crs", None)
    if crs is None:
        raise FieldError("bbox", "It has no coordinate system; name it: set_crs('EPSG:4326') for degrees.")
    if crs == _DEGREES:
        return frame
    if not hasattr(frame, "to_crs"):
        raise FieldError("bbox", "It is not in degrees, and cannot be projected.")
    return frame.to_crs(_DEGREES)
