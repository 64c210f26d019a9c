"""What a layer says of itself: its columns, and how much of it may be read at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FieldError, KeyWidgetError, UnexpectedReplyError

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = 1000
"""Rows asked for at once when the layer does not say: what servers gave before they said so."""

_OBJECT_ID = "OID"
_MOST_FACTOR = 5  # documented for hosted layers, where the layer itself does not say


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and its type without ``esriFieldType``, such as ``Integer`` or ``Date``."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A feature layer or table.

    Attributes:
        url: its address.
        columns: in its own order.
        object_id: name of the column that tells rows apart; empty where there is none.
        page: rows in one answer (``maxRecordCount``).
        largest: rows in one answer when asked in `larger`'s way.
        larger: what to ask with for that.
        pages: whether it can be read from any row on, in a fixed order.
    """

    url: str
    columns: tuple[Column, ...]
    object_id: str
    page: int
    largest: int
    larger: dict[str, str]
    pages: bool

    @classmethod
    def read(cls, url: str, document: dict[str, Any]) -> Layer:
        """Return what the layer's document says.

        Raises:
            FieldError: it is a group, or something else without rows.
            UnexpectedReplyError: the document is none of a layer.
            KeyWidgetError: the layer does not speak GeoJSON.
        """
        fields = document.get("fields")
        if not isinstance(fields, list):
            kind = document.get("type")
            if isinstance(kind, str) and kind:
                raise FieldError("item_or_url", f"There are no rows: this is a '{kind}'.")
            raise UnexpectedReplyError("The layer did not describe itself.", "Check its address.")
        _check_formats(document)
        columns = tuple(
            Column(str(field["name"]), str(field.get("type", "")).removeprefix("esriFieldType"))
            for field in fields
            if isinstance(field, dict) and field.get("name")
        )
        told = document.get("objectIdField") or _object(document, "uniqueIdField").get("name")
        object_id = told or next((column.name for column in columns if column.kind == _OBJECT_ID), "")
        can = _object(document, "advancedQueryCapabilities")
        page = _whole(document.get("maxRecordCount")) or PAGE
        largest, larger = _larger(document, can, page)
        pages = bool(can.get("supportsPagination", document.get("supportsPagination", False)))
        return cls(
            url=url,
            columns=columns,
            object_id=str(object_id),
            page=page,
            largest=largest,
            larger=larger,
            pages=pages and can.get("supportsOrderBy", True) is not False,
        )

    def choose(self, fields: str | Iterable[str] | None) -> tuple[Column, ...]:
        """Return the named columns in the layer's order, and always the object id; all of them for None.

        Raises:
            FieldError: a name that is no column's, or none at all (field ``fields``).
        """
        if fields is None or fields == "*":
            return self.columns
        names = [name.strip() for name in (fields.split(",") if isinstance(fields, str) else fields)]
        known = {column.name.lower(): column.name for column in self.columns}
        unknown = [name for name in names if name.lower() not in known]
        if unknown:
            raise FieldError(
                "fields", f"There is no column {unknown[0]!r}; there are {', '.join(known.values())}."
            )
        wanted = {known[name.lower()] for name in names} | {self.object_id}
        return tuple(column for column in self.columns if column.name in wanted)


def _object(document: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a member that is an object, an empty one for anything else."""
    value = document.get(name)
    return value if isinstance(value, dict) else {}


def _check_formats(document: dict[str, Any]) -> None:
    formats = str(document.get("supportedQueryFormats") or "geojson").lower()
    if "geojson" not in formats:
        raise KeyWidgetError(
            "This layer cannot answer in GeoJSON.",
            "Its server is older than ArcGIS Server 10.4, or set up so.",
        )


def _larger(document: dict[str, Any], can: dict[str, Any], page: int) -> tuple[int, dict[str, str]]:
    """Return the most rows in one answer, and how to ask for that many."""
    standard = _whole(document.get("standardMaxRecordCount"))
    if can.get("supportsQueryWithResultType") and standard > page:
        return standard, {"resultType": "standard"}
    if can.get("supportsMaxRecordCountFactor"):
        factor = _whole(can.get("maxRecordCountFactor")) or _MOST_FACTOR
        return page * factor, {"maxRecordCountFactor": str(factor)}
    return page, {}


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
