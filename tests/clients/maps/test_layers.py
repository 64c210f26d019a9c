"""Hosted layers and tile services by their own addresses, and the list of styles."""

from __future__ import annotations

import pytest

from tests.clients.maps.looks import AFRICA, faults

pytestmark = [pytest.mark.browser, pytest.mark.matrix, pytest.mark.timeout(180)]

STREETS = "arcgis/streets"
TILES = {
    ("GET", "VectorTileServer/tile", "query"),
    ("GET", "VectorTileServer/fonts", "query"),
    ("GET", "VectorTileServer/sprites", "query"),
}


def test_vector_tile_layer_of_maplibre_arcgis(ada):
    """VectorTileLayer reads service and style by POST, and mends the style's relative addresses."""
    drawing = ada.draw("maplibre-arcgis", AFRICA, "drawVectorTileLayer", service=ada.vector_service)
    assert (drawing.refused, drawing.flaws, drawing.refusals) == ("", [], set())
    assert faults(drawing.picture, AFRICA, STREETS) == []
    service, style = "VectorTileServer", "VectorTileServer/styles"
    asked = {("POST", service, "body"), ("POST", style, "body"), ("GET", service, "query")}
    drawn = {("GET", "VectorTileServer/tile", "query"), ("GET", "VectorTileServer/fonts", None)}
    assert drawing.calls == {*asked, *drawn}


def test_vector_tile_layer_of_esri_leaflet_vector(ada):
    """The layer reads service and `root.json` by GET, with the key in the query everywhere."""
    drawing = ada.draw("esri-leaflet-vector", AFRICA, "drawVectorTileLayer", service=ada.vector_service)
    assert (drawing.refused, drawing.flaws, drawing.refusals) == ("", [], set())
    assert faults(drawing.picture, AFRICA, STREETS) == []
    asked = {("GET", name, "query") for name in ("VectorTileServer", "VectorTileServer/styles")}
    assert drawing.calls == {*asked, *TILES}
    assert "Practice data" in drawing.answer["credits"]


def test_list_of_styles(ada):
    """BasemapStyle.getSelf finds in each style what its types say."""
    with ada.open("maplibre-arcgis") as sheet:
        found = sheet.ask("list", AFRICA, styles=ada.styles)
        assert [(entry["operation"], entry["token_by"]) for entry in sheet.requests] == [
            ("styles/self", "query")
        ]
    assert {style["path"] for style in found["styles"]} >= {STREETS, "open/streets"}
    needed = {"complete", "name", "path", "provider", "styleFamily", "styleUrl", "selfUrl", "thumbnailUrl"}
    assert all(needed <= style.keys() for style in found["styles"])
    assert {
        "customStylesUrl",
        "selfUrl",
        "languages",
        "worldviews",
        "places",
        "styleFamilies",
    } <= found.keys()


def test_language(ada):
    """BasemapStyle's preferences reach the labels: other names give another picture."""
    given = {"style": STREETS, "styles": ada.styles}
    plain = ada.draw("maplibre-arcgis", AFRICA, **given)
    german = ada.draw("maplibre-arcgis", AFRICA, **given, preferences={"language": "de"})
    assert (german.refused, german.flaws) == ("", [])
    assert faults(german.picture, AFRICA, STREETS) == []
    assert 0.001 < plain.picture.unlike(german.picture) < 0.2
