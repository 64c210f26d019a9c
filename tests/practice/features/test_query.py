"""The practice portal's feature layer: its rows, its pages, and what it refuses."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcgis_keywidget.practice.features.answers import answer_query
from arcgis_keywidget.practice.features.metadata import describe_layer, describe_service
from arcgis_keywidget.practice.features.query import PAGE, QueryError
from arcgis_keywidget.practice.features.table import load_tables

TABLE, VIEW = load_tables()


def ask(**params: object) -> dict:
    """All fields of all rows, unless the parameters say otherwise."""
    return answer_query(
        TABLE, {"where": "1=1", "outFields": "*", **{name: str(value) for name, value in params.items()}}
    )


def attributes(**params: object) -> list[dict]:
    """The attributes of the rows that come back."""
    return [feature["attributes"] for feature in ask(**params)["features"]]


def test_pages_cover_every_row_once():
    """Walking with resultOffset until the limit is no longer exceeded gives each object id once."""
    seen, offset = [], 0
    while True:
        page = ask(resultOffset=offset)
        seen += [feature["attributes"]["objectid"] for feature in page["features"]]
        offset += len(page["features"])
        if not page.get("exceededTransferLimit"):
            break
        assert len(page["features"]) == PAGE
    assert seen == list(range(1, TABLE.count + 1))
    assert TABLE.count > PAGE


@pytest.mark.parametrize(("asked", "given"), [(7, 7), (PAGE + 50, PAGE), (0, PAGE)])
def test_a_page_is_as_long_as_asked_up_to_the_limit(asked, given):
    """ResultRecordCount shortens a page and never lengthens it."""
    page = ask(resultRecordCount=asked)
    assert len(page["features"]) == given
    assert page["exceededTransferLimit"] is True


def test_a_page_that_ends_with_the_last_row_exceeds_nothing():
    """The flag is absent, not false, on the last page, also when it is full."""
    assert "exceededTransferLimit" not in ask(resultOffset=TABLE.count - PAGE)
    assert ask(resultOffset=TABLE.count + 5)["features"] == []


def test_counts_and_ids_are_not_paged():
    """ReturnCountOnly and returnIdsOnly speak of all rows that are found."""
    assert ask(returnCountOnly="true") == {"count": TABLE.count}
    assert len(ask(returnIdsOnly="true")["objectIds"]) == TABLE.count
    assert ask(where="1=0", returnCountOnly="true") == {"count": 0}


def test_rows_are_true():
    """Rome is where it is, in both reference systems."""
    params = {"where": "capital = 'Rome'", "outFields": "capital,country,continent"}
    [feature] = answer_query(TABLE, {**params, "outSR": "4326"})["features"]
    assert feature["attributes"] == {"capital": "Rome", "country": "Italy", "continent": "Europe"}
    assert feature["geometry"] == pytest.approx({"x": 12.48, "y": 41.89}, abs=0.05)
    [feature] = answer_query(TABLE, {**params, "outSR": '{"wkid": 102100, "latestWkid": 3857}'})["features"]
    assert feature["geometry"] == pytest.approx({"x": 1389600, "y": 5145600}, abs=6000)


def test_geojson_is_in_degrees():
    """GeoJSON has its own shape, positions in degrees, and the flag under properties."""
    document = ask(f="geojson", orderByFields="capital", resultRecordCount=3)
    assert document["type"] == "FeatureCollection"
    assert document["properties"] == {"exceededTransferLimit": True}
    for feature in document["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert (feature["type"], feature["geometry"]["type"]) == ("Feature", "Point")
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
        assert feature["id"] == feature["properties"]["objectid"]


def test_only_the_asked_fields_come_back():
    """OutFields chooses attributes and their descriptions; without it there is only the object id."""
    page = ask(outFields="Capital, population", returnGeometry="false", resultRecordCount=1)
    assert list(page["features"][0]) == ["attributes"]
    assert list(page["features"][0]["attributes"]) == ["capital", "population"]
    assert [field["name"] for field in page["fields"]] == ["capital", "population"]
    bare = answer_query(TABLE, {"where": "1=1"})
    assert list(bare["features"][0]["attributes"]) == ["objectid"]


def test_rows_are_sorted_by_several_fields():
    """Later fields decide among equals; missing numbers come first when ascending."""
    rows = attributes(orderByFields="continent ASC, population DESC")
    keys = [(row["continent"], -(row["population"] or 0)) for row in rows]
    assert keys == sorted(keys)
    assert attributes(orderByFields="population")[0]["population"] is None


def test_metadata_fits_the_rows():
    """Every row has the layer's fields with values of their types; the replies are JSON."""
    layer = json.loads(json.dumps(describe_layer(TABLE)))
    service = json.loads(json.dumps(describe_service(TABLE)))
    assert [entry["id"] for entry in service["layers"]] == [0]
    assert (layer["maxRecordCount"], layer["objectIdField"]) == (PAGE, "objectid")
    kinds = {
        "esriFieldTypeOID": int,
        "esriFieldTypeInteger": int,
        "esriFieldTypeDouble": float,
        "esriFieldTypeString": str,
    }
    for row in TABLE.rows:
        assert list(row.attributes) == [field["name"] for field in layer["fields"]]
        for field in layer["fields"]:
            value = row.attributes[field["name"]]
            assert (value is None and field["nullable"]) or isinstance(value, kinds[field["type"]])
            assert field["type"] != "esriFieldTypeString" or len(value or "") <= field["length"]


def test_an_unknown_field_is_named_in_arcgis_words():
    """The message is the one that users of hosted layers report."""
    with pytest.raises(QueryError) as caught:
        ask(where="height > 3")
    assert caught.value.message == "Cannot perform query. Invalid query parameters."
    assert caught.value.details == ["'Invalid field: height' parameter is invalid"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("resultOffset", "-1"),
        ("resultOffset", "1.5"),
        ("resultRecordCount", "ten"),
        ("resultRecordCount", "9" * 5000),
        ("outSR", "2154"),
        ("outSR", "{"),
        ("outSR", "[" * 5000),
        ("orderByFields", "capital sideways"),
        ("orderByFields", "height"),
        ("returnGeometry", "maybe"),
        ("f", "pbf"),
        ("having", "count > 1"),
        ("outStatistics", "[]"),
        ("where", ""),
    ],
)
def test_a_bad_parameter_is_named(name, value):
    """Each refusal names its parameter; a filter that is not built is refused, not ignored."""
    with pytest.raises(QueryError) as caught:
        ask(**{name: value})
    assert f"'{name}' parameter" in caught.value.details[0]


WORDS = [
    "capital",
    "population",
    "AND",
    "OR",
    "NOT",
    "LIKE",
    "IN",
    "IS",
    "NULL",
    "(",
    ")",
    ",",
    "=",
    "<",
    "<>",
    "1",
    "'a'",
    "%",
]


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)))
def test_no_text_brings_the_parser_down(clause):
    """Whatever the clause, there is a reply or a QueryError."""
    try:
        reply = ask(where=clause, returnCountOnly="true")
    except QueryError:
        return
    assert 0 <= reply["count"] <= TABLE.count


@given(
    st.dictionaries(
        st.sampled_from(["outFields", "outSR", "orderByFields", "resultOffset", "resultRecordCount", "f"]),
        st.text(max_size=40),
    )
)
def test_no_parameter_brings_the_query_down(params):
    """Whatever the parameters, there is a reply that is JSON, or a QueryError."""
    try:
        reply = ask(**params)
    except QueryError:
        return
    assert len(json.loads(json.dumps(reply))["features"]) <= PAGE
