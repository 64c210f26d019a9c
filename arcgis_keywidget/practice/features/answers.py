"""Replies to feature queries: rows as JSON or GeoJSON, counts, ids, extents and statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.features.geometry import DEGREES, MERCATOR, Envelope, to_mercator
from arcgis_keywidget.practice.features.metadata import IN_DEGREES, IN_MERCATOR, describe_fields
from arcgis_keywidget.practice.features.query import Query
from arcgis_keywidget.practice.features.statistics import summarize
from arcgis_keywidget.practice.features.table import OBJECT_ID

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from arcgis_keywidget.practice.features.query import Filter
    from arcgis_keywidget.practice.features.table import Feature, FeatureTable

_TYPES = {int: "Integer", float: "Double", str: "String", type(None): "Double"}


def answer_query(table: FeatureTable, params: Mapping[str, str]) -> dict[str, Any]:
    """Answer ``FeatureServer/0/query``.

    Args:
        table: The layer.
        params: The request's parameters, each with its first value.

    Raises:
        QueryError: A parameter is invalid, or asks for what this layer does not do.
    """
    query = Query.read(params, table.texts)
    found = [row for row in table.rows if _fits(row, query.filter)]
    if query.statistics:
        return _write_statistics(table, found, query)
    if query.distinct:
        found = _drop_equals(found, query)
    if query.count_only or query.extent_only:
        return _write_summary(found, query)
    _sort(found, query)
    if query.ids_only:
        return {"objectIdFieldName": OBJECT_ID, "objectIds": [row.attributes[OBJECT_ID] for row in found]}
    page = found[query.offset : query.offset + query.limit]
    exceeded = query.offset + len(page) < len(found)
    return (
        _write_geojson(page, query, exceeded) if query.geojson else _write_rows(table, page, query, exceeded)
    )


def _fits(row: Feature, wanted: Filter) -> bool:
    if wanted.ids is not None and row.attributes[OBJECT_ID] not in wanted.ids:
        return False
    if wanted.test is not None and wanted.test(row.attributes) is not True:
        return False
    return wanted.place is None or wanted.place.meets(_locate(row, wanted.place.system))


def _locate(row: Feature, system: int) -> tuple[float, float]:
    if system == DEGREES:
        return row.longitude, row.latitude
    return to_mercator(row.longitude, row.latitude)


def _sort(found: list[Feature], query: Query) -> None:
    for name, descending in reversed(query.order):
        found.sort(key=lambda row: _rank(row.attributes.get(name)), reverse=descending)


def _rank(value: Any) -> tuple[bool, Any]:  # noqa: ANN401 (a cell, of its field's type)
    return (value is not None, value if value is not None else 0)


def _drop_equals(found: Sequence[Feature], query: Query) -> list[Feature]:
    """The first row of each combination of the asked fields."""
    first: dict[tuple[Any, ...], Feature] = {}
    for row in found:
        first.setdefault(tuple(row.attributes[name] for name in query.fields), row)
    return list(first.values())


def _write_summary(found: Sequence[Feature], query: Query) -> dict[str, Any]:
    count = {"count": len(found)} if query.count_only else {}
    if not query.extent_only:
        return count
    box = Envelope.around(_locate(row, query.system) for row in found)
    # An extent of nothing: NaN is no JSON, so it is written as text.
    sides = {side: value if found else "NaN" for side, value in box._asdict().items()}
    return count | {"extent": {**sides, "spatialReference": _reference(query.system)}}


def _write_statistics(table: FeatureTable, found: Sequence[Feature], query: Query) -> dict[str, Any]:
    rows = summarize([row.attributes for row in found], query.statistics, query.groups)
    _sort_groups(rows, query)
    if query.count_only:
        return {"count": len(rows)}
    page = rows[query.offset : query.offset + query.limit]
    computed = [_describe(rows, statistic.name) for statistic in query.statistics]
    reply = {
        "displayFieldName": "",
        "fields": [*describe_fields(table, query.groups), *computed],
        "features": [{"attributes": row} for row in page],
    }
    return reply | ({"exceededTransferLimit": True} if query.offset + len(page) < len(rows) else {})


def _sort_groups(rows: list[dict[str, Any]], query: Query) -> None:
    names = {name.lower(): name for row in rows[:1] for name in row}
    for name, descending in reversed(query.order):
        ranks = {id(row): _rank(row.get(names.get(name, ""))) for row in rows}
        rows.sort(key=lambda row: ranks[id(row)], reverse=descending)


def _describe(rows: Sequence[Mapping[str, Any]], name: str) -> dict[str, str]:
    """The description of a computed column, by its first value."""
    kind = next((_TYPES[type(row[name])] for row in rows if row[name] is not None), "Double")
    return {"name": name, "type": f"esriFieldType{kind}", "alias": name}


def _write_rows(
    table: FeatureTable,
    page: Sequence[Feature],
    query: Query,
    exceeded: bool,  # noqa: FBT001 (private)
) -> dict[str, Any]:
    reply: dict[str, Any] = {
        "objectIdFieldName": OBJECT_ID,
        "uniqueIdField": {"name": OBJECT_ID, "isSystemMaintained": True},
        "globalIdFieldName": "",
        "geometryType": "esriGeometryPoint",
        "spatialReference": _reference(query.system),
        "fields": describe_fields(table, query.fields),
        "features": [_write_row(row, query) for row in page],
    }
    return reply | ({"exceededTransferLimit": True} if exceeded else {})


def _write_row(row: Feature, query: Query) -> dict[str, Any]:
    feature: dict[str, Any] = {"attributes": {name: row.attributes[name] for name in query.fields}}
    if query.geometry and not query.distinct:
        x, y = _write_point(row, query)
        feature["geometry"] = {"x": x, "y": y}
    return feature


def _write_geojson(page: Sequence[Feature], query: Query, exceeded: bool) -> dict[str, Any]:  # noqa: FBT001 (private)
    features = [
        {
            "type": "Feature",
            "id": row.attributes[OBJECT_ID],
            "geometry": {"type": "Point", "coordinates": _write_point(row, query)}
            if query.geometry and not query.distinct
            else None,
            "properties": {name: row.attributes[name] for name in query.fields},
        }
        for row in page
    ]
    reply: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    return reply | ({"properties": {"exceededTransferLimit": True}} if exceeded else {})


def _write_point(row: Feature, query: Query) -> list[float]:
    x, y = _locate(row, query.system)
    return [x, y] if query.digits is None else [round(x, query.digits), round(y, query.digits)]


def _reference(system: int) -> dict[str, int]:
    return IN_MERCATOR if system == MERCATOR else IN_DEGREES
