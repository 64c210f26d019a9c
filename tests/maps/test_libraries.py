"""The table of map libraries, which needs none of them."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import arcgis_keywidget
from arcgis_keywidget.errors import FieldError, MissingExtraError
from arcgis_keywidget.maps.basemap import basemap
from arcgis_keywidget.maps.libraries import LIBRARIES, PIXELS, STYLE, TILES, Library, find

PAGE = Path(arcgis_keywidget.__file__).parents[1] / "docs" / "maps.md"
WAYS = {
    TILES: "tiles of 512 px, by address",
    STYLE: "vector style, by address",
    PIXELS: "tiles that the kernel fetches, no address",
}


def a(module: str, *bases: type) -> object:
    """An object of a class that says it is of a module."""
    return type("Thing", bases, {"__module__": module})()


def row(one: Library) -> str:
    """What the page says of a library."""
    code = ", ".join(f"`{host}`" for host in one.online) or "none"
    return f"| `{one.name}` | `{one.call}` | {WAYS[one.takes]} | {code} | {one.reopened}. |"


@pytest.mark.parametrize("one", LIBRARIES, ids=lambda one: one.name)
def test_every_library_has_a_maker(one) -> None:
    """In its family; and it is found by its name and its modules."""
    family = import_module(f"arcgis_keywidget.maps.{one.family}")
    assert one.name in family.MAKERS
    assert callable(family.put_on)
    for name in (one.name, *one.modules):
        assert find(name) is one


@pytest.mark.parametrize("family", sorted({one.family for one in LIBRARIES}))
def test_no_maker_is_forgotten_in_the_table(family) -> None:
    """Else nobody would reach it."""
    made = import_module(f"arcgis_keywidget.maps.{family}").MAKERS
    assert set(made) == {one.name for one in LIBRARIES if one.family == family}


def test_the_page_has_the_table() -> None:
    """docs/maps.md says of each library what the code says."""
    text = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^\| `.*$", text, re.MULTILINE) == [row(one) for one in LIBRARIES]


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("ipyleaflet.leaflet", "ipyleaflet"),
        ("folium.folium", "folium"),
        ("leafmap.leafmap", "leafmap"),
        ("leafmap.foliumap", "folium"),
        ("geopandas.geodataframe", "explore"),
        ("maplibre.ipywidget", "maplibre"),
        ("plotly.graph_objs._figure", "plotly"),
        ("bokeh.plotting._figure", "bokeh"),
        ("geoviews.element.geo", "hvplot"),
        ("matplotlib.axes._axes", "matplotlib"),
        ("cartopy.io.img_tiles", "cartopy"),
    ],
)
def test_an_object_and_a_module_tell_their_library(module, name) -> None:
    """By where they come from."""
    assert find(a(module)).name == name
    assert find(ModuleType(module)).name == name


def test_an_object_is_of_the_library_below_it() -> None:
    """Maps of leafmap are maps of ipyleaflet, axes of cartopy are axes of Matplotlib."""
    axes = type("Axes", (), {"__module__": "matplotlib.axes._axes"})
    assert find(a("cartopy.mpl.geoaxes", axes)).name == "matplotlib"


@pytest.mark.parametrize("to", ["googlemaps", "", "ipyleafletx", 3, None, object()])
def test_an_unknown_library_is_told_those_there_are(to) -> None:
    """Nothing is sent."""
    with pytest.raises(FieldError) as caught:
        basemap(to=to)
    assert caught.value.field == "to"
    assert all(one.name in caught.value.message for one in LIBRARIES)


def test_a_missing_library_is_named_with_what_installs_it(monkeypatch) -> None:
    """Before anything is sent."""
    monkeypatch.setitem(sys.modules, "folium", None)
    with pytest.raises(MissingExtraError) as caught:
        basemap(to="folium")
    assert caught.value.title == "folium is not installed."
    assert caught.value.hint == "pip install folium"


def test_a_library_that_is_broken_tells_its_own_trouble(monkeypatch, tmp_path) -> None:
    """It is installed: what it lacks is another matter."""
    (tmp_path / "folium.py").write_text("import of_no_package")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "folium", raising=False)
    with pytest.raises(ModuleNotFoundError, match="of_no_package"):
        basemap(to="folium")
