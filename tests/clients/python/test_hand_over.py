"""The `arcgis` package: a GIS that is signed in, in each of its ways, signs our client in."""

from __future__ import annotations

import pytest

from tests.clients.sign_in_page import read_code, sign_in

pytestmark = pytest.mark.matrix


@pytest.mark.parametrize(
    "more", [{}, {"use_gen_token": True}, {"referer": "https://notebook.example"}], ids=repr
)
def test_a_gis_signs_in_and_makes_a_key(arcgis, more):
    """With a token of the page for people, of generateToken, and with a Referer of one's own; it lives on."""
    found = arcgis.run("hand_over.py", {**arcgis.password, **more})
    assert (found["username"], found["still"], found["found"]) == ("ada", "ada", ["World capitals"])
    assert found["options"] == {
        "url": arcgis.running.https_url,
        "referer": more.get("referer", "http"),
        "verify": "False",
    }
    assert arcgis.call("portals/self", found["key"])["appInfo"]["appTitle"] == "Handed over"
    ours = [entry for entry in arcgis.portal.requests if (entry["ua"] or "").startswith("arcgis-keywidget/")]
    assert {entry["referer"] for entry in ours if entry["token_by"]} == {found["options"]["referer"]}
    assert "revokeToken" not in [entry["operation"] for entry in ours]


def test_a_gis_signed_in_in_the_browser_signs_in(arcgis, client_id):
    """The way of somebody with single sign-on."""
    found = arcgis.run_and_paste(
        "hand_over.py", lambda address: read_code(sign_in(address, arcgis.user)), {"client_id": client_id}
    )
    assert (found["username"], found["still"]) == ("ada", "ada")


def test_a_gis_with_a_users_token_signs_in(arcgis):
    """The package itself cannot tell it from a key; the portal can."""
    assert arcgis.run("hand_over.py", {"token": arcgis.make_token()})["username"] == "ada"


def test_a_gis_that_nobody_is_signed_in_to_is_refused(arcgis):
    """Anonymous, or with an API key: a sentence that says so."""
    found = arcgis.run("hand_over.py", refused=True)
    assert found["kind"] == "FieldError"
    assert "Nobody is signed in to this GIS" in found["text"]
    key = arcgis.make_key("premium:user:basemaps")
    found = arcgis.run("hand_over.py", {"api_key": key}, refused=True)
    assert "holds an API key" in found["text"]
