"""The strings of a JSON text and where they stand, against what the parser of the standard library says."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from arcgis_keywidget.scan.strings import json_strings

DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)
STYLES = st.fixed_dictionaries(
    {
        "indent": st.sampled_from([None, 0, 1, 4, "\t"]),
        "ensure_ascii": st.booleans(),
        "separators": st.sampled_from([None, (",", ":"), (" , ", " : ")]),
    }
)


def listed(value, path=()):
    """Names and strings of a document with their paths, in order."""
    if isinstance(value, str):
        yield path, value, False
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from listed(one, (*path, index))
    elif isinstance(value, dict):
        for name, one in value.items():
            yield (*path, name), name, True
            yield from listed(one, (*path, name))


@given(document=DOCUMENTS, style=STYLES)
def test_strings_and_paths_are_those_of_the_parser(document, style):
    """In every style of writing."""
    text = json.dumps(document, **style)
    found = [(one.path, one.value, one.is_name) for one in json_strings(text)]
    assert found == [*listed(document)]


@given(before=st.text(max_size=6), inside=st.text(max_size=6), after=st.text(max_size=6), ascii=st.booleans())
def test_some_letters_can_be_replaced(before, inside, after, ascii):  # noqa: A002 (a style of JSON)
    """By their positions in the value, whatever is escaped; the rest stays as it is written."""
    text = json.dumps([1, before + inside + after], ensure_ascii=ascii)
    (found,) = json_strings(text)
    start, end = found.span(len(before), len(before) + len(inside))
    assert text[:start] == json.dumps([1, before], ensure_ascii=ascii)[:-2]
    assert text[end:] == f"{json.dumps(after, ensure_ascii=ascii)[1:]}]"


def test_both_of_two_equal_names_are_seen():
    """A parser keeps the last one only."""
    assert [one.value for one in json_strings('{"a": "x", "a": "y"}')] == ["a", "x", "a", "y"]
