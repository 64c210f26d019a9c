"""Read a hosted layer with a key, as the `arcgis` package does."""

from __future__ import annotations

from arcgis.features import FeatureLayer
from arcgis.geometry import Envelope
from arcgis.geometry.filters import intersects
from arcgis.gis import GIS
from script import answer, refusal

EUROPE = {"xmin": -25, "ymin": 35, "xmax": 40, "ymax": 72, "spatialReference": {"wkid": 4326}}


def read(given: dict) -> dict:
    """What the key opens, and how another key and nobody are refused."""
    layer = open_layer(given, api_key=given["key"])
    found = layer.query(where=given["where"], out_fields="*", order_by_fields=given["field"])
    page = layer.query(result_offset=5, result_record_count=3, return_all_records=False)
    return {
        "name": layer.properties.name,
        "rows": [feature.attributes[given["field"]] for feature in found.features],
        "geometry": [sorted(feature.geometry) for feature in found.features[:1]],
        "wkid": found.spatial_reference["wkid"],
        "count": layer.query(return_count_only=True),
        "all": len(layer.query().features),
        "page": [len(page.features), layer.query(return_ids_only=True)["objectIds"][5:8]],
        "page ids": [feature.attributes["objectid"] for feature in page.features],
        "degrees": layer.query(out_sr=4326, result_record_count=1).spatial_reference["wkid"],
        "extent": layer.query(return_extent_only=True),
        "near": len(layer.query(geometry_filter=intersects(Envelope(EUROPE), sr=4326)).features),
        "statistics": statistics(layer),
        "continents": len(layer.query(out_fields="continent", return_distinct_values=True).features),
        "broken": refusal(lambda: layer.query(where="nothing = 1")),
        "other": refusal(lambda: open_layer(given, api_key=given["wrong"]).query()),
        "nobody": refusal(lambda: open_layer(given).query()),
    }


def open_layer(given: dict, **who: str) -> FeatureLayer:
    """The layer, as one key sees it."""
    return FeatureLayer(given["layer"], gis=GIS(given["url"], verify_cert=False, **who))


def statistics(layer: FeatureLayer) -> list[dict]:
    """The number of capitals of each continent."""
    asked = {"statisticType": "count", "onStatisticField": "objectid", "outStatisticFieldName": "capitals"}
    found = layer.query(out_statistics=[asked], group_by_fields_for_statistics="continent")
    return [feature.attributes for feature in found.features]


answer(read)
