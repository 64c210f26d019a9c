"""Rows as Python and notebooks show them."""

from __future__ import annotations

from arcgis_keywidget.services.feature_rows import FeatureRows
from arcgis_keywidget.services.layer import Column


def test_a_table_shows_text_as_text() -> None:
    """Markup in names and values is escaped; a long table is cut; a column called token is no secret."""
    row = {"<b>": "<img src=x onerror=alert(1)>", "token": "&"}
    rows = FeatureRows(
        [(tuple(row.values()), None)] * 12, [Column(name, "String") for name in row], exceeded=True
    )
    page = rows._repr_html_()
    assert "<img" not in page
    assert "&lt;img" in page
    assert "<th>&lt;b&gt;</th>" in page
    assert page.count("<tr>") == 11
    assert "<p>The first 10 of 12 rows; the layer holds more</p>" in page
    assert repr(rows) == "<FeatureRows: 12 rows; the layer holds more, 2 fields>"


def test_no_rows_are_a_table_too() -> None:
    """With its columns."""
    rows = FeatureRows([], [Column("name", "String")])
    assert len(rows) == 0
    assert "<th>name</th>" in rows._repr_html_()
    assert "<p>0 rows</p>" in rows._repr_html_()
    assert rows.to_geojson() == {"type": "FeatureCollection", "features": []}
