"""What a hosted feature service and its layer say of themselves: the members that official clients read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.features.query import MOST_FACTOR, PAGE
from arcgis_keywidget.practice.features.table import OBJECT_ID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arcgis_keywidget.practice.features.table import FeatureTable

CREDIT = "Practice data. GeoNames, CC BY 4.0."
VERSION = 11.4
IN_MERCATOR = {"wkid": 102100, "latestWkid": 3857}
IN_DEGREES = {"wkid": 4326, "latestWkid": 4326}
_FORMATS = "JSON, geoJSON"
"""No PBF: a client that reads this never asks for it."""


def describe_service(table: FeatureTable) -> dict[str, Any]:
    """The reply of ``FeatureServer?f=json``."""
    return {
        "currentVersion": VERSION,
        "serviceItemId": table.item,
        "serviceDescription": f"Practice data: {table.snippet}",
        "hasVersionedData": False,
        "hasStaticData": True,
        "isView": table.is_view,
        "maxRecordCount": PAGE,
        "supportedQueryFormats": _FORMATS,
        "supportsDisconnectedEditing": False,
        "syncEnabled": False,
        "capabilities": "Query",
        "description": table.snippet,
        "copyrightText": CREDIT,
        "spatialReference": IN_MERCATOR,
        "initialExtent": _extent(table),
        "fullExtent": _extent(table),
        "allowGeometryUpdates": False,
        "units": "esriMeters",
        "layers": [_introduce(table)],
        "tables": [],
    }


def describe_layer(table: FeatureTable) -> dict[str, Any]:
    """The reply of ``FeatureServer/0?f=json``."""
    return {
        **_introduce(table),
        "currentVersion": VERSION,
        "serviceItemId": table.item,
        "description": table.snippet,
        "copyrightText": CREDIT,
        "isView": table.is_view,
        "displayField": "capital",
        "objectIdField": OBJECT_ID,
        "uniqueIdField": {"name": OBJECT_ID, "isSystemMaintained": True},
        "globalIdField": "",
        "typeIdField": "",
        "fields": describe_fields(table, table.texts),
        "indexes": [{"name": "by_row", "fields": OBJECT_ID, "isAscending": True, "isUnique": True}],
        **{name: [] for name in ("types", "templates", "relationships")},
        "extent": _extent(table),
        **dict.fromkeys(("hasAttachments", "hasM", "hasZ", "canModifyLayer", "allowGeometryUpdates"), False),
        "htmlPopupType": "esriServerHTMLPopupTypeNone",
        "capabilities": "Query",
        "maxRecordCount": PAGE,
        "standardMaxRecordCount": PAGE,
        "tileMaxRecordCount": PAGE,
        "maxRecordCountFactor": 1,
        "supportedQueryFormats": _FORMATS,
        "useStandardizedQueries": True,
        "supportsStatistics": True,
        "supportsAdvancedQueries": True,
        "supportsExceedsLimitStatistics": True,
        "supportsCoordinatesQuantization": False,
        "advancedQueryCapabilities": _capabilities(),
        "drawingInfo": {"renderer": _renderer(table), "transparency": 0, "labelingInfo": None},
    }


def describe_fields(table: FeatureTable, names: Iterable[str]) -> list[dict[str, Any]]:
    """The descriptions of some fields, in the table's order."""
    asked = set(names)
    return [
        {
            "name": field.name,
            "type": f"esriFieldType{field.kind}",
            "alias": field.alias,
            "nullable": field.kind != "OID",
            **({"length": field.length} if field.length else {}),
            "editable": False,
            "domain": None,
            "defaultValue": None,
        }
        for field in table.fields
        if field.name in asked
    ]


def _introduce(table: FeatureTable) -> dict[str, Any]:
    return {
        "id": 0,
        "name": table.title,
        "parentLayerId": -1,
        "defaultVisibility": True,
        "subLayerIds": None,
        "minScale": 0,
        "maxScale": 0,
        "type": "Feature Layer",
        "geometryType": "esriGeometryPoint",
    }


def _capabilities() -> dict[str, Any]:
    """What queries can do, and what official clients would else expect of them."""
    can = ("Pagination", "OrderBy", "Statistics", "Distinct", "ReturningQueryExtent", "QueryWithDistance")
    cannot = ("HavingClause", "PercentileStatistics", "QueryWithResultType", "SqlExpression", "TimeRelation")
    return {
        "useStandardizedQueries": True,
        **{f"supports{name}": True for name in can},
        **{f"supports{name}": False for name in cannot},
        "supportsMaxRecordCountFactor": True,
        "maxRecordCountFactor": MOST_FACTOR,
        "supportsReturningGeometryCentroid": False,
    }


def _renderer(table: FeatureTable) -> dict[str, Any]:
    colour = [216, 96, 32, 230] if table.is_view else [31, 111, 235, 220]
    outline = {"type": "esriSLS", "style": "esriSLSSolid", "color": [255, 255, 255, 255], "width": 0.75}
    symbol = {"type": "esriSMS", "style": "esriSMSCircle", "color": colour, "size": 7, "outline": outline}
    return {"type": "simple", "symbol": {**symbol, "angle": 0, "xoffset": 0, "yoffset": 0}}


def _extent(table: FeatureTable) -> dict[str, Any]:
    return {**table.extent._asdict(), "spatialReference": IN_MERCATOR}
