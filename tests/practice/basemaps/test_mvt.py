"""The encoder of vector tiles, held against another's decoder."""

from __future__ import annotations

import mapbox_vector_tile
from hypothesis import given
from hypothesis import strategies as st

from arcgis_keywidget.practice.basemaps.mvt import EXTENT, Feature, Shape, encode_tile

UNITS = st.integers(-EXTENT, 2 * EXTENT)
CORNERS = st.tuples(UNITS, UNITS)
VALUES = st.one_of(st.text(max_size=20), st.integers(0, 2**40))
PROPERTIES = st.dictionaries(st.text(min_size=1, max_size=10), VALUES, max_size=5)


def decode(tile: bytes) -> dict:
    """The tile as the other decoder reads it, y downward as it is stored."""
    return mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})


@given(st.lists(st.tuples(CORNERS, PROPERTIES), min_size=1, max_size=8))
def test_points_come_back(points):
    """Any positions and properties, any number of features: all as they went in."""
    features = [Feature(n, Shape.POINT, [[at]], held) for n, (at, held) in enumerate(points)]
    layer = decode(encode_tile({"spots": features}))["spots"]
    assert (layer["extent"], layer["version"]) == (EXTENT, 2)
    assert [
        (found["id"], tuple(found["geometry"]["coordinates"]), found["properties"])
        for found in layer["features"]
    ] == [(n, at, held) for n, (at, held) in enumerate(points)]


@given(st.lists(st.lists(CORNERS, min_size=2, max_size=6), min_size=2, max_size=4))
def test_lines_come_back(lines):
    """Several lines of one feature, each with all its corners."""
    tile = encode_tile({"ways": [Feature(1, Shape.LINE, lines, {})]})
    geometry = decode(tile)["ways"]["features"][0]["geometry"]
    assert geometry["type"] == "MultiLineString"
    assert [[tuple(at) for at in line] for line in geometry["coordinates"]] == lines


def test_areas_come_back_with_their_holes():
    """Two outer rings and a hole: the hole is inside the first, each ring is closed."""
    outer = [(0, 0), (100, 0), (100, 100), (0, 100)]
    hole = [(10, 10), (10, 20), (20, 20), (20, 10)]
    island = [(200, 0), (210, 0), (210, 10)]
    tile = encode_tile({"land": [Feature(7, Shape.AREA, [outer, hole, island], {"name": "İzmir"})]})
    feature = decode(tile)["land"]["features"][0]
    assert feature["properties"] == {"name": "İzmir"}
    rings = [[list(map(tuple, ring)) for ring in area] for area in feature["geometry"]["coordinates"]]
    assert rings == [[[*outer, outer[0]], [*hole, hole[0]]], [[*island, island[0]]]]


def test_a_layer_without_features_is_left_out():
    """A layer that has nothing costs nothing; a tile without layers is empty."""
    kept = {"full": [Feature(1, Shape.POINT, [[(1, 2)]], {})], "empty": []}
    assert list(decode(encode_tile(kept))) == ["full"]
    assert encode_tile({"empty": []}) == b""
