"""What each client does with the root of a tile service that needs a token, or does not."""

from __future__ import annotations

import pytest

from tests.clients.maps.looks import AFRICA, faults

pytestmark = [pytest.mark.browser, pytest.mark.matrix, pytest.mark.timeout(180)]

STREETS = "arcgis/streets"
UNREAD = ("VectorTileServer", "error 499")


@pytest.mark.parametrize("service_root", ["token", "open"])
@pytest.mark.parametrize("client", ["maplibre-arcgis", "esri-leaflet-vector"])
def test_maplibre_asks_without_a_token(open_cartographer, client, service_root):
    """The root is asked for bare, with `echoToken` false or true; an error in HTTP 200 stops no tiles."""
    ada = open_cartographer(switches={"service_root": service_root})
    given = {"styles": ada.styles + "/" * (client == "esri-leaflet-vector"), "credits": [ada.credits]}
    drawing = ada.draw(client, AFRICA, style=STREETS, **given)
    assert (drawing.refused, drawing.flaws) == ("", [])
    assert drawing.refusals == ({UNREAD} if service_root == "token" else set())
    assert faults(drawing.picture, AFRICA, STREETS) == []


@pytest.mark.parametrize("service_root", ["token", "open"])
def test_openlayers_asks_no_root(open_cartographer, service_root):
    """`ol-mapbox-style` is content with the style's own list of tiles."""
    ada = open_cartographer(switches={"service_root": service_root})
    drawing = ada.draw("ol-mapbox-style", AFRICA, style=STREETS, styles=ada.styles)
    assert (drawing.refused, drawing.flaws, drawing.refusals) == ("", [], set())


@pytest.mark.parametrize("client", ["maplibre-arcgis", "esri-leaflet-vector", "ol-mapbox-style"])
def test_resources_may_need_a_token(open_cartographer, client):
    """Glyphs and sprites that need a token get one from every client."""
    ada = open_cartographer(switches={"style_resources": "token"})
    given = {"styles": ada.styles + "/" * (client == "esri-leaflet-vector"), "credits": [ada.credits]}
    drawing = ada.draw(client, AFRICA, style=STREETS, **given)
    assert (drawing.refused, drawing.flaws) == ("", [])
    assert drawing.refusals <= {UNREAD}
    assert faults(drawing.picture, AFRICA, STREETS) == []
