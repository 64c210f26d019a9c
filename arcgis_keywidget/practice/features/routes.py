"""What the hosted feature layer answers."""

from __future__ import annotations

from arcgis_keywidget.practice.features import service
from arcgis_keywidget.practice.operation import Operation
from arcgis_keywidget.practice.paths import HOSTED

_SERVICE = f"{HOSTED}/{{service}}/FeatureServer"

OPERATIONS = (
    Operation("FeatureServer", service.describe_service, _SERVICE),
    Operation("layer", service.describe_layer, f"{_SERVICE}/0"),
    Operation("query", service.query_layer, f"{_SERVICE}/0/query"),
)
