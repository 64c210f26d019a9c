"""`@esri/arcgis-rest-request` and the services: a hosted layer, by a person and with a key."""

from __future__ import annotations

import pytest

PACKAGE = "@esri/arcgis-rest-request"


@pytest.mark.parametrize("account", ["location-platform", "enterprise"])
def test_a_layer_is_read_by_a_person_and_with_a_key(open_client, account):
    """The package gets a person's token for the server that hosts the layer; a key is sent as it is."""
    client = open_client(account=account)
    layer = client.running.ready["layer"]
    granted = f"portal:app:access:item:{layer['item']}"
    keys = {"key": client.make_key(granted), "wrong": client.make_key("portal:user:createItem")}
    found = client.run("layer.mjs", layer=layer["url"], **keys)
    assert (found["person"], found["again"], found["key"]) == (3, 3, 3)
    assert found["another key"]["code"] == "GWM_0003"
    assert found["another key"]["name"] == "ArcGISRequestError"
    assert found["nobody"]["name"] == "ArcGISAuthError"
    assert client.operations[2:] == [
        *("portals/self", "serverInfo", "info", "generateToken", "query", "query", "query", "query", "query"),
    ]
