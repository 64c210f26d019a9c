"""Rows as a GeoDataFrame; imported only when one is asked for, since geopandas is an extra."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import pandas as pd

from arcgis_keywidget.services.collection import collection_paused
from arcgis_keywidget.services.geometries import make_geometries

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from arcgis_keywidget.services.layer import Column

_NOT_A_TIME = np.iinfo("int64").min


@collection_paused()
def make_frame(
    columns: Sequence[Column],
    rows: Sequence[tuple[Any, ...]],
    geometries: Sequence[Mapping[str, Any] | None],
) -> geopandas.GeoDataFrame:
    """Return rows and their GeoJSON geometries as a frame in EPSG:4326, each column of its own type."""
    data = {
        column.name: _make_column(column.kind, [row[place] for row in rows])
        for place, column in enumerate(columns)
    }
    shape = "geometry"
    while shape in data:  # a layer may have a column of this name
        shape += "_"
    data[shape] = geopandas.array.from_shapely(make_geometries(geometries), crs="EPSG:4326")
    return geopandas.GeoDataFrame(data, geometry=shape, index=pd.RangeIndex(len(rows)))


def _make_column(kind: str, values: list[Any]) -> Any:  # noqa: ANN401 (any array of pandas)
    make = _MAKERS.get(kind, _as_they_are)
    try:
        return make(values)
    except (TypeError, ValueError, OverflowError):  # what a server gives counts more than what it announced
        return _as_they_are(values)


def _as_they_are(values: list[Any]) -> Any:  # noqa: ANN401 (same)
    return pd.Series(values, dtype=object)


def _whole(dtype: str) -> Callable[[list[Any]], Any]:
    return lambda values: pd.array(values, dtype=dtype)


def _decimal(dtype: str) -> Callable[[list[Any]], Any]:
    return lambda values: np.array([np.nan if value is None else value for value in values], dtype=dtype)


def _texts(values: list[Any]) -> Any:  # noqa: ANN401 (same)
    return pd.array(values, dtype="string")


def _moments(values: list[Any]) -> Any:  # noqa: ANN401 (same)
    """Milliseconds since 1970, which are UTC; with an offset they come as text."""
    if any(isinstance(value, str) for value in values):
        return pd.to_datetime(pd.Series(values), utc=True, format="ISO8601").astype("datetime64[ms, UTC]")
    counted = np.array([_NOT_A_TIME if value is None else value for value in values], dtype="int64")
    return pd.Series(counted.view("datetime64[ms]")).dt.tz_localize("UTC")


def _dates(values: list[Any]) -> Any:  # noqa: ANN401 (same)
    return pd.Series(np.array(values, dtype="datetime64[s]"))


def _times(values: list[Any]) -> Any:  # noqa: ANN401 (same)
    return _as_they_are([value if value is None else time.fromisoformat(value) for value in values])


_MAKERS: dict[str, Callable[[list[Any]], Any]] = {
    "OID": _whole("Int64"),
    "SmallInteger": _whole("Int16"),
    "Integer": _whole("Int32"),
    "BigInteger": _whole("Int64"),
    "Single": _decimal("float32"),
    "Double": _decimal("float64"),
    **dict.fromkeys(("String", "GUID", "GlobalID", "XML"), _texts),
    "Date": _moments,
    "TimestampOffset": _moments,
    "DateOnly": _dates,
    "TimeOnly": _times,
}
