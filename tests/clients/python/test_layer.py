"""The `arcgis` package: a hosted layer, read with a key."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.matrix


def test_a_layer_is_read_with_a_key(arcgis):
    """Queries of every kind with the key that was granted the layer; another key opens nothing."""
    layer = arcgis.running.ready["layer"]
    keys = {
        "key": arcgis.make_key("premium:user:basemaps", f"portal:app:access:item:{layer['item']}"),
        "wrong": arcgis.make_key("premium:user:basemaps"),
    }
    address = layer["url"].replace(arcgis.running.url, arcgis.running.https_url)
    found = arcgis.run("layer.py", layer=address, where="capital LIKE 'B%'", field="capital", **keys)
    assert found["name"] == arcgis.portal.table.title
    assert found["rows"]
    assert found["rows"] == sorted(found["rows"])
    assert all(name.startswith("B") for name in found["rows"])
    assert found["geometry"][0][-2:] == ["x", "y"]
    assert (found["wkid"], found["degrees"]) == (102100, 4326)
    assert found["all"] == found["count"] > len(found["rows"])
    assert found["page"] == [3, found["page ids"]]
    assert found["extent"]["extent"]["xmin"] < found["extent"]["extent"]["xmax"]
    assert len(found["rows"]) < found["near"] < found["count"]
    assert sum(row["capitals"] for row in found["statistics"]) == found["count"]
    assert found["continents"] == len(found["statistics"])
    assert "Invalid field: nothing" in found["broken"]["text"]
    assert "You do not have permissions" in found["other"]["text"]
    assert "Token Required" in found["nobody"]["text"]
