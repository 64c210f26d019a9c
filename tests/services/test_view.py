"""What a picture shows: the mathematics, without a network."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.services.extent import Extent
from arcgis_keywidget.services.tile_scheme import MAX_LEVEL, TILE, WORLD
from arcgis_keywidget.services.view import View

longitudes = st.floats(-180, 180)
latitudes = st.floats(-85, 85)
sizes = st.tuples(st.integers(64, 2048), st.integers(64, 2048))


@st.composite
def extents(draw: st.DrawFn) -> Extent:
    """Any rectangle, also across the 180th meridian."""
    south, north = sorted((draw(latitudes), draw(latitudes)))
    return Extent(draw(longitudes), south, draw(longitudes), north)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """EPSG:3857 as its definition writes it."""
    y = WORLD / math.pi * math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return longitude * WORLD / 180, y


@given(extents(), sizes)
def test_a_view_holds_what_was_asked_for(extent: Extent, size: tuple[int, int]) -> None:
    """In square pixels, in the shape of the size, at a level fine enough and no finer than that."""
    view = View.of(extent, size)
    left, right, bottom, top = view.extent
    slack = 1e-6 * max(1, right - left)
    west, south = project(extent.west, extent.south)
    east, north = project(extent.east + (360 if extent.west > extent.east else 0), extent.north)
    assert left <= west + slack
    assert east <= right + slack
    assert bottom <= south + slack
    assert north <= top + slack
    resolution = (right - left) / size[0]
    assert (top - bottom) / size[1] == pytest.approx(resolution)
    finest = 2 * WORLD / TILE / 2**view.level
    assert finest <= resolution * 1.000001 or view.level == MAX_LEVEL
    assert view.level == 0 or 2 * finest > resolution * 0.999999


@given(extents(), sizes)
def test_the_tiles_cover_the_window_without_a_gap(extent: Extent, size: tuple[int, int]) -> None:
    """Each once, none outside; beyond the north and south of the world there are none."""
    view = View.of(extent, size)
    left, top, right, bottom = view.window
    places = view.places()
    count = 2**view.level
    corners = {(place.left, place.top) for place in places}
    assert len(corners) == len(places)
    assert all(0 <= place.x < count and 0 <= place.y < count for place in places)
    assert all((place.left - place.x * TILE) % (count * TILE) == 0 for place in places)
    assert all(place.left < right and place.left + TILE > left for place in places)
    high, low = max(0, top), min(count * TILE, bottom)
    columns = math.ceil(right / TILE) - math.floor(left / TILE)
    assert len(places) == columns * (math.ceil(low / TILE) - math.floor(high / TILE))


def test_the_world_is_one_tile() -> None:
    """At 512 px, without a rounding error; a wide picture shows it more than once."""
    world = Extent(-180, -90, 180, 90)
    view = View.of(world, (TILE, TILE))
    assert (view.level, view.window, len(view.places())) == (0, (0, 0, TILE, TILE), 1)
    wide = View.of(world, (4 * TILE, TILE))
    assert {(place.x, place.y) for place in wide.places()} == {(0, 0)}
    assert len(wide.places()) == 5


def test_across_the_180th_meridian_the_right_edge_lies_beyond_it() -> None:
    """So that left stays below right."""
    left, right, *_ = View.of(Extent(170, -20, -170, 20), (400, 400)).extent
    assert left < WORLD < right < 2 * WORLD


def test_a_view_keeps_off_the_poles_where_it_can() -> None:
    """What is asked for stays in it, though not in its middle."""
    *_, bottom, top = View.of(Extent(0, 80, 30, 85), (100, 800)).extent
    assert top == pytest.approx(WORLD)
    assert bottom > -WORLD
    *_, bottom, top = View.of(Extent(-180, -80, 180, 80), (100, 300)).extent
    assert (bottom, top) == pytest.approx((-3 * WORLD, 3 * WORLD))


def test_a_point_is_shown_with_what_is_around_it() -> None:
    """500 m; and no line is so short that it is shown larger than the tiles are."""
    left, right, bottom, top = View.of(Extent(7, 50, 7, 50), (500, 250)).extent
    assert (right - left, top - bottom) == pytest.approx((1000, 500))
    near = View.of(Extent(7, 50, 7.0000001, 50), (1024, 768))
    assert near.level == MAX_LEVEL
    assert near.window[2] - near.window[0] == pytest.approx(1024, abs=0.01)


NO_SIZES = [(1024,), 1024, "big", None, (1024.0, 768), (True, 768), (63, 100), (8193, 64), (8192, 8192)]


@pytest.mark.parametrize("size", NO_SIZES)
def test_what_is_no_size_is_told(size: object) -> None:
    """With the limits."""
    with pytest.raises(FieldError) as caught:
        View.of(Extent(0, 0, 1, 1), size)
    assert caught.value.field == "size"


def test_beyond_the_edge_of_the_map_there_is_nothing() -> None:
    """Web Mercator ends before the poles."""
    with pytest.raises(FieldError, match="Web Mercator ends"):
        View.of(Extent(0, 86, 10, 89), (100, 100))
