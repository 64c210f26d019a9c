"""`@esri/arcgis-rest-basemap-sessions`: sessions of the Basemap Styles service."""

from __future__ import annotations

from itertools import groupby

PACKAGE = "@esri/arcgis-rest-basemap-sessions"
START = ("GET sessions/start", {"f", "token", "styleFamily", "durationSeconds"})


def test_a_session_begins_is_renewed_and_ends(client):
    """Times, prefix and events are what the package expects; a style opens with the session's token."""
    found = client.run("basemap_session.mjs", **given(client))
    times = {"duration": 60, "seconds": 60, "margin": 10, "prefix": "AAST", "styleFamily": "arcgis"}
    assert found["begun"] == times
    assert found["renewed"] == {**times, "another": True}
    assert found["style"]["version"] == 8
    assert found["style"]["layers"]
    assert found["expired"]
    # The package's own timer may notice the end a second time before the new session is there.
    assert [event for event, _ in groupby(found["heard"])] == ["refreshed", "expired", "refreshed"]
    assert found["prefix"] == "AAST"
    longest = {"duration": 43_200, "seconds": 43_200, "margin": 300}
    assert found["open"] == {**times, **longest, "styleFamily": "open"}
    assert client.sent[0] == START


def test_who_gets_no_session(client):
    """The package refuses a bad duration by itself, the portal everyone without a key that may."""
    found = client.run("basemap_session.mjs", **given(client))["refused"]
    assert found["short"] == "Session duration must be at least 10 seconds."
    assert found["long"] == "Session duration cannot exceed 12 hours (43200 seconds)."
    statuses = {name: one["code"].split()[1] for name, one in found.items() if name not in {"short", "long"}}
    assert statuses == {
        "no key": "401",
        "unknown key": "401",
        "key without the privilege": "403",
        "session": "403",
        "family": "400",
    }


def given(client) -> dict:
    """The service's address, a key that may use it, and one that may not."""
    return {
        "styles": client.running.ready["basemaps"]["styles"],
        "key": client.make_key("premium:user:basemaps"),
        "wrong": client.make_key("premium:user:places"),
    }
