"""The parameters of a feature query, checked: what the practice layer is asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from arcgis_keywidget.practice.features.where import WhereError, parse_where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget.practice.features.where import Test

PAGE = 100
"""Rows in a full page: fewer than the layer has, so that paging can be seen."""
MERCATOR = 102100
DEGREES = 4326
_SYSTEMS = MappingProxyType({"102100": MERCATOR, "3857": MERCATOR, "4326": DEGREES})
_DIGITS = 9  # more would pass the 32 bits of a row count
_UNSUPPORTED = ("geometry", "objectIds", "outStatistics", "groupByFieldsForStatistics", "having", "time")


class QueryError(Exception):
    """A query that ArcGIS refuses with code 400; ``message`` and ``details`` are for the error reply."""

    def __init__(self, *details: str) -> None:
        self.message = "Cannot perform query. Invalid query parameters."
        self.details = list(details)
        super().__init__(self.message, *details)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a query asks for.

    Attributes:
        test: Whether a row is wanted; only ``True`` selects it.
        fields: Names of the attributes to return.
        system: Spatial reference of the geometry, ``MERCATOR`` or ``DEGREES``.
        order: Fields to sort by, each with whether it descends.
        limit: Most rows to return.
    """

    test: Test
    fields: tuple[str, ...]
    geometry: bool
    system: int
    order: tuple[tuple[str, bool], ...]
    offset: int
    limit: int
    count_only: bool
    ids_only: bool
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
                raise QueryError(f"'{name}' parameter is invalid")
        kind = params.get("f", "json").lower()
        if kind not in ("json", "pjson", "geojson"):
            raise QueryError("'f' parameter is invalid")
        names = tuple(texts)
        return cls(
            test=_read_where(params.get("where", ""), texts),
            fields=_read_fields(params.get("outFields", ""), names),
            geometry=_flag(params, "returnGeometry", default=True),
            system=_read_system(params.get("outSR", ""), DEGREES if kind == "geojson" else MERCATOR),
            order=_read_order(params.get("orderByFields", ""), names),
            offset=_whole(params, "resultOffset") or 0,
            limit=min(_whole(params, "resultRecordCount") or PAGE, PAGE),
            count_only=_flag(params, "returnCountOnly", default=False),
            ids_only=_flag(params, "returnIdsOnly", default=False),
            geojson=kind == "geojson",
        )


def _read_where(clause: str, texts: Mapping[str, bool]) -> Test:
    if not clause.strip():
        raise QueryError("'where' parameter not specified")
    try:
        return parse_where(clause, texts)
    except WhereError as error:
        raise QueryError(str(error)) from None


def _read_fields(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    if "*" in names:
        return known
    for name in names:
        if name not in known:
            raise QueryError(f"'Invalid field: {name}' parameter is invalid")
    return tuple(dict.fromkeys(names)) or known[:1]


def _read_order(text: str, known: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    order = []
    for part in filter(None, map(str.strip, text.split(","))):
        name, *direction = part.lower().split()
        if name not in known or direction not in ([], ["asc"], ["desc"]):
            raise QueryError("'orderByFields' parameter is invalid")
        order.append((name, direction == ["desc"]))
    return tuple(order)


def _read_system(text: str, default: int) -> int:
    """A well-known id, bare or in a JSON object as the official Python library sends it."""
    try:
        given = json.loads(text[:200]) if text.strip() else default
    except ValueError:
        raise QueryError("'outSR' parameter is invalid") from None
    system = _SYSTEMS.get(str(given.get("wkid") if isinstance(given, dict) else given))
    if system is None:
        raise QueryError("'outSR' parameter is invalid")
    return system


def _whole(params: Mapping[str, str], name: str) -> int | None:
    text = params.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise QueryError(f"'{name}' parameter is invalid")
    return int(text)


def _flag(params: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = params.get(name, "").strip().lower()
    if text not in ("", "true", "false"):
        raise QueryError(f"'{name}' parameter is invalid")
    return text == "true" if text else default
