"""The common map clients, each drawing the practice basemaps once."""

from __future__ import annotations

import pytest

from tests.clients.maps.looks import AFRICA, faults, ground_faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

STREETS = "arcgis/streets"
CAPITALS = ((-3.70, 40.42), (3.06, 36.75), (-17.44, 14.69))
"""Madrid, Algiers and Dakar, which are in the private layer."""
UNREAD = {("VectorTileServer", "error 499")}
"""MapLibre asks a style's tile service without the token first, and goes on with what the style says."""
STYLE = ("GET", "style", "query")
VECTOR = {
    ("GET", "VectorTileServer/tile", "query"),
    ("GET", "VectorTileServer/fonts", "query"),
    ("GET", "VectorTileServer/sprites", "query"),
}
BARE_SERVICE = ("GET", "VectorTileServer", None)
LAYER = {("GET", "layer", "query"), ("GET", "query", "query")}


def is_mark(colour) -> bool:
    """Whether it is the colour of the pages' circles."""
    red, green, blue = colour
    return red > 200 and green < 80 and blue > 200


def check_capitals(picture):
    """There are circles at the capitals and none in the open sea."""
    assert all(picture.near(place, is_mark) > 20 for place in CAPITALS)
    assert picture.share(is_mark) < 0.02


def test_maplibre_arcgis(ada):
    """`@esri/maplibre-arcgis`: BasemapStyle with a key, and a FeatureLayer over it."""
    drawing = ada.draw("maplibre-arcgis", AFRICA, style=STREETS, styles=ada.styles, layer=ada.layer["url"])
    assert (drawing.refused, drawing.flaws, drawing.refusals) == ("", [], UNREAD)
    assert faults(drawing.picture, AFRICA, STREETS) == []
    check_capitals(drawing.picture)
    assert drawing.calls == {STYLE, BARE_SERVICE, *VECTOR, *LAYER}


def test_esri_leaflet(ada):
    """`esri-leaflet`: tiledMapLayer over the imagery's own service, and featureLayer."""
    tiles = f"{ada.server}/World_Imagery/MapServer"
    drawing = ada.draw("esri-leaflet", AFRICA, style="arcgis/imagery", tiles=tiles, layer=ada.layer["url"])
    assert (drawing.refused, drawing.flaws, drawing.refusals) == ("", [], set())
    check_capitals(drawing.picture)
    assert ground_faults(drawing.picture, AFRICA, "arcgis/imagery") == []
    assert drawing.calls == {("GET", "MapServer", "query"), ("GET", "MapServer/tile", "query"), *LAYER}
    assert "Practice data" in drawing.answer["credits"]


def test_esri_leaflet_vector(ada):
    """`esri-leaflet-vector`: vectorBasemapLayer, version 2."""
    given = {"styles": f"{ada.styles}/", "credits": [ada.credits]}
    drawing = ada.draw("esri-leaflet-vector", AFRICA, style=STREETS, **given)
    assert (drawing.refused, drawing.flaws, drawing.refusals) == ("", [], UNREAD)
    assert faults(drawing.picture, AFRICA, STREETS) == []
    assert drawing.calls == {STYLE, BARE_SERVICE, *VECTOR, ("GET", "attribution", None)}


def test_ol_mapbox_style(ada):
    """`ol-mapbox-style`: a style's address with the key in it."""
    drawing = ada.draw("ol-mapbox-style", AFRICA, style=STREETS, styles=ada.styles)
    assert (drawing.refused, drawing.flaws, drawing.refusals) == ("", [], set())
    assert faults(drawing.picture, AFRICA, STREETS) == []
    fonts = ("GET", "VectorTileServer/fonts", "query")
    assert drawing.calls == {STYLE, *VECTOR} - {fonts}, "it writes with the fonts of the system"


@pytest.mark.parametrize("client", ["leaflet", "ol"])
def test_static_tiles(ada, client):
    """Plain Leaflet and OpenLayers: static tiles of 512 pixels."""
    drawing = ada.draw(client, AFRICA, style=STREETS, tiles=ada.tiles(STREETS))
    assert (drawing.refused, drawing.flaws, drawing.refusals) == ("", [], set())
    assert faults(drawing.picture, AFRICA, STREETS) == []
    assert drawing.calls == {("GET", "tile", "query")}
