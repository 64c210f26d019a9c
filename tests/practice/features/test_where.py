"""Conditions: SQL's logic for a small grammar, and nothing else of SQL."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcgis_keywidget.practice.features.where import WhereError, is_like, parse_where

FIELDS = {"name": True, "size": False}
ROWS = [{"name": "Rome", "size": 3}, {"name": "O'Hara", "size": None}, {"name": None, "size": -2.5}]


def select(clause: str) -> list[str | None]:
    """The names of the rows that a clause selects."""
    test = parse_where(clause, FIELDS)
    return [row["name"] for row in ROWS if test(row) is True]


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
        ("size BETWEEN -3 AND 3", ["Rome", None]),
        ("size NOT BETWEEN 0 AND 9", [None]),
        ("upper(name) = 'ROME'", ["Rome"]),
        ("lower(name) LIKE 'o%'", ["O'Hara"]),
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
        "size BETWEEN 1 OR 2",
        "name BETWEEN 1 AND 2",
        "UPPER(size) = 'X'",
        "UPPER name = 'X'",
        "SLEEP(5) = 1",
        "size = 3 UNION SELECT 1",
        "size = 3 /* */",
        "name = 'a\x00' --",
        "UPPER(" * 300 + "name" + ")" * 300 + " = 'X'",
        "size = 3 AND",
        "AND size = 3",
        "(size = 3",
        "size = 3)",
        "size",
        "''",
        "NOT",
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


TESTS = st.sampled_from(
    [
        "size = 3",
        "size <> 3",
        "size < 0",
        "name = 'Rome'",
        "name LIKE '_o%'",
        "name NOT LIKE 'R%'",
        "size IN (3, 7)",
        "size NOT IN (3)",
        "size IS NULL",
        "name IS NOT NULL",
        "size BETWEEN -3 AND 2",
        "size NOT BETWEEN -3 AND 2",
        "UPPER(name) = 'ROME'",
        "LOWER(name) LIKE 'o%'",
        "1=1",
        "1=0",
    ]
)
CLAUSES = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(" ".join),
        inner.map("NOT ({})".format),
        inner.map("({})".format),
    ),
    max_leaves=12,
)


@given(CLAUSES)
def test_clauses_mean_what_a_database_says(clause):
    """Any combination selects the rows that SQLite selects, NULLs and all."""
    with sqlite3.connect(":memory:") as database:
        database.execute("PRAGMA case_sensitive_like = ON")
        database.execute("CREATE TABLE things (name TEXT, size REAL)")
        database.executemany("INSERT INTO things VALUES (:name, :size)", ROWS)
        found = [row[0] for row in database.execute(f"SELECT name FROM things WHERE {clause}")]  # noqa: S608 (our own clauses)
    database.close()
    assert select(clause) == found
