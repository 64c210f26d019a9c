"""Four styles at two zooms, drawn by every map client."""

from __future__ import annotations

import pytest

from tests.clients.maps.looks import AFRICA, IBERIA, LOOKS, SEA, faults, ground_faults

pytestmark = [pytest.mark.browser, pytest.mark.matrix, pytest.mark.timeout(180)]

STYLES = ["arcgis/streets", "arcgis/dark-gray", "arcgis/light-gray", "arcgis/imagery"]
LIGHT = "arcgis/light-gray"
UNREAD = {"VectorTileServer", "MapServer"}
"""Asked for without a token by clients that then go on with what the style says."""


def check(drawing, view, style):
    """The client is content, and so is an eye."""
    assert (drawing.refused, drawing.flaws) == ("", [])
    assert {operation for operation, _ in drawing.refusals} <= UNREAD
    assert faults(drawing.picture, view, style) == []


@pytest.mark.parametrize("style", [*STYLES, "open/streets"])
@pytest.mark.parametrize("client", ["maplibre-arcgis", "esri-leaflet-vector", "ol-mapbox-style"])
def test_vector_styles(ada, client, style):
    """The styles as MapLibre, Leaflet and OpenLayers draw them."""
    given = {"styles": ada.styles + "/" * (client == "esri-leaflet-vector"), "credits": [ada.credits]}
    for view in (AFRICA, IBERIA):
        check(ada.draw(client, view, style=style, **given), view, style)


@pytest.mark.parametrize("style", [*STYLES, "open/streets"])
@pytest.mark.parametrize("client", ["leaflet", "ol"])
def test_static_styles(open_cartographer, client, style):
    """The static tiles of 512 pixels, as pictures; the imagery only where the portal has all of it."""
    ada = open_cartographer(switches={"static_imagery": "complete"})
    for view in (AFRICA, IBERIA):
        drawing = ada.draw(client, view, style=style, tiles=ada.tiles(style))
        check(drawing, view, style)
        assert drawing.refusals == set()


def test_parts_of_a_style(ada):
    """A base and its labels are two styles; only the whole has both."""
    given = {"styles": ada.styles}
    base, labels = (
        ada.draw("maplibre-arcgis", AFRICA, style=f"{LIGHT}/{part}", **given) for part in ("base", "labels")
    )
    assert (base.flaws, labels.flaws) == ([], [])
    assert ground_faults(base.picture, AFRICA, LIGHT) == []
    assert len(ground_faults(labels.picture, AFRICA, LIGHT)) == len(SEA[AFRICA])
    look = LOOKS[LIGHT]
    assert base.picture.share(look.letters) < labels.picture.share(look.letters) / 2
