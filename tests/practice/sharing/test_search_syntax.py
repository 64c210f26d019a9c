"""The search syntax: what clients send finds what it should, and nothing makes the parser break."""

from __future__ import annotations

import json
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcgis_keywidget.practice.sharing import catalogue
from arcgis_keywidget.practice.sharing.search_syntax import QueryError, compile_query
from arcgis_keywidget.practice.store import SCHEMA

ROWS = [
    ("key", "ada", "Workshop key", "Application", ["Application", "APIToken", "Registered App", "akw-1f-2e"]),
    ("site", "ada", "OAuth site", "Application", ["Application", "Registered App"]),
    ("old", "ada", "Old key", "API Key", ["API Key", "Registered App"]),
    ("area", "ada", "River trails", "Map Area", ["MapAreaPackage"]),
    ("map", "sam", "Rivers, all of them", "Web Map", ["Web Map"]),
]
PYTHON_LIST = (
    'owner: ada  -typekeywords:("MapAreaPackage") -type:("Map Area" OR "Indoors Map Configuration" OR'
    ' "Code Attachment") (type:("Application" AND typekeywords:"Registered App" AND typekeywords:"APIToken"))'
)
JS_BUILDER = 'owner:"ada" AND (type:"API Key" OR typekeywords:"Registered App" OR typekeywords:"APIToken")'


@pytest.fixture(scope="module")
def index():
    """A catalogue of five items."""
    database = sqlite3.connect(":memory:")
    database.executescript(SCHEMA)
    for number, (item, owner, title, kind, keywords) in enumerate(ROWS):
        row = {"id": item, "owner": owner, "title": title, "type": kind, "keywords": json.dumps(keywords)}
        row |= {"tags": '["class_a"]', "fields": '{"snippet": "Grüße"}', "access": "private"}
        database.execute(
            catalogue.INSERT, catalogue.entry(row | {"created": number, "modified": 10 + number})
        )
    yield database
    database.close()


def find(index, text):
    """The ids that a query finds."""
    condition = compile_query(text)
    rows = index.execute(f"SELECT item FROM catalogue WHERE {condition.sql}", condition.values)  # noqa: S608 (this SQL is under test)
    return {row[0] for row in rows}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (PYTHON_LIST, {"key"}),
        (JS_BUILDER, {"key", "site", "old"}),
        ("owner:ada", {"key", "site", "old", "area"}),
        ("OWNER: Ada", {"key", "site", "old", "area"}),
        ("id:map", {"map"}),
        ("orgid:practiceOrg00001 access:private", {"key", "site", "old", "area", "map"}),
        ("accountid:practiceOrg00001 access:private", {"key", "site", "old", "area", "map"}),
        ("orgid:other", set()),
        ("river", {"area"}),
        ("river*", {"area", "map"}),
        ("title:r?ver", {"area"}),
        ('title:"workshop key"', {"key"}),
        ('title:"key workshop"', set()),
        ('typekeywords:"Application APIToken"', set()),
        ('"key application"', set()),
        ('"registered app" workshop', {"key"}),
        ("typekeywords:akw-1f-2e", {"key"}),
        ("tags:class_a -owner:sam NOT type:Application", {"old", "area"}),
        ("title:key OR title:site AND owner:sam", {"key", "old"}),
        ("(title:key || title:site) && +owner:ada", {"key", "old", "site"}),
        ("grüße title:trails", {"area"}),
        ("created:[1 TO 2]", {"site", "old"}),
        ("modified:[0000000000000000013 TO *]", {"area", "map"}),
        ("created:4", {"map"}),
        ("unknown:thing", set()),
        ("*", {"key", "site", "old", "area", "map"}),
        ("river - trails", {"area"}),
        (r"title:\"workshop", {"key"}),
        ("snippet:100%* OR title:_*", set()),
    ],
)
def test_finds(index, text, found):
    """A query finds exactly these items."""
    assert find(index, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(",
        "a)",
        "title:",
        '"open',
        "owner:(ada",
        "AND",
        "a OR",
        "title:[1 TO 2]",
        "created:[a TO b]",
        "a ]",
    ],
)
def test_refuses(text):
    """What is no query is said to be none."""
    with pytest.raises(QueryError):
        compile_query(text)


def test_limits():
    """Depth and length are bounded, so that no query can exhaust the parser or SQLite."""
    for text in (
        "(" * 1000 + "a" + ")" * 1000,
        " ".join(["a"] * 500),
        "NOT " * 1000 + "a",
        "title:" * 100 + "a",
    ):
        with pytest.raises(QueryError):
            compile_query(text)


PIECES = st.sampled_from(
    [
        *"()[]{}-+!*?:\"\\ _%'|&",
        "AND",
        "OR",
        "NOT",
        "owner:",
        "created:",
        "[1 TO *]",
        "a",
        "é",
        "\x00",
        "9" * 30,
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=40))
def test_any_text_is_a_query_or_a_query_error(index, text):
    """Whatever is sent, the parser answers with a condition that SQLite accepts, or with its own error."""
    try:
        found = find(index, text)
    except QueryError:
        return
    assert found <= {row[0] for row in ROWS}


def test_a_query_of_great_length_is_refused():
    """Longer than any person writes, and than the database would take."""
    with pytest.raises(QueryError, match="20,000"):
        compile_query("x" * 60_000)
