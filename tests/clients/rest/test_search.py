"""`@esri/arcgis-rest-portal`: searching, and the organisation."""

from __future__ import annotations

import json

PACKAGE = "@esri/arcgis-rest-portal"
SEARCH_LAG = 60


def test_search_page_by_page(client, clock):
    """The query that Esri's builder makes for credentials finds them, in order, on pages that join."""
    for title in ("Bravo", "alpha", "Charlie"):
        item = client.call("content/users/ada/addItem", title=title, type="Application")["id"]
        privileges = json.dumps(["premium:user:basemaps"])
        client.call("oauth2/registerApp", itemId=item, appType="multiple", privileges=privileges)
    clock.ahead = SEARCH_LAG
    found = client.run("search.mjs")
    assert found["query"] == (
        'owner:ada AND (type:"API Key" OR typekeywords:"Registered App" OR typekeywords:APIToken)'
    )
    assert found["pages"] == [
        {"total": 3, "start": 1, "num": 2, "nextStart": 3, "titles": ["alpha", "Bravo"]},
        {"total": 3, "start": 3, "num": 1, "nextStart": -1, "titles": ["Charlie"]},
    ]
    assert set(found["others"]) == {"Feature Service"}
    assert found["early"] >= 4
    assert found["anyone"] == 0


def test_the_organisation_and_its_people(client):
    """The package reads organisation and members; others show less than oneself."""
    found = client.run("people.mjs")
    assert found["self"]["user"]["username"] == found["user"]["username"] == "ada"
    assert found["portal"]["id"] == found["self"]["id"]
    assert "premium:user:basemaps" in found["user"]["privileges"]
    assert found["other"]["username"] == "grace"
    assert "privileges" not in found["other"]
    assert "capitals" in [entry["tag"] for entry in found["tags"]["tags"]]
    assert "user" not in found["anyone"]
    assert client.operations[2:] == [
        *("portals/self", "portals/self", "community/users", "community/users", "tags", "portals/self"),
    ]
