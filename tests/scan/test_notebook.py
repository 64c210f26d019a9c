"""Keys in notebooks: at which place, and the notebook without them."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arcgis_keywidget.scan import scan
from arcgis_keywidget.scan.notebook import REMOVED, find_in_notebook, strip_notebook
from arcgis_keywidget.scan.places import place_of
from tests.leaks.search import find
from tests.scan.made import PLACES, fill, is_valid, make_key, make_legacy_key, pack, write

KEY = make_key(3)
STYLES = st.fixed_dictionaries(
    {
        "indent": st.sampled_from([None, 1, 2, "\t"]),
        "ensure_ascii": st.booleans(),
        "sort_keys": st.booleans(),
    }
)


def places(text: str) -> list[str]:
    """The places of the keys in a notebook."""
    return [str(place_of(found.path)) for found in find_in_notebook(text)]


@pytest.mark.parametrize(("name", "place"), PLACES.items())
def test_every_place_is_told(name, place):
    """Sources, outputs, errors, state, attachments, metadata."""
    assert places(json.dumps(fill({name: KEY}))) == [place]


def test_a_clean_notebook_has_none():
    """Its pictures and escapes are no keys."""
    assert places(json.dumps(fill())) == []


@pytest.mark.parametrize("at", [1, 5, 100, -9, -1])
def test_a_key_may_be_split_over_the_lines_of_a_list(at):
    """Notebooks keep sources and texts as lists, which readers join."""
    notebook = fill()
    notebook["cells"][1]["source"] = ["a = 1\n", f"key = '{KEY[:at]}", f"{KEY[at:]}'\n"]
    notebook["cells"][1]["outputs"][0]["text"] = [KEY[:at], KEY[at:]]
    text = json.dumps(notebook)
    assert places(text) == ["cell 2, output 1 (stream)", "cell 2, source"]
    stripped = json.loads(strip_notebook(text))
    assert stripped["cells"][1]["outputs"][0]["text"] == [REMOVED, ""]
    assert stripped["cells"][1]["source"] == notebook["cells"][1]["source"]


def test_a_key_may_be_a_name():
    """Of a member of an output."""
    notebook = fill()
    notebook["cells"][1]["outputs"][1]["data"]["application/json"][KEY] = 1
    text = json.dumps(notebook)
    assert places(text) == ["cell 2, output 2 (application/json)"]
    assert REMOVED in json.loads(strip_notebook(text))["cells"][1]["outputs"][1]["data"]["application/json"]


def test_a_buffer_of_a_widget_is_unpacked():
    """If it is plainly text."""
    notebook = fill()
    state = notebook["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]["m1"]
    state["buffers"] = [{"data": pack(f"ü{KEY}"), "encoding": "base64", "path": ["x"]}]
    text = json.dumps(notebook)
    assert places(text) == ["widget state"]
    assert places(strip_notebook(text)) == []


def test_an_old_notebook_is_understood():
    """Format 3 has worksheets, and calls a source input."""
    cell = {
        "cell_type": "code",
        "input": [f"key = '{KEY}'"],
        "outputs": [{"output_type": "pyout", "html": [f"<b>{KEY}", "</b>"]}],
    }
    text = json.dumps({"nbformat": 3, "worksheets": [{"cells": [cell]}], "metadata": {}})
    assert places(text) == ["cell 1, source", "cell 1, output 1"]
    assert places(strip_notebook(text)) == ["cell 1, source"]


def test_a_name_that_stands_twice_hides_nothing():
    """Readers keep the last; the first is in the file all the same."""
    text = f'{{"metadata": {{"x": "{KEY}", "x": "y"}}, "cells": []}}'
    assert places(text) == ["notebook metadata"]
    assert strip_notebook(text) == text.replace(KEY, REMOVED)


def test_not_a_byte_beside_a_key_is_changed(tmp_path):
    """Byte order mark, line ends, numbers, escapes and blanks are as somebody wrote them."""
    text = (
        '\ufeff{ "cells":[\r\n\t{"cell_type" : "code", "outputs": [{"data": {"x/y+json": [1.50, 1E3, '
        '"\\/\\u00e9é '
        f'\\ud83d\\ude00{KEY}\\n\\u0041"]}}}}],"source":"a"}}], "nbformat": 4}}  \r\n\r\n'
    )
    path = tmp_path / "odd.ipynb"
    path.write_bytes(text.encode())
    assert [one.removed for one in scan([path], strip=True).finds] == [True]
    assert path.read_bytes() == text.replace(KEY, REMOVED).encode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    planted=st.dictionaries(
        st.sampled_from(sorted(PLACES)),
        st.tuples(st.integers(0, 999), st.sampled_from([1, 2, 0])),
        max_size=6,
    ),
    style=STYLES,
)
def test_planted_keys_are_found_and_stripped(planted, style, tmp_path):
    """Each at its place; afterwards the notebook is valid, and none is left but in sources."""
    seeds = {name: seed * len(PLACES) + number for number, (name, (seed, _)) in enumerate(planted.items())}
    keys = {
        name: make_key(seeds[name], slot) if slot else make_legacy_key(seeds[name])
        for name, (_, slot) in planted.items()
    }
    path = write(tmp_path / "made.ipynb", fill(keys), **style)
    before = path.read_text(encoding="utf-8")
    found = scan([path], strip=True)
    assert sorted((str(one.place), one.sighting.key.reveal()) for one in found.finds) == sorted(
        (PLACES[name], key) for name, key in keys.items()
    )
    sources = {name: key for name, key in keys.items() if PLACES[name].endswith("source")}
    assert len(found.remaining) == len(sources)
    assert is_valid(path)
    gone = {name: key for name, key in keys.items() if name not in sources}
    assert find(gone, {"notebook": path.read_bytes()}) == []
    assert path.read_text(encoding="utf-8") == expected(before, gone)


def expected(before: str, gone: dict[str, str]) -> str:
    """The notebook with nothing changed but the keys."""
    for name, key in gone.items():
        if name == "packed":
            before = before.replace(pack(f"note {key}"), pack(f"note {REMOVED}"))
        else:
            before = before.replace(key, REMOVED)
    return before
