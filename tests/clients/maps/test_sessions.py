"""`@esri/maplibre-arcgis` with a basemap session: its token, its end, its renewal."""

from __future__ import annotations

import pytest

from tests.clients.maps.looks import AFRICA, IBERIA, faults

pytestmark = [pytest.mark.browser, pytest.mark.matrix, pytest.mark.timeout(180)]

STREETS = "arcgis/streets"
HALF_A_DAY = 43_200


@pytest.fixture
def sheet(ada):
    """A map that was drawn in a session."""
    with ada.open("maplibre-arcgis") as sheet:
        sheet.ask("draw", AFRICA, **given(ada))
        yield sheet


def given(ada) -> dict:
    """What a page needs for a session."""
    sessions = f"{ada.services['styles']}/sessions/start"
    return {"style": STREETS, "styles": ada.styles, "sessions": sessions}


def test_a_map_in_a_session(sheet):
    """One session is started, and its token draws the map."""
    drawing = sheet.drawing()
    assert (drawing.refused, drawing.flaws) == ("", [])
    assert faults(drawing.picture, AFRICA, STREETS) == []
    assert [entry["operation"] for entry in drawing.requests].count("sessions/start") == 1
    assert drawing.answer["token"].startswith("AAST")


def test_a_session_that_has_ended(sheet, clock):
    """The portal refuses its tiles, and the map says that it cannot read them."""
    clock.ahead = HALF_A_DAY + 1
    answer = sheet.ask("move", IBERIA)
    assert ("VectorTileServer/tile", "error 498") in sheet.drawing().refusals
    assert answer["errors"]


def test_a_session_that_is_renewed(sheet, clock):
    """A new session's token takes the place of the old one's in tiles and glyphs of the same map."""
    clock.ahead = HALF_A_DAY + 1
    sheet.ask("refresh", AFRICA)
    sheet.ask("move", IBERIA)
    drawing = sheet.drawing()
    assert (drawing.refused, drawing.flaws) == ("", [])
    assert faults(drawing.picture, IBERIA, STREETS) == []
