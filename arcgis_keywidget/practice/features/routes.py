"""What the hosting server and its feature services answer."""

from __future__ import annotations

from arcgis_keywidget.practice.features import service
from arcgis_keywidget.practice.operation import Operation
from arcgis_keywidget.practice.paths import HOSTED, SERVER

_SERVICE = f"{HOSTED}/{{service}}/FeatureServer"
_LAYER = f"{_SERVICE}/{{layer}}"
_EDITS = ("applyEdits", "addFeatures", "updateFeatures", "deleteFeatures", "calculate", "queryRelatedRecords")

OPERATIONS = (
    Operation("serverInfo", service.describe_server, f"{SERVER}rest/info"),
    Operation("folders", service.list_folders, f"{SERVER}rest/services"),
    Operation("services", service.list_services, HOSTED),
    Operation("FeatureServer", service.describe_service, _SERVICE),
    Operation("layers", service.describe_layers, f"{_SERVICE}/layers"),
    Operation("queryService", service.query_service, f"{_SERVICE}/query"),
    Operation(
        "edit", service.refuse_edit, f"{_SERVICE}/applyEdits", *(f"{_LAYER}/{name}" for name in _EDITS)
    ),
    Operation("layer", service.describe_layer, _LAYER),
    Operation("query", service.query_layer, f"{_LAYER}/query"),
    Operation("feature", service.describe_feature, f"{_LAYER}/{{feature}}"),
)
