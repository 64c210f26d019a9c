"""Rectangles on the globe."""

from __future__ import annotations

import json

import geopandas
import numpy as np
import pytest
import shapely

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.services.extent import read_extent

BOX = (7.0, 50.5, 8.0, 51.5)


def test_four_numbers_of_any_kind() -> None:
    """A tuple, a list, an array, a row of one."""
    for bbox in (BOX, [*BOX], np.array(BOX), np.array(BOX, dtype="float32"), map(str, BOX)):
        assert read_extent(bbox) == BOX
    assert read_extent(BOX).query()["geometry"] == "7.0,50.5,8.0,51.5"


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:25832"])
def test_the_rectangle_round_a_frame(crs: str) -> None:
    """In degrees, whatever system the frame is in; a series and a frame alike."""
    points = geopandas.GeoSeries(shapely.points([BOX[:2], BOX[2:]]), crs="EPSG:4326").to_crs(crs)
    for frame in (points, geopandas.GeoDataFrame(geometry=points)):
        assert read_extent(frame) == pytest.approx(BOX, abs=1e-9)


def test_what_crosses_the_180th_meridian_is_two_rings() -> None:
    """West is greater than east there."""
    asked = read_extent((170, -20, -170, 20)).query()
    assert asked["geometryType"] == "esriGeometryPolygon"
    rings = json.loads(asked["geometry"])["rings"]
    assert [{x for x, _ in ring} for ring in rings] == [{170, 180}, {-180, -170}]


@pytest.mark.parametrize(
    ("bbox", "message"),
    [
        ((1, 2, 3), "Four numbers"),
        ("7,50", "Four numbers"),
        (5, "Four numbers"),
        ((0, 0, float("nan"), 1), "finite"),
        ((500_000, 5_600_000, 501_000, 5_601_000), "Degrees"),
        ((0, 2, 1, 1), "South is greater"),
        (geopandas.GeoSeries([shapely.Point(0, 0)]), "no coordinate system"),
        (geopandas.GeoSeries([], crs="EPSG:4326"), "finite"),
    ],
)
def test_what_is_no_rectangle_is_told(bbox: object, message: str) -> None:
    """By its argument, with the remedy."""
    with pytest.raises(FieldError, match=message) as caught:
        read_extent(bbox)
    assert caught.value.field == "bbox"
