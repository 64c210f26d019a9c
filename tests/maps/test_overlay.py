from __future__ import annotations

import json
import math

import pytest

from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.maps import overlay
from arcgis_keywidget.maps.overlay import Overlay
from arcgis_keywidget.services.features import rows

POINT = {"type": "Point", "coordinates": [13.4, 52.5]}


async def drawn(layer, key=None):
    """The GeoJSON that a layer comes to."""
    return json.loads((await Overlay(layer, key).read()).content)


async def test_layer_of_the_portal(make_key, served):
    """By its item, or read before: the same rows."""
    key, item = make_key(), served.portal.layer
    document = await drawn(item, key)
    assert document["features"][0]["geometry"]["type"] == "Point"
    assert await drawn(await rows(item, key=key), key) == document


@pytest.mark.parametrize(
    "data",
    [
        POINT,
        {"type": "Feature", "geometry": POINT, "properties": {"a": 1}},
        {"type": "FeatureCollection", "features": []},
    ],
)
async def test_geojson_of_any_kind(data):
    """As it is."""
    assert await drawn(data) == data


async def test_objects_that_tell_their_geometry():
    """Shapely's and others' interface."""

    class Shape:
        __geo_interface__ = POINT

    assert await drawn(Shape()) == POINT


async def test_numbers_that_json_has_not():
    """NaN and the infinities become null: a browser would refuse the whole layer."""
    found = await drawn(
        {"type": "Feature", "geometry": POINT, "properties": {"a": math.nan, "b": [math.inf]}}
    )
    assert found["properties"] == {"a": None, "b": [None]}


async def test_later_changes_of_the_data_are_not_drawn():
    """The data is taken as it is when the map is made."""
    data = {"type": "Feature", "geometry": POINT, "properties": {"a": 1}}
    layer = Overlay(data, None)
    data["properties"]["a"] = 2
    assert json.loads((await layer.read()).content)["properties"] == {"a": 1}


@pytest.mark.parametrize("thing", [7, {"type": "Topology"}, [POINT], object()])
def test_anything_else_is_refused(thing):
    """With what a layer is."""
    with pytest.raises(TypeError, match="GeoDataFrame"):
        Overlay(thing, None)


def test_too_large_a_layer_is_refused(monkeypatch):
    """With the way to a smaller one."""
    monkeypatch.setattr(overlay, "_MOST_BYTES", 10)
    with pytest.raises(KeyWidgetError) as caught:
        Overlay(POINT, None)
    assert "where=" in caught.value.hint


class Frame:
    """What is used of a GeoDataFrame; geopandas itself is an extra."""

    def __init__(self, crs):
        self.crs = crs

    def to_crs(self, epsg):
        """Another frame in another system."""
        return Frame(Crs(epsg))

    def to_json(self, **options):
        """Its GeoJSON."""
        assert options["default"] is str
        return json.dumps({"type": "FeatureCollection", "features": [], "epsg": self.crs.epsg})


class Crs:
    """A coordinate system by its number."""

    def __init__(self, epsg):
        self.epsg = epsg

    def to_epsg(self):
        """Its number."""
        return self.epsg


async def test_frames_are_turned_to_longitude_and_latitude():
    """From whatever system they are in."""
    assert (await drawn(Frame(Crs(3857))))["epsg"] == 4326


def test_frames_without_a_system_are_refused():
    """Where their numbers lie on earth is not known."""
    with pytest.raises(FieldError, match="coordinate system"):
        Overlay(Frame(None), None)
