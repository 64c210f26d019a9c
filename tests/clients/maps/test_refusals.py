"""What each client makes of a key that may not: its own error, and no map."""

from __future__ import annotations

import pytest

from tests.clients.maps.looks import AFRICA, IBERIA

pytestmark = [pytest.mark.browser, pytest.mark.matrix, pytest.mark.timeout(180)]

STREETS = "arcgis/streets"
WRONG = "premium:user:places"
FORBIDDEN = "error 403"
DAY = 86_400


def test_maplibre_arcgis_without_the_privilege(open_cartographer):
    """BasemapStyleError tells the portal's own words."""
    ada = open_cartographer(WRONG)
    drawing = ada.draw("maplibre-arcgis", AFRICA, style=STREETS, styles=ada.styles)
    assert "Permission missing." in drawing.refused
    assert drawing.refusals == {("style", FORBIDDEN)}
    assert drawing.picture.colours < 200


def test_esri_leaflet_vector_without_the_privilege(open_cartographer):
    """The MapLibre map inside tells the status."""
    ada = open_cartographer(WRONG)
    given = {"styles": f"{ada.styles}/", "credits": [ada.credits]}
    drawing = ada.draw("esri-leaflet-vector", AFRICA, style=STREETS, **given)
    assert "403" in drawing.refused
    assert drawing.refusals == {("style", FORBIDDEN)}


def test_esri_leaflet_vector_with_a_key_that_has_ended(open_cartographer, clock):
    """The client advises to look at the key's end and privileges."""
    ada = open_cartographer()
    clock.ahead = 2 * DAY
    given = {"styles": f"{ada.styles}/", "credits": [ada.credits]}
    drawing = ada.draw("esri-leaflet-vector", AFRICA, style=STREETS, **given)
    assert "401" in drawing.refused
    assert any(warning.startswith("Invalid or expired API key.") for warning in drawing.warnings)
    assert drawing.refusals == {("style", "error 498")}


def test_ol_mapbox_style_without_the_privilege(open_cartographer):
    """The client says which source it could not fetch, not why."""
    ada = open_cartographer(WRONG)
    drawing = ada.draw("ol-mapbox-style", AFRICA, style=STREETS, styles=ada.styles)
    assert "Error fetching source" in drawing.refused
    assert drawing.refusals == {("style", FORBIDDEN)}


@pytest.mark.parametrize("client", ["leaflet", "ol"])
def test_static_tiles_without_the_privilege(open_cartographer, client):
    """The privilege of the styles does not open the static tiles; each tile is an error of its own."""
    ada = open_cartographer("premium:user:basemaps")
    drawing = ada.draw(client, AFRICA, style=STREETS, tiles=ada.tiles(STREETS))
    assert drawing.refusals == {("tile", FORBIDDEN)}
    assert len(drawing.answer["errors"]) == len(drawing.requests)


def test_layer_that_was_not_granted(open_cartographer):
    """Both clients of feature layers tell that the layer is not permitted."""
    ada = open_cartographer("premium:user:basemaps")
    tiles = f"{ada.server}/World_Imagery/MapServer"
    given = {"style": STREETS, "styles": ada.styles, "layer": ada.layer["url"], "tiles": tiles}
    leaflet = ada.draw("esri-leaflet", AFRICA, **given)
    maplibre = ada.draw("maplibre-arcgis", AFRICA, **given)
    told = "do not have permissions to access this resource"
    assert any(told in error for error in leaflet.answer["errors"])
    assert told in maplibre.refused


def test_a_key_that_has_ended(open_cartographer, clock):
    """A map that is moved after the key's end gets no more tiles, and says so."""
    ada = open_cartographer()
    with ada.open("leaflet") as sheet:
        assert sheet.ask("draw", AFRICA, tiles=ada.tiles(STREETS)) == {"errors": []}
        clock.ahead = 2 * DAY
        answer = sheet.ask("move", IBERIA)
        assert sheet.drawing().refusals == {("tile", "error 498")}
        assert answer["errors"]
