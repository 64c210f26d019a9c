"""What lies on top of a basemap: a layer of the portal, or data that is in the notebook already."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.maps import texts
from arcgis_keywidget.models import Item
from arcgis_keywidget.services.feature_rows import FeatureRows
from arcgis_keywidget.services.features import rows

if TYPE_CHECKING:
    from arcgis_keywidget.models import ApiKey

MOST_ROWS = 10_000
"""Rows that are read of a layer for a map."""

_MOST_BYTES = 32 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_SHAPES = frozenset({"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"})
_GEOJSON = _SHAPES | {"GeometryCollection", "Feature", "FeatureCollection"}
_LONGITUDE_LATITUDE = 4326


@dataclass(frozen=True, slots=True)
class Drawn:
    """GeoJSON in longitude and latitude, and whether there is more than that."""

    content: bytes
    more: bool = False


class Overlay:
    """A layer on a map. Data of the notebook is taken as it is now; a layer of the portal is read once.

    Args:
        layer: an item's id or `Item`, a layer's address, `FeatureRows`, a GeoDataFrame, or GeoJSON.
        key: opens the layer, None for the session's key that may go there.

    Raises:
        FieldError: data without a coordinate system.
        KeyWidgetError: too much for a map.
        TypeError: something else.
    """

    def __init__(self, layer: object, key: ApiKey | None) -> None:
        self._place = layer if isinstance(layer, str | Item) else None
        self._key = key
        self._drawn = None if isinstance(layer, str | Item) else _of_data(layer)

    async def read(self) -> Drawn:
        """Return what is to be drawn.

        Raises:
            NotGrantedError: the key was not made for this item.
            FieldError: no layer.
            KeyWidgetError: too much for a map, or what `read_layer` raises.
        """
        if self._drawn is None and self._place is not None:
            found = await rows(self._place, num=MOST_ROWS, key=self._key)
            self._drawn = Drawn(_packed(found.to_geojson()), more=found.exceeded)
        assert self._drawn is not None  # noqa: S101 (one of the two is set)
        return self._drawn


def _of_data(data: object) -> Drawn:
    if isinstance(data, FeatureRows):
        return Drawn(_packed(data.to_geojson()), more=data.exceeded)
    if hasattr(data, "to_crs") and hasattr(data, "to_json"):
        return Drawn(_sized(_of_frame(data)))
    document = getattr(data, "__geo_interface__", data)
    if isinstance(document, dict) and document.get("type") in _GEOJSON:
        return Drawn(_packed(document))
    raise TypeError(
        "layer is an item's id, a layer's address, what read_layer() gave, a GeoDataFrame, or GeoJSON."
    )


def _of_frame(frame: Any) -> bytes:  # noqa: ANN401 (a GeoDataFrame or GeoSeries; geopandas is an extra)
    if frame.crs is None:
        raise FieldError("layer", "The data has no coordinate system; give it one with set_crs().")
    if frame.crs.to_epsg() != _LONGITUDE_LATITUDE:
        frame = frame.to_crs(_LONGITUDE_LATITUDE)
    return _packed(json.loads(frame.to_json(default=str)))


def _packed(document: object) -> bytes:
    return _sized(json.dumps(_clean(document), default=str, separators=(",", ":")).encode())


def _sized(content: bytes) -> bytes:
    if len(content) > _MOST_BYTES:
        title, hint = texts.LAYER_TOO_LARGE
        size, most = len(content) // _MEGABYTE, _MOST_BYTES // _MEGABYTE
        raise KeyWidgetError(title.format(size=size, most=most), hint)
    return content


def _clean(value: object) -> object:
    """Return a value without numbers that JSON has not: browsers refuse NaN."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {str(name): _clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value
