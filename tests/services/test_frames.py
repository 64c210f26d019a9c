"""Rows as a GeoDataFrame: types, dates, shapes, CRS."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time

import geopandas
import pandas as pd
import pytest
import shapely

from arcgis_keywidget.errors import MissingExtraError
from arcgis_keywidget.services.feature_rows import FeatureRows
from arcgis_keywidget.services.layer import Column
from tests.services.hosted import Hosted

# The type of a column, a value as hosted layers write it, what becomes of it, and its type in the frame.
KINDS = {
    "SmallInteger": (-7, -7, "Int16"),
    "Integer": (2_000_000_000, 2_000_000_000, "Int32"),
    "BigInteger": (2**53 - 1, 2**53 - 1, "Int64"),
    "Single": (0.5, 0.5, "float32"),
    "Double": (0.1, 0.1, "float64"),
    "String": ("Köln", "Köln", "string"),
    "GUID": ("{0F}", "{0F}", "string"),
    "GlobalID": ("0f1a", "0f1a", "string"),
    "Date": (
        1700000000123,
        datetime(2023, 11, 14, 22, 13, 20, 123000, tzinfo=UTC),
        "datetime64[ms, UTC]",
    ),
    "DateOnly": ("2023-11-14", datetime.combine(date(2023, 11, 14), time()), "datetime64[s]"),
    "TimeOnly": ("22:13:20", time(22, 13, 20), "object"),
    "TimestampOffset": (
        "2023-11-14T23:13:20+01:00",
        datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC),
        "datetime64[ms, UTC]",
    ),
    "Blob": ("?", "?", "object"),
}
POINT = {"type": "Point", "coordinates": [7, 51]}
LINE = [[0, 0], [1, 1], [2, 1]]
RING, HOLE = (
    [[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]],
    [[1, 1], [2, 1], [2, 2], [1, 1]],
)


async def test_columns_have_the_types_of_the_layer() -> None:
    """Each with a value and without one; the object id is there."""
    kinds = {f"a {kind}": kind for kind in KINDS}
    layer = Hosted(kinds, [({f"a {kind}": value[0] for kind, value in KINDS.items()}, POINT), ({}, None)])
    frame = (await layer.read()).to_geodataframe()
    assert frame.crs == "EPSG:4326"
    assert [*frame.columns] == ["OBJECTID", *kinds, "geometry"]
    assert frame["OBJECTID"].tolist() == [1, 2]
    assert frame["OBJECTID"].dtype == "Int64"
    for kind, (_, value, dtype) in KINDS.items():
        column = frame[f"a {kind}"]
        assert str(column.dtype) == dtype, kind
        assert column[0] == value, kind
        assert pd.isna(column[1]), kind


async def test_no_rows_have_columns_and_types_too() -> None:
    """As if there were some."""
    frame = (await Hosted({f"a {kind}": kind for kind in KINDS}, []).read()).to_geodataframe()
    assert len(frame) == 0
    assert frame.crs == "EPSG:4326"
    assert {kind: str(frame[f"a {kind}"].dtype) for kind in KINDS} == {k: v[2] for k, v in KINDS.items()}
    assert frame.geometry.dtype == "geometry"


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Point", [7, 51]),
        ("Point", [7, 51, 120]),
        ("MultiPoint", LINE),
        ("LineString", LINE),
        ("MultiLineString", [LINE, LINE[:2]]),
        ("Polygon", [RING]),
        ("Polygon", [RING, HOLE]),
        ("MultiPolygon", [[RING, HOLE], [HOLE]]),
        ("Point", []),
        ("Polygon", []),
    ],
)
def test_shapes_are_the_layers(kind: str, coordinates: list) -> None:
    """Each as shapely makes it of the same GeoJSON, between others and rows without."""
    geometry = {"type": kind, "coordinates": coordinates}
    given = [geometry, None, POINT, geometry, {"type": "LineString", "coordinates": LINE}]
    frame = FeatureRows([((), one) for one in given], []).to_geodataframe()
    expected = [one and shapely.geometry.shape(one) for one in given]
    assert [one and one.wkt for one in frame.geometry] == [one and one.wkt for one in expected]


def test_what_is_no_shape_is_told() -> None:
    """A ring of two corners: the others are drawn."""
    bad = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}
    good = {"type": "Polygon", "coordinates": [RING]}
    features = [((), one) for one in (bad, good, {"type": "Circle"})]
    with pytest.warns(UserWarning, match="2 geometries of the layer cannot be drawn"):
        frame = FeatureRows(features, []).to_geodataframe()
    assert frame.geometry.isna().tolist() == [True, False, True]


def test_values_count_more_than_what_was_announced() -> None:
    """A column that holds something else than the layer said is left as it came."""
    features = [((value, "text"), None) for value in (1, "two")]
    columns = [Column("age", "Integer"), Column("geometry", "String")]
    frame = FeatureRows(features, columns).to_geodataframe()
    assert frame["age"].tolist() == [1, "two"]
    assert frame["geometry"].tolist() == ["text", "text"]  # the shapes stand beside it
    assert isinstance(frame, geopandas.GeoDataFrame)
    assert frame.geometry.name == "geometry_"


def test_without_geopandas_the_way_to_it_is_told(monkeypatch) -> None:
    """The rows are there all the same."""
    monkeypatch.setitem(sys.modules, "arcgis_keywidget.services.frames", None)
    rows = FeatureRows([((1,), None)], [Column("a", "Integer")])
    with pytest.raises(MissingExtraError, match=r'pip install "arcgis-keywidget\[features\]"'):
        rows.to_geodataframe()
