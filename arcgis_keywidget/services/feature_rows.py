"""Rows of a layer, as Python has them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, overload

from arcgis_keywidget.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geopandas import GeoDataFrame

    from arcgis_keywidget.services.layer import Column
    from arcgis_keywidget.services.paging import Row

_SHOWN = 10


class FeatureRows:
    """Rows of a layer: a sequence of dicts, one a feature, without their geometry.

    Attributes:
        fields: names of the columns, in the layer's order.
        geometries: GeoJSON geometries in longitude and latitude, None for rows without.
        exceeded: whether the layer holds more rows than these.
    """

    def __init__(self, rows: Sequence[Row], columns: Sequence[Column], *, exceeded: bool = False) -> None:
        self._rows = [values for values, _ in rows]
        self._columns = tuple(columns)
        self.geometries: tuple[dict[str, Any] | None, ...] = tuple(geometry for _, geometry in rows)
        self.fields: tuple[str, ...] = tuple(column.name for column in columns)
        self.exceeded = exceeded

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        found = self._rows[index]
        return [*map(self._name, found)] if isinstance(found, list) else self._name(found)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self._name, self._rows)

    def __repr__(self) -> str:
        return f"<FeatureRows: {self._count()}, {len(self.fields)} fields>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.fields)
        cells = [[escape(str(value)) for value in row] for row in self._rows[:_SHOWN]]
        body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
        cut = f"The first {_SHOWN} of " if len(self) > _SHOWN else ""
        return (
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{cut}{self._count()}</p>"
        )

    def to_geojson(self) -> dict[str, Any]:
        """Return the rows and their geometries as a GeoJSON FeatureCollection."""
        pairs = zip(self, self.geometries, strict=True)
        features = [{"type": "Feature", "geometry": geometry, "properties": row} for row, geometry in pairs]
        return {"type": "FeatureCollection", "features": features}

    def to_geodataframe(self) -> GeoDataFrame:
        """Return the rows as a GeoDataFrame in EPSG:4326, with the types of the layer's columns.

        Whole numbers are nullable (``Int16``, ``Int32``, ``Int64``); texts and GlobalIDs are ``string``;
        dates with a time are ``datetime64[ms, UTC]``, dates alone ``datetime64[s]``, times of day
        `datetime.time`. Coded values stay codes. Columns and types are there without any row, too.

        Raises:
            MissingExtraError: geopandas is not installed.
        """
        try:
            from arcgis_keywidget.services.frames import make_frame  # noqa: PLC0415 (an extra, and heavy)
        except ModuleNotFoundError:
            raise MissingExtraError(
                "GeoDataFrames need geopandas, which is not installed.",
                'Install it: pip install "arcgis-keywidget[features]".',
            ) from None
        return make_frame(self._columns, self._rows, self.geometries)

    def _name(self, row: tuple[Any, ...]) -> dict[str, Any]:
        return dict(zip(self.fields, row, strict=True))

    def _count(self) -> str:
        more = "; the layer holds more" if self.exceeded else ""
        return f"{len(self):,} row{'' if len(self) == 1 else 's'}{more}"
