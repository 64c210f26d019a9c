"""What replies hold besides rows: statistics, extents, distinct values, ids."""

from __future__ import annotations

import json
import statistics

import pytest

from arcgis_keywidget.practice.features.answers import answer_query
from arcgis_keywidget.practice.features.query import PAGE, QueryError
from arcgis_keywidget.practice.features.table import load_tables

TABLE, VIEW = load_tables()
ROWS = [row.attributes for row in TABLE.rows]


def ask(**params):
    """A query of all rows, unless the parameters say otherwise."""
    return answer_query(TABLE, {"where": "1=1", **params})


def number(kind, field, name="n"):
    """One entry of `outStatistics`."""
    return {"statisticType": kind, "onStatisticField": field, "outStatisticFieldName": name}


def test_the_first_question_of_web_maps():
    """`exceedslimit`, as maplibre-arcgis asks it without `where`: 0 while the layer can be drawn at once."""
    asked = {"statisticType": "exceedslimit", "outStatisticFieldName": "exceedslimit"}
    rest = {"where": "", "returnGeometry": "false", "cacheHint": "true"}
    small = ask(**rest, outStatistics=json.dumps([asked | {"maxPointCount": 4000}]))
    large = ask(**rest, outStatistics=json.dumps([asked | {"maxPointCount": 10}]))
    assert [reply["features"] for reply in (small, large)] == [
        [{"attributes": {"exceedslimit": 0}}],
        [{"attributes": {"exceedslimit": 1}}],
    ]


@pytest.mark.parametrize(
    ("kind", "compute"),
    [
        ("count", len),
        ("sum", sum),
        ("min", min),
        ("max", max),
        ("avg", statistics.fmean),
        ("stddev", statistics.stdev),
        ("var", statistics.variance),
    ],
)
def test_statistics_are_those_of_the_rows(kind, compute):
    """Missing values do not count; the reply describes its column."""
    values = [row["population"] for row in ROWS if row["population"] is not None]
    reply = ask(outStatistics=json.dumps([number(kind, "Population")]))
    assert reply["features"][0]["attributes"]["n"] == pytest.approx(compute(values))
    assert reply["fields"][0]["name"] == "n"
    assert len(values) < len(ROWS)


def test_statistics_by_group():
    """One row a continent, ordered by what was computed."""
    reply = ask(
        outStatistics=json.dumps([number("count", "objectid", "Total"), number("max", "capital", "last")]),
        groupByFieldsForStatistics="continent",
        orderByFields="total DESC, continent",
        resultRecordCount="3",
    )
    counts = {}
    for row in ROWS:
        counts[row["continent"]] = counts.get(row["continent"], 0) + 1
    best = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    rows = [feature["attributes"] for feature in reply["features"]]
    assert [(row["continent"], row["Total"]) for row in rows] == best
    assert reply["exceededTransferLimit"] is True
    assert [field["name"] for field in reply["fields"]] == ["continent", "Total", "last"]


def test_statistics_of_nothing():
    """None but for counts, as in SQL."""
    asked = [number("count", "population", "n"), number("avg", "population", "mean")]
    reply = ask(where="1=0", outStatistics=json.dumps(asked))
    assert reply["features"] == [{"attributes": {"n": 0, "mean": None}}]


@pytest.mark.parametrize(
    "asked",
    [
        "[]",
        "{",
        "7",
        '[{"statisticType": "sum", "onStatisticField": "capital"}]',
        '[{"statisticType": "median", "onStatisticField": "population"}]',
        '[{"statisticType": "sum", "onStatisticField": "height"}]',
        '[{"statisticType": ["sum"], "onStatisticField": "population"}]',
        '[{"statisticType": "exceedslimit", "maxPointCount": "many"}]',
        '[{"statisticType": "exceedslimit", "maxPointCount": 1e999}]',
        json.dumps([number("count", "objectid")] * 2),
        "[" * 5000,
    ],
)
def test_what_is_no_statistic_is_refused(asked):
    """Unknown ones, texts in sums, names that come twice, and what is no array."""
    with pytest.raises(QueryError, match="outStatistics"):
        ask(outStatistics=asked)


def test_extent_of_what_is_found():
    """In the asked spatial reference, with the count on demand; NaN as text for nothing."""
    reply = ask(where="continent = 'Europe'", returnExtentOnly="true", returnCountOnly="true", outSR="4326")
    longitudes = [row.longitude for row in TABLE.rows if row.attributes["continent"] == "Europe"]
    assert (reply["extent"]["xmin"], reply["extent"]["xmax"]) == (min(longitudes), max(longitudes))
    assert (reply["extent"]["spatialReference"]["wkid"], reply["count"]) == (4326, len(longitudes))
    assert json.loads(json.dumps(ask(where="1=0", returnExtentOnly="true")))["extent"]["xmin"] == "NaN"


def test_distinct_values():
    """Each once, without geometry, sorted; the count is theirs."""
    asked = {"outFields": "continent", "returnDistinctValues": "true", "orderByFields": "continent"}
    reply = ask(**asked)
    expected = sorted({row["continent"] for row in ROWS})
    assert [feature["attributes"]["continent"] for feature in reply["features"]] == expected
    assert "geometry" not in reply["features"][0]
    assert ask(**asked, returnCountOnly="true") == {"count": len(expected)}


def test_object_ids_choose_rows():
    """Alone or together with a condition."""
    reply = answer_query(TABLE, {"objectIds": "3, 1,999", "outFields": "objectid"})
    assert [feature["attributes"]["objectid"] for feature in reply["features"]] == [1, 3]
    assert ask(objectIds="1,3", where="objectid > 1", returnCountOnly="true") == {"count": 1}


def test_larger_pages_on_demand():
    """`maxRecordCountFactor` multiplies a page, up to five times."""
    assert len(ask(maxRecordCountFactor="2")["features"]) == min(2 * PAGE, TABLE.count) > PAGE
    with pytest.raises(QueryError, match="maxRecordCountFactor"):
        ask(maxRecordCountFactor="6")


def test_geometry_is_rounded_on_demand():
    """`geometryPrecision` counts digits after the point."""
    point = ask(geometryPrecision="1", outSR="4326")["features"][0]["geometry"]
    assert point == {"x": round(point["x"], 1), "y": round(point["y"], 1)}


def test_a_view_shows_less():
    """Fewer rows and fields, with the layer's own object ids."""
    reply = answer_query(VIEW, {"where": "1=1", "outFields": "*"})
    rows = [feature["attributes"] for feature in reply["features"]]
    assert rows == [
        {name: row[name] for name in ("objectid", "capital", "country", "iso", "population")}
        for row in ROWS
        if row["continent"] == "Europe"
    ]
    with pytest.raises(QueryError, match="Invalid field: continent"):
        answer_query(VIEW, {"where": "continent = 'Asia'"})
