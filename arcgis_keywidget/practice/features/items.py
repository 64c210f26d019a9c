"""The items that stand for the hosted layers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.features.geometry import to_degrees
from arcgis_keywidget.practice.paths import HOSTED
from arcgis_keywidget.practice.sharing.items import make_item

if TYPE_CHECKING:
    from arcgis_keywidget.practice.features.table import FeatureTable

_KEYWORDS = (
    "ArcGIS Server",
    "Data",
    "Feature Access",
    "Feature Service",
    "Service",
    "Singlelayer",
    "Hosted Service",
)


def make_layer_item(table: FeatureTable, owner: str, now: int) -> dict[str, Any]:
    """The row of a layer's item, private to its owner; `now`: milliseconds since 1970."""
    item = make_item(table.item, owner, "Feature Service", table.title, now)
    corners = [to_degrees(*table.extent[:2]), to_degrees(*table.extent[2:])]
    fields = {
        "url": f"{HOSTED}/{table.name}/FeatureServer",
        "snippet": table.snippet,
        "extent": [[round(side, 4) for side in corner] for corner in corners],
    }
    keywords = [*_KEYWORDS, *(["View Service"] if table.is_view else [])]
    made = {"keywords": json.dumps(keywords), "tags": json.dumps(["practice", "capitals"])}
    return item | made | {"fields": json.dumps(fields)}
