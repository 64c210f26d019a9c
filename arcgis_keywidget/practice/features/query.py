"""The parameters of a feature query, checked: what the practice layer is asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arcgis_keywidget.practice.features import geometry
from arcgis_keywidget.practice.features.geometry import DEGREES, MERCATOR, GeometryError, read_system
from arcgis_keywidget.practice.features.statistics import Statistic, StatisticsError, read_statistics
from arcgis_keywidget.practice.features.where import WhereError, parse_where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget.practice.features.geometry import Meets
    from arcgis_keywidget.practice.features.where import Test

PAGE = 200
"""Rows in a full page: fewer than the layer has, so that paging can be seen.

No less than 200: Esri's Python package asks for so many rows by their ids at once, and would lose the rest.
"""
MOST_FACTOR = 5
_DIGITS = 9  # more would pass the 32 bits of a row count
_UNSUPPORTED = ("having", "time", "relationParam", "gdbVersion", "historicMoment", "fullText")
_METRES = {
    **dict.fromkeys(("", "esriSRUnit_Meter"), 1.0),
    "esriSRUnit_Kilometer": 1000.0,
    "esriSRUnit_StatuteMile": 1609.344,
    "esriSRUnit_NauticalMile": 1852.0,
    "esriSRUnit_Foot": 0.3048,
}
_MEETING = {"", "esriSpatialRelIntersects", "esriSpatialRelContains"}
_IN_ENVELOPE = {"esriSpatialRelEnvelopeIntersects", "esriSpatialRelIndexIntersects"}


class QueryError(Exception):
    """A query that ArcGIS refuses with code 400; ``message`` and ``details`` are for the error reply."""

    def __init__(self, *details: str) -> None:
        self.message = "Cannot perform query. Invalid query parameters."
        self.details = list(details)
        super().__init__(self.message, *details)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row must lie: a test, and the spatial reference that it takes points in."""

    meets: Meets
    system: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What rows must fulfil, all of it.

    Attributes:
        test: Whether a row is wanted; only ``True`` selects it; None wants all.
        ids: Object ids among which a row must be; None for any.
        place: Where a row must lie; None for anywhere.
    """

    test: Test | None
    ids: frozenset[int] | None
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a query asks for.

    Attributes:
        filter: What rows must fulfil.
        fields: Names of the attributes to return.
        system: Spatial reference of the geometry, ``MERCATOR`` or ``DEGREES``.
        digits: Digits after the point in the geometry; None for all.
        order: Fields to sort by, each with whether it descends.
        limit: Most rows to return.
        statistics: Numbers to return instead of rows, by `groups`.
    """

    filter: Filter
    fields: tuple[str, ...]
    geometry: bool
    system: int
    digits: int | None
    order: tuple[tuple[str, bool], ...]
    offset: int
    limit: int
    statistics: tuple[Statistic, ...]
    groups: tuple[str, ...]
    count_only: bool
    ids_only: bool
    extent_only: bool
    distinct: bool
    geojson: bool

    @classmethod
    def read(cls, params: Mapping[str, str], texts: Mapping[str, bool]) -> Query:
        """Check a request's parameters.

        Args:
            params: As the client sent them.
            texts: The layer's fields, object id first, true for text.

        Raises:
            QueryError: A parameter is invalid, or asks for what the layer does not do.
        """
        for name in _UNSUPPORTED:
            if params.get(name, "").strip():
                raise _invalid(name)
        kind = params.get("f", "json").lower()
        if kind not in ("json", "pjson", "geojson"):
            raise _invalid("f")
        names, factor = tuple(texts), _whole(params, "maxRecordCountFactor") or 1
        if factor > MOST_FACTOR:
            raise _invalid("maxRecordCountFactor")
        statistics = _read_statistics(params, texts)
        groups = _read_fields(params, "groupByFieldsForStatistics", names, ())
        return cls(
            filter=_read_filter(params, texts),
            count_only=_flag(params, "returnCountOnly"),
            ids_only=_flag(params, "returnIdsOnly"),
            extent_only=_flag(params, "returnExtentOnly"),
            distinct=_flag(params, "returnDistinctValues"),
            fields=_read_fields(params, "outFields", names, names[:1]),
            geometry=_flag(params, "returnGeometry", default=True),
            system=_read_system(params, "outSR", DEGREES if kind == "geojson" else MERCATOR),
            digits=_whole(params, "geometryPrecision"),
            order=_read_order(params, (*names, *(statistic.name.lower() for statistic in statistics))),
            offset=_whole(params, "resultOffset") or 0,
            limit=min(_whole(params, "resultRecordCount") or factor * PAGE, factor * PAGE),
            statistics=statistics,
            groups=groups,
            geojson=kind == "geojson",
        )


def _invalid(name: str) -> QueryError:
    return QueryError(f"'{name}' parameter is invalid")


def _read_filter(params: Mapping[str, str], texts: Mapping[str, bool]) -> Filter:
    where, ids = _read_where(params.get("where", ""), texts), _read_ids(params.get("objectIds", ""))
    place = _read_place(params)
    # Statistics may be asked of all rows without a filter: Esri's maplibre-arcgis begins so.
    if where is None and ids is None and place is None and not params.get("outStatistics", "").strip():
        raise QueryError("'where' parameter not specified")
    return Filter(where, ids, place)


def _read_where(clause: str, texts: Mapping[str, bool]) -> Test | None:
    if not clause.strip():
        return None
    try:
        return parse_where(clause, texts)
    except WhereError as error:
        raise QueryError(str(error)) from None


def _read_ids(text: str) -> frozenset[int] | None:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and len(part) <= _DIGITS for part in parts):
        raise _invalid("objectIds")
    return frozenset(map(int, parts)) if parts else None


def _read_place(params: Mapping[str, str]) -> Place | None:
    text = params.get("geometry", "").strip()
    if not text:
        return None
    kind = params.get("geometryType", "").strip() or "esriGeometryEnvelope"
    relation = params.get("spatialRel", "").strip()
    if relation not in _MEETING | _IN_ENVELOPE:
        raise _invalid("spatialRel")
    try:
        kind, parts, system = geometry.read_geometry(text, kind, _read_system(params, "inSR", MERCATOR))
        if relation in _IN_ENVELOPE:
            return Place(geometry.find_envelope(parts, system), system)
        return Place(geometry.find_meeting(kind, parts, system, _read_distance(params)), system)
    except GeometryError:
        raise _invalid("geometry") from None


def _read_distance(params: Mapping[str, str]) -> float:
    try:
        distance = float(params.get("distance", "").strip() or 0)
    except ValueError:
        distance = math.nan
    unit = _METRES.get(params.get("units", "").strip())
    if unit is None:
        raise _invalid("units")
    if not 0 <= distance < math.inf:
        raise _invalid("distance")
    return distance * unit


def _read_statistics(params: Mapping[str, str], texts: Mapping[str, bool]) -> tuple[Statistic, ...]:
    try:
        return read_statistics(params.get("outStatistics", ""), texts, PAGE)
    except StatisticsError:
        raise _invalid("outStatistics") from None


def _read_fields(
    params: Mapping[str, str], name: str, known: tuple[str, ...], default: tuple[str, ...]
) -> tuple[str, ...]:
    names = [part.strip().lower() for part in params.get(name, "").split(",") if part.strip()]
    if "*" in names:
        return known
    for part in names:
        if part not in known:
            raise QueryError(f"'Invalid field: {part}' parameter is invalid")
    return tuple(dict.fromkeys(names)) or default


def _read_order(params: Mapping[str, str], known: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    order = []
    for part in filter(None, map(str.strip, params.get("orderByFields", "").split(","))):
        name, *direction = part.lower().split()
        if name not in known or direction not in ([], ["asc"], ["desc"]):
            raise _invalid("orderByFields")
        order.append((name, direction == ["desc"]))
    return tuple(order)


def _read_system(params: Mapping[str, str], name: str, default: int) -> int:
    try:
        return read_system(params.get(name, ""), default)
    except GeometryError:
        raise _invalid(name) from None


def _whole(params: Mapping[str, str], name: str) -> int | None:
    text = params.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise _invalid(name)
    return int(text)


def _flag(params: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    text = params.get(name, "").strip().lower()
    if text not in ("", "true", "false"):
        raise _invalid(name)
    return text == "true" if text else default
