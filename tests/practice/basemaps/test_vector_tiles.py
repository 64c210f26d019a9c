"""The vector tiles of the practice world: the right things in the right places, and not too large."""

from __future__ import annotations

import gzip
import subprocess
import sys
from itertools import pairwise

import mapbox_vector_tile
import pytest

from arcgis_keywidget.practice.basemaps.mvt import EXTENT
from arcgis_keywidget.practice.basemaps.vector_tiles import build_tile, load_translations
from arcgis_keywidget.practice.basemaps.world import WORLD, load_places, project

LAYERS = {"land", "coastline", "boundary", "graticule", "water_label", "place"}
BUFFER = 192


def read(z: int, x: int, y: int) -> dict:
    """A tile's layers, y downward."""
    content = gzip.decompress(build_tile(z, x, y))
    return mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})


def areas_of(feature: dict) -> list:
    """The polygons of an area, each its rings."""
    geometry = feature["geometry"]
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def corners_of(value) -> list:
    """All positions of a geometry, however deep."""
    return [value] if isinstance(value[0], int) else [at for part in value for at in corners_of(part)]


def is_inside(ring: list, x: float, y: float) -> bool:
    """Whether a ring holds a position (even-odd rule)."""
    inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def country_at(longitude: float, latitude: float, z: int) -> str | None:
    """The country that covers a place at a level."""
    x, y = (unit * (1 << z) / WORLD for unit in project(longitude, latitude))
    at = ((x % 1) * EXTENT, (y % 1) * EXTENT)
    names = [
        feature["properties"]["name"]
        for feature in read(z, int(x), int(y)).get("land", {"features": []})["features"]
        for area in areas_of(feature)
        if sum(is_inside(ring, *at) for ring in area) % 2
    ]
    assert len(names) < 2, names
    return names[0] if names else None


@pytest.mark.parametrize("z", [0, 2, 5, 9])
@pytest.mark.parametrize(
    ("longitude", "latitude", "country"),
    [
        (-35, 5, None),
        (75, -40, None),
        (-178, 55, None),
        (3.3, 22, "Algeria"),
        (93, 61, "Russia"),
        (-176.5, 66.5, "Russia"),
        (91, -79, "Antarctica"),
        (28.4, -29.6, "Lesotho"),
        (25, -31, "South Africa"),
        (51.2, 40.4, None),
    ],
)
def test_countries_lie_where_they_are(longitude, latitude, country, z):
    """One country or none covers each place: holes are cut, nothing smears over the antimeridian."""
    assert country_at(longitude, latitude, z) == country


@pytest.mark.parametrize("tile", [(0, 0, 0), (1, 1, 0), (3, 4, 2), (6, 33, 21), (12, 2200, 1343)])
def test_tiles_hold_what_the_specification_asks(tile):
    """Known layers; rings closed, outer ones clockwise, holes the other way; nothing far beyond the edge."""
    layers = read(*tile)
    assert layers.keys() <= LAYERS
    for name, layer in layers.items():
        ids = [feature["id"] for feature in layer["features"]]
        assert len(ids) == len(set(ids)), name
        for feature in layer["features"]:
            corners = corners_of(feature["geometry"]["coordinates"])
            assert all(-BUFFER <= unit <= EXTENT + BUFFER for at in corners for unit in at)
    for feature in layers["land"]["features"]:
        for outer, *holes in areas_of(feature):
            assert outer[0] == outer[-1]
            assert doubled_area(outer) > 0
            assert all(doubled_area(hole) < 0 for hole in holes)


def doubled_area(ring: list) -> int:
    """Positive when a ring runs clockwise on the screen."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))


@pytest.mark.parametrize(("tile", "most"), [((0, 0, 0), 60_000), ((2, 2, 1), 60_000), ((6, 33, 21), 6_000)])
def test_tiles_are_small(tile, most):
    """What a client loads for one view stays small."""
    assert len(build_tile(*tile)) < most


@pytest.mark.parametrize("z", [0, 3, 6])
def test_each_name_is_on_one_tile(z):
    """A name is on the tile that it stands on and on no other; the last levels have every name."""
    found = [
        feature["properties"]["order"]
        for x in range(1 << z)
        for y in range(1 << z)
        if z < 6 or (x, y) in NEAR
        for layer in ("place", "water_label")
        for feature in read(z, x, y).get(layer, {"features": []})["features"]
    ]
    assert len(found) == len(set(found))
    if z == 6:
        assert set(found) == {n for n, place in enumerate(load_places(), 1) if tile_of(place) in NEAR}


def test_names_come_in_their_languages():
    """A country has the names that the styles ask for; each translation is of a place that there is."""
    named = {
        feature["properties"]["name"]: feature["properties"] for feature in read(2, 2, 1)["place"]["features"]
    }
    germany = named["Germany"]
    assert [germany[f"name_{code}"] for code in ("de", "es", "fr")] == [
        "Deutschland",
        "Alemania",
        "Allemagne",
    ]
    assert set(load_translations()) <= {place.name for place in load_places()}


NEAR = {(x, y) for x in range(30, 37) for y in range(20, 25)}


def tile_of(place) -> tuple[int, int]:
    """Column and row at level 6."""
    return int(place.x * 64 // WORLD), int(place.y * 64 // WORLD)


@pytest.mark.parametrize("tile", [(-1, 0, 0), (23, 0, 0), (0, 1, 0), (3, 8, 0), (3, 0, 8), (3, 0, -1)])
def test_there_is_nothing_outside_the_pyramid(tile):
    """Levels are 0 to 22, and each has so many rows and columns."""
    with pytest.raises(ValueError, match="no vector tile"):
        build_tile(*tile)


def test_deep_tiles_have_a_fine_graticule():
    """Past the data a tile still says where it is, to the decimals that its lines need."""
    names = {feature["properties"]["name"] for feature in read(14, 8800, 5373)["graticule"]["features"]}
    assert any("." in name and name.endswith("°E") for name in names)
    assert any(name.endswith("°N") for name in names)


def test_bytes_are_the_same_in_another_process():
    """A tile depends on nothing but its name: an ETag made of it stays good."""
    code = (
        "import hashlib; from arcgis_keywidget.practice.basemaps.vector_tiles import build_tile;"
        "print(hashlib.sha256(build_tile(2, 2, 1)).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
