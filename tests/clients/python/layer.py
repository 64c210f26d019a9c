"""Read a hosted layer with a key, as the `arcgis` package does."""

from __future__ import annotations

from arcgis.features import FeatureLayer
from arcgis.gis import GIS
from script import answer, refusal


def read(given: dict) -> dict:
    """What the key opens, and how another key and nobody are refused."""
    gis = GIS(given["url"], api_key=given["key"], verify_cert=False)
    layer = FeatureLayer(given["layer"], gis=gis)
    found = layer.query(where=given["where"], out_fields="*", order_by_fields=given["field"])
    other = GIS(given["url"], api_key=given["wrong"], verify_cert=False)
    nobody = GIS(given["url"], verify_cert=False)
    return {
        "name": layer.properties.name,
        "count": layer.query(return_count_only=True),
        "rows": [feature.attributes[given["field"]] for feature in found.features],
        "geometry": [sorted(feature.geometry) for feature in found.features[:1]],
        "wkid": found.spatial_reference["wkid"],
        "other": refusal(lambda: FeatureLayer(given["layer"], gis=other).query()),
        "nobody": refusal(lambda: FeatureLayer(given["layer"], gis=nobody).query()),
    }


answer(read)
