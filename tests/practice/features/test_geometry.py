"""Where rows lie: the geometry of queries in both spatial references, against plain arithmetic."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcgis_keywidget.practice.features.answers import answer_query
from arcgis_keywidget.practice.features.geometry import to_degrees, to_mercator
from arcgis_keywidget.practice.features.query import QueryError
from arcgis_keywidget.practice.features.table import load_tables

TABLE = load_tables()[0]
LONGITUDES, LATITUDES = st.floats(-180, 180), st.floats(-85, 85)
ALPS = {"xmin": 5, "ymin": 45, "xmax": 17, "ymax": 49}
ENVELOPE, POLYGON = "esriGeometryEnvelope", "esriGeometryPolygon"


def near(**params) -> set[str]:
    """The capitals that a query finds."""
    sent = {"outFields": "capital", "inSR": "4326", "maxRecordCountFactor": "5", **params}
    return {row["attributes"]["capital"] for row in answer_query(TABLE, sent)["features"]}


def within(west: float, south: float, east: float, north: float) -> set[str]:
    """The capitals in a rectangle of degrees, by plain comparison."""
    return {
        row.attributes["capital"]
        for row in TABLE.rows
        if west <= row.longitude <= east and south <= row.latitude <= north
    }


def refusal(**params) -> str:
    """What a query is refused with."""
    with pytest.raises(QueryError) as caught:
        near(**params)
    return caught.value.details[0]


@given(st.tuples(LONGITUDES, LATITUDES, LONGITUDES, LATITUDES))
def test_envelopes_hold_what_lies_in_them(corners):
    """In degrees, with commas and as JSON, and the same rectangle in metres."""
    west, east = sorted(corners[::2])
    south, north = sorted(corners[1::2])
    expected = within(west, south, east, north)
    assert near(geometry=f"{west},{south},{east},{north}") == expected
    box = {"xmin": west, "ymin": south, "xmax": east, "ymax": north, "spatialReference": {"wkid": 4326}}
    assert near(geometry=json.dumps(box), geometryType=ENVELOPE, inSR="102100") == expected


def test_an_envelope_in_metres():
    """As @arcgis/core and esri-leaflet send it, the spatial reference by either id."""
    corners = [*to_mercator(5, 45), *to_mercator(17, 49)]
    expected = {"Vienna", "Bern", "Vaduz", "Ljubljana", "Zagreb"} & within(5, 45, 17, 49)
    assert expected <= near(geometry=",".join(map(str, corners)), inSR="3857") == within(5, 45, 17, 49)
    assert near(geometry=",".join(map(str, corners)), inSR="") == within(5, 45, 17, 49)


def test_an_envelope_a_world_away():
    """A map that was dragged round the world asks for longitudes beyond 180."""
    assert near(geometry="365,45,377,49") == within(5, 45, 17, 49) == near(geometry="-355,45,-343,49")
    assert near(geometry="170,-90,190,90") == within(170, -90, 180, 90) | within(-180, -90, -170, 90)
    assert len(near(geometry="-1000,-90,1000,90")) == len({row.attributes["capital"] for row in TABLE.rows})


def test_polygons_have_holes():
    """A ring in a ring is left out."""
    outer = [[5, 45], [5, 49], [17, 49], [17, 45], [5, 45]]
    hole = [[16, 48], [17, 48], [17, 49], [16, 49], [16, 48]]
    assert near(geometry=json.dumps({"rings": [outer]}), geometryType=POLYGON) == within(5, 45, 17, 49)
    left = near(geometry=json.dumps({"rings": [outer, hole]}), geometryType=POLYGON)
    assert within(5, 45, 17, 49) - left == {"Vienna"}


@given(st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=3, max_size=8))
def test_a_polygon_lies_in_its_envelope(ring):
    """What a polygon holds, its envelope holds; `EnvelopeIntersects` asks for the envelope alone."""
    sent = {"geometry": json.dumps({"rings": [ring]}), "geometryType": POLYGON}
    whole = near(**sent, spatialRel="esriSpatialRelEnvelopeIntersects")
    assert near(**sent) <= whole
    xs, ys = zip(*ring, strict=True)
    assert whole == within(min(xs), min(ys), max(xs), max(ys))


def test_distances_are_metres_on_the_ground():
    """Bratislava is 55 km from Vienna, Budapest 215."""
    vienna = {"geometry": "16.3721,48.2085", "geometryType": "esriGeometryPoint"}
    assert near(**vienna, distance="1") == {"Vienna"}
    assert near(**vienna, distance="60", units="esriSRUnit_Kilometer") == {"Vienna", "Bratislava"}
    many = {"points": [[16.3721, 48.2085], [19.0399, 47.4984]]}
    sent = {"geometry": json.dumps(many), "geometryType": "esriGeometryMultipoint", "distance": "20000"}
    assert near(**sent) == {"Vienna", "Budapest"}


@pytest.mark.parametrize("system", ["3857", "4326"])
@pytest.mark.parametrize("place", ["0,1e12", "0,-1e300", "1e300,0", "1e308,1e308"])
def test_nothing_lies_beyond_the_map(place, system):
    """A point out of this world is near no capital, and no error."""
    assert near(geometry=place, geometryType="esriGeometryPoint", inSR=system, distance="1000") == set()


@given(LONGITUDES, LATITUDES)
def test_projections_are_each_others_inverse(longitude, latitude):
    """To a tenth of a millimetre."""
    back = to_degrees(*to_mercator(longitude, latitude))
    assert all(math.isclose(a, b, abs_tol=1e-8) for a, b in zip(back, (longitude, latitude), strict=True))


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("geometry", {"geometry": "1,2,3"}),
        ("geometry", {"geometry": "a,b,c,d"}),
        ("geometry", {"geometry": "nan,0,1,1"}),
        ("geometry", {"geometry": "0,0,inf,1"}),
        ("geometry", {"geometry": "{"}),
        ("geometry", {"geometry": "[" * 5000}),
        ("geometry", {"geometry": "{" * 5000}),
        ("geometry", {"geometry": "1," * 100_000}),
        ("geometry", {"geometry": "{}", "geometryType": POLYGON}),
        ("geometry", {"geometry": '{"rings": []}', "geometryType": POLYGON}),
        ("geometry", {"geometry": '{"rings": [[["a", 1]]]}', "geometryType": POLYGON}),
        ("geometry", {"geometry": '{"rings": 7}', "geometryType": POLYGON}),
        ("geometry", {"geometry": '{"paths": [[[0, 0], [1, 1]]]}', "geometryType": "esriGeometryPolyline"}),
        ("geometry", {"geometry": "0,0", "geometryType": "esriGeometryBlob"}),
        ("geometry", {"geometry": json.dumps(ALPS | {"spatialReference": {"wkid": 2154}})}),
        ("geometry", {"geometry": "0,0,1,1", "distance": "5"}),
        ("spatialRel", {"geometry": "0,0,1,1", "spatialRel": "esriSpatialRelRelation"}),
        ("inSR", {"geometry": "0,0,1,1", "inSR": "2154"}),
        ("distance", {"geometry": "0,0", "geometryType": "esriGeometryPoint", "distance": "-1"}),
        ("distance", {"geometry": "0,0", "geometryType": "esriGeometryPoint", "distance": "nan"}),
        ("units", {"geometry": "0,0", "geometryType": "esriGeometryPoint", "units": "furlong"}),
    ],
)
def test_what_is_no_geometry_is_refused(name, params):
    """Each refusal names its parameter; nothing is quietly left out."""
    assert refusal(**params) == f"'{name}' parameter is invalid"


@given(st.text(max_size=60), st.sampled_from([ENVELOPE, POLYGON, "esriGeometryPoint", ""]))
def test_no_text_brings_the_geometry_down(text, kind):
    """Whatever is sent, there is a reply or a QueryError."""
    try:
        found = near(where="1=1", geometry=text, geometryType=kind)
    except QueryError:
        return
    assert found <= within(-180, -90, 180, 90)
