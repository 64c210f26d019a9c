"""The practice portal's private hosted feature layer: the capitals of the world, read-only.

Metadata and replies have the fields that official clients were seen to read; error messages are ArcGIS's own,
as logged by users of hosted feature layers ("Cannot perform query. Invalid query parameters.").
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from arcgis_keywidget.practice.data import read_rows
from arcgis_keywidget.practice.features.query import MERCATOR, PAGE, Query, QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping

CREDIT = "Practice data. GeoNames, CC BY 4.0."
__all__ = ["PAGE", "Feature", "FeatureTable", "QueryError"]

_EDGE = 20037508.342787
_MERCATOR = {"wkid": 102100, "latestWkid": 3857}
_DEGREES = {"wkid": 4326, "latestWkid": 4326}
_FIELDS = (
    ("objectid", "OID", "Row", 0),
    ("capital", "String", "Capital", 80),
    ("country", "String", "Country", 80),
    ("iso", "String", "ISO 3166 code", 2),
    ("continent", "String", "Continent", 20),
    ("population", "Integer", "Population of the capital", 0),
    ("country_population", "Integer", "Population of the country", 0),
    ("area_km2", "Double", "Area of the country (km²)", 0),
    ("currency", "String", "Currency", 40),
    ("timezone", "String", "Time zone", 40),
)
_NAMES = tuple(name for name, *_ in _FIELDS)
_TEXTS = MappingProxyType({name: kind == "String" for name, kind, *_ in _FIELDS})


class Feature(NamedTuple):
    """A row: attributes by field name, and its place in degrees."""

    attributes: dict[str, Any]
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """A hosted feature layer with one layer of points.

    Attributes:
        name: The service's name, as in its URL.
        title: The item's title.
        rows: All rows, in the order of their object ids.
    """

    name: str
    title: str
    rows: tuple[Feature, ...]

    @classmethod
    def load(cls) -> FeatureTable:
        """The world's capitals."""
        rows = enumerate(read_rows("capitals.csv"), start=1)
        return cls(
            "World_capitals", "World capitals", tuple(_read_feature(number, row) for number, row in rows)
        )

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def describe_service(self) -> dict[str, Any]:
        """The reply of ``FeatureServer?f=json``."""
        return {
            "currentVersion": 11.4,
            "serviceDescription": "Practice data: the capitals of the world.",
            "hasVersionedData": False,
            "maxRecordCount": PAGE,
            "supportedQueryFormats": "JSON, geoJSON",
            "capabilities": "Query",
            "description": "",
            "copyrightText": CREDIT,
            "spatialReference": _MERCATOR,
            "initialExtent": self._extent(),
            "fullExtent": self._extent(),
            "allowGeometryUpdates": False,
            "units": "esriMeters",
            "layers": [
                {
                    "id": 0,
                    "name": self.title,
                    "parentLayerId": -1,
                    "defaultVisibility": True,
                    "subLayerIds": None,
                    "minScale": 0,
                    "maxScale": 0,
                    "type": "Feature Layer",
                    "geometryType": "esriGeometryPoint",
                }
            ],
            "tables": [],
        }

    def describe_layer(self) -> dict[str, Any]:
        """The reply of ``FeatureServer/0?f=json``."""
        symbol = {"type": "esriSMS", "style": "esriSMSCircle", "color": [31, 111, 235, 220], "size": 7}
        return {
            "currentVersion": 11.4,
            "id": 0,
            "name": self.title,
            "type": "Feature Layer",
            "description": "",
            "copyrightText": CREDIT,
            "geometryType": "esriGeometryPoint",
            "displayField": "capital",
            "objectIdField": "objectid",
            "uniqueIdField": {"name": "objectid", "isSystemMaintained": True},
            "globalIdField": "",
            "fields": _describe_fields(_NAMES),
            "extent": self._extent(),
            "hasAttachments": False,
            "capabilities": "Query",
            "maxRecordCount": PAGE,
            "standardMaxRecordCount": PAGE,
            "tileMaxRecordCount": PAGE,
            "supportedQueryFormats": "JSON, geoJSON",
            "useStandardizedQueries": True,
            "advancedQueryCapabilities": {"supportsPagination": True, "supportsOrderBy": True},
            "drawingInfo": {"renderer": {"type": "simple", "symbol": symbol}},
        }

    def query(self, params: Mapping[str, str]) -> dict[str, Any]:
        """Answer ``FeatureServer/0/query``.

        Args:
            params: The request's parameters: ``where``, ``outFields``, ``returnGeometry``, ``outSR``,
                ``orderByFields``, ``resultOffset``, ``resultRecordCount``, ``returnCountOnly``,
                ``returnIdsOnly`` and ``f`` (json or geojson).

        Raises:
            QueryError: A parameter is invalid, or asks for what this layer does not do.
        """
        query = Query.read(params, _TEXTS)
        found = [row for row in self.rows if query.test(row.attributes) is True]
        if query.count_only:
            return {"count": len(found)}
        for name, descending in reversed(query.order):
            found.sort(key=lambda row: _sort_key(row.attributes[name]), reverse=descending)
        if query.ids_only:
            return {
                "objectIdFieldName": "objectid",
                "objectIds": [row.attributes["objectid"] for row in found],
            }
        page = found[query.offset : query.offset + query.limit]
        exceeded = query.offset + len(page) < len(found)
        return _write_geojson(page, query, exceeded) if query.geojson else _write_json(page, query, exceeded)

    def _extent(self) -> dict[str, Any]:
        xs, ys = zip(*(_mercator(row) for row in self.rows), strict=True)
        return {
            "xmin": min(xs),
            "ymin": min(ys),
            "xmax": max(xs),
            "ymax": max(ys),
            "spatialReference": _MERCATOR,
        }


def _read_feature(number: int, row: dict[str, str]) -> Feature:
    convert = {"String": str, "Integer": int, "Double": float}
    attributes: dict[str, Any] = {"objectid": number}
    for name, kind, *_ in _FIELDS[1:]:
        attributes[name] = convert[kind](row[name]) if row[name] else None
    return Feature(attributes, float(row["longitude"]), float(row["latitude"]))


def _sort_key(value: Any) -> tuple[bool, Any]:  # noqa: ANN401 - a cell, of its field's type
    return (value is not None, value if value is not None else 0)


def _write_json(page: list[Feature], query: Query, exceeded: bool) -> dict[str, Any]:  # noqa: FBT001 - private
    reply: dict[str, Any] = {
        "objectIdFieldName": "objectid",
        "uniqueIdField": {"name": "objectid", "isSystemMaintained": True},
        "globalIdFieldName": "",
        "geometryType": "esriGeometryPoint",
        "spatialReference": _MERCATOR if query.system == MERCATOR else _DEGREES,
        "fields": _describe_fields(query.fields),
        "features": [_write_feature(row, query) for row in page],
    }
    if exceeded:
        reply["exceededTransferLimit"] = True
    return reply


def _write_feature(row: Feature, query: Query) -> dict[str, Any]:
    feature: dict[str, Any] = {"attributes": {name: row.attributes[name] for name in query.fields}}
    if query.geometry:
        x, y = _locate(row, query)
        feature["geometry"] = {"x": x, "y": y}
    return feature


def _write_geojson(page: list[Feature], query: Query, exceeded: bool) -> dict[str, Any]:  # noqa: FBT001 - private
    features = [
        {
            "type": "Feature",
            "id": row.attributes["objectid"],
            "geometry": {"type": "Point", "coordinates": list(_locate(row, query))}
            if query.geometry
            else None,
            "properties": {name: row.attributes[name] for name in query.fields},
        }
        for row in page
    ]
    reply: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if exceeded:
        reply["properties"] = {"exceededTransferLimit": True}
    return reply


def _locate(row: Feature, query: Query) -> tuple[float, float]:
    return _mercator(row) if query.system == MERCATOR else (row.longitude, row.latitude)


def _mercator(row: Feature) -> tuple[float, float]:
    y = math.asinh(math.tan(math.radians(row.latitude))) / math.pi * _EDGE
    return round(row.longitude / 180 * _EDGE, 4), round(y, 4)


def _describe_fields(names: tuple[str, ...]) -> list[dict[str, Any]]:
    fields = []
    for name, kind, alias, length in _FIELDS:
        if name in names:
            field = {"name": name, "type": f"esriFieldType{kind}", "alias": alias, "nullable": kind != "OID"}
            fields.append(
                {**field, **({"length": length} if length else {}), "editable": False, "domain": None}
            )
    return fields
