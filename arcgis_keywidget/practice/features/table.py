"""The tables of the practice portal's hosted layers: the world's capitals, and a view of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from arcgis_keywidget.practice.data import read_rows
from arcgis_keywidget.practice.features.geometry import Envelope, to_mercator

if TYPE_CHECKING:
    from collections.abc import Iterable

OBJECT_ID = "objectid"
_READ = {"String": str, "Integer": int, "Double": float}


class Field(NamedTuple):
    """A column; `kind` is its type without `esriFieldType`, `length` counts for texts only."""

    name: str
    kind: str
    alias: str
    length: int = 0


FIELDS = (
    Field(OBJECT_ID, "OID", "Row"),
    Field("capital", "String", "Capital", 80),
    Field("country", "String", "Country", 80),
    Field("iso", "String", "ISO 3166 code", 2),
    Field("continent", "String", "Continent", 20),
    Field("population", "Integer", "Population of the capital"),
    Field("country_population", "Integer", "Population of the country"),
    Field("area_km2", "Double", "Area of the country (km²)"),
    Field("currency", "String", "Currency", 40),
    Field("timezone", "String", "Time zone", 40),
)


class Feature(NamedTuple):
    """A row: attributes by field name, and its place in degrees."""

    attributes: dict[str, Any]
    longitude: float
    latitude: float


@dataclass(frozen=True)
class FeatureTable:
    """What a hosted feature layer serves: one layer of points.

    Attributes:
        name: the service's name, as in its URL.
        title: the item's title.
        snippet: the item's summary.
        fields: the columns, the object id first.
        rows: all rows, in the order of their object ids.
        is_view: whether it is a view of another layer.
    """

    name: str
    title: str
    snippet: str
    fields: tuple[Field, ...]
    rows: tuple[Feature, ...]
    is_view: bool = False

    @classmethod
    def load(cls) -> FeatureTable:
        """The world's capitals."""
        rows = tuple(_read(number, row) for number, row in enumerate(read_rows("capitals.csv"), start=1))
        return cls("World_capitals", "World capitals", "The capitals of the world.", FIELDS, rows)

    def view(
        self, name: str, title: str, snippet: str, *, continent: str, fields: Iterable[str]
    ) -> FeatureTable:
        """A view: the rows of one continent, with some of the fields."""
        kept = tuple(field for field in self.fields if field.name in {OBJECT_ID, *fields})
        rows = tuple(
            row._replace(attributes={field.name: row.attributes[field.name] for field in kept})
            for row in self.rows
            if row.attributes["continent"] == continent
        )
        return FeatureTable(name, title, snippet, kept, rows, is_view=True)

    @cached_property
    def item(self) -> str:
        """The id of the item that stands for the layer, the same on every practice portal."""
        return hashlib.sha256(self.name.encode()).hexdigest()[:32]

    @cached_property
    def texts(self) -> dict[str, bool]:
        """The fields' names, true for text."""
        return {field.name: field.kind == "String" for field in self.fields}

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @cached_property
    def extent(self) -> Envelope:
        """The rectangle of all rows, in Web Mercator metres."""
        return Envelope.around(to_mercator(row.longitude, row.latitude) for row in self.rows)


def load_tables() -> tuple[FeatureTable, ...]:
    """The layer, and its view."""
    capitals = FeatureTable.load()
    europe = capitals.view(
        *("Capitals_of_Europe", "Capitals of Europe", "A view: fewer rows and fields of World capitals."),
        continent="Europe",
        fields=("capital", "country", "iso", "population"),
    )
    return capitals, europe


def _read(number: int, row: dict[str, str]) -> Feature:
    attributes: dict[str, Any] = {OBJECT_ID: number}
    for field in FIELDS[1:]:
        attributes[field.name] = _READ[field.kind](row[field.name]) if row[field.name] else None
    return Feature(attributes, float(row["longitude"]), float(row["latitude"]))
