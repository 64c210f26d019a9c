"""The practice portal's feature layer: its rows, its pages, and what it refuses."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcgis_keywidget.practice.features.layer import PAGE, FeatureTable, QueryError
from arcgis_keywidget.practice.features.where import WhereError, is_like, parse_where

TABLE = FeatureTable.load()
FIELDS = {"name": True, "size": False}
ROWS = [{"name": "Rome", "size": 3}, {"name": "O'Hara", "size": None}, {"name": None, "size": -2.5}]


def ask(**params: object) -> dict:
    """All fields of all rows, unless the parameters say otherwise."""
    return TABLE.query(
        {"where": "1=1", "outFields": "*", **{name: str(value) for name, value in params.items()}}
    )


def attributes(**params: object) -> list[dict]:
    """The attributes of the rows that come back."""
    return [feature["attributes"] for feature in ask(**params)["features"]]


def select(clause: str) -> list[str | None]:
    """The names of the rows that a clause selects."""
    test = parse_where(clause, FIELDS)
    return [row["name"] for row in ROWS if test(row) is True]


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
    assert TABLE.count > 2 * PAGE


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
    [feature] = TABLE.query({**params, "outSR": "4326"})["features"]
    assert feature["attributes"] == {"capital": "Rome", "country": "Italy", "continent": "Europe"}
    assert feature["geometry"] == pytest.approx({"x": 12.48, "y": 41.89}, abs=0.05)
    [feature] = TABLE.query({**params, "outSR": '{"wkid": 102100, "latestWkid": 3857}'})["features"]
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
    bare = TABLE.query({"where": "1=1"})
    assert list(bare["features"][0]["attributes"]) == ["objectid"]


def test_rows_are_sorted_by_several_fields():
    """Later fields decide among equals; missing numbers come first when ascending."""
    rows = attributes(orderByFields="continent ASC, population DESC")
    keys = [(row["continent"], -(row["population"] or 0)) for row in rows]
    assert keys == sorted(keys)
    assert attributes(orderByFields="population")[0]["population"] is None


def test_metadata_fits_the_rows():
    """Every row has the layer's fields with values of their types; the replies are JSON."""
    layer = json.loads(json.dumps(TABLE.describe_layer()))
    service = json.loads(json.dumps(TABLE.describe_service()))
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


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("size > 2", ["Rome"]),
        ("SIZE<=3 and Name <> 'Rome'", []),
        ("name = 'O''Hara'", ["O'Hara"]),
        ("size IS NULL", ["O'Hara"]),
        ("name is not null", ["Rome", "O'Hara"]),
        ("NOT size = 3", [None]),
        ("NOT (size = 3 OR name = 'x')", []),
        ("name LIKE 'R%' OR size < -2", ["Rome", None]),
        ("name NOT LIKE '_o%'", ["O'Hara"]),
        ("size IN (3, -2.5)", ["Rome", None]),
        ("name NOT IN ('Rome')", ["O'Hara"]),
        ("size = 3 OR size < 0 AND name = 'Rome'", ["Rome"]),
        ("(size = 3 OR size < 0) AND name = 'Rome'", ["Rome"]),
        ("\"name\" = 'Rome'", ["Rome"]),
        ("1=1", ["Rome", "O'Hara", None]),
        ("3 <= size", ["Rome"]),
        ("size = 3e0", ["Rome"]),
    ],
)
def test_a_clause_selects_as_in_sql(clause, names):
    """Precedence, NULL logic, quotes and case are SQL's."""
    assert select(clause) == names


@pytest.mark.parametrize(
    "clause",
    [
        "1=1; DROP TABLE rows",
        "1=1 --",
        "size = (SELECT 1)",
        "size > 'x'",
        "name = 3",
        "size LIKE '3%'",
        "name LIKE size",
        "name = 'open",
        "size IN ()",
        "size BETWEEN",
        "size = 3 AND",
        "AND size = 3",
        "(size = 3",
        "size = 3)",
        "size",
        "''",
        "NOT",
        "UPPER(name) = 'ROME'",
        "size = 3 name = 'x'",
        "1=1 OR " * 400 + "1=1",
        "(" * 500 + "1=1" + ")" * 500,
        "NOT " * 200 + "1=1",
        "",
    ],
)
def test_a_clause_outside_the_grammar_is_refused(clause):
    """Junk, other SQL and endless nesting raise WhereError, nothing else."""
    with pytest.raises(WhereError, match="parameter is invalid"):
        parse_where(clause, FIELDS)


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
        ("geometry", "0,0,1,1"),
        ("outStatistics", "[]"),
        ("where", ""),
    ],
)
def test_a_bad_parameter_is_named(name, value):
    """Each refusal names its parameter; a filter that is not built is refused, not ignored."""
    with pytest.raises(QueryError) as caught:
        ask(**{name: value})
    assert f"'{name}' parameter" in caught.value.details[0]


@given(st.text(alphabet=st.sampled_from("%_ab"), max_size=8), st.text(alphabet="ab", max_size=8))
def test_like_means_what_its_pattern_says(pattern, text):
    """Against the definition: a percent sign eats nothing or one character and stays."""

    def matches(pattern: str, text: str) -> bool:
        if not pattern:
            return not text
        if pattern[0] == "%":
            return matches(pattern[1:], text) or (bool(text) and matches(pattern, text[1:]))
        return bool(text) and pattern[0] in ("_", text[0]) and matches(pattern[1:], text[1:])

    assert is_like(text, pattern) is matches(pattern, text)


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
