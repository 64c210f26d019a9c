"""What the hosted feature layer answers."""

from __future__ import annotations

from arcgis_keywidget.practice.features import service
from arcgis_keywidget.practice.operation import Operation
from arcgis_keywidget.practice.paths import HOSTED
from arcgis_keywidget.practice.servers import describe_server

_SERVICE = f"{HOSTED}/{{service}}/FeatureServer"

OPERATIONS = (
    Operation("rest/info", describe_server, "/server/rest/info", form="json"),
    Operation("FeatureServer", service.describe_service, _SERVICE),
    Operation("layer", service.describe_layer, f"{_SERVICE}/0"),
    Operation("query", service.query_layer, f"{_SERVICE}/0/query"),
)
