"""The form's map: questions of the map inside the form's own."""

from __future__ import annotations

import itertools
import json

import pytest

from arcgis_keywidget.privileges import BASEMAPS

DRAFT = {"preset": "basemaps", "title": "A test key", "days": 7}
numbers = itertools.count(1)


def ask_map(page, kind, **fields):
    """Ask a question of the map inside one of the form."""
    return page.ask("map", ask={"kind": kind, "id": f"inner-{next(numbers)}", **fields})


def test_map_of_the_new_key(signed_in):
    """It begins with the preview's style, and its parts come as buffers."""
    signed_in.ask("create", draft=DRAFT)
    assert signed_in.state["result"]["preview"]["map"] is True
    begun = ask_map(signed_in, "open")
    assert (begun["style"], begun["layer"]) == ("arcgis/streets", False)
    opened = ask_map(signed_in, "style", style="arcgis/streets", webgl=True)
    assert json.loads(opened["buffers"][0])["sources"]
    tile = ask_map(signed_in, "tile", number=opened["number"], source="esri", z=0, x=0, y=0)
    assert tile["buffers"][0]


def test_first_item_is_on_top(signed_in, running):
    """A layer that the key opens is drawn."""
    item = {"id": running.portal.layer, "title": "Populated places"}
    assert signed_in.ask("create", draft={**DRAFT, "preset": "basemaps-layer", "items": [item]})["ok"]
    assert ask_map(signed_in, "open")["layer"] is True
    assert json.loads(ask_map(signed_in, "layer")["buffers"][0])["features"]


def test_no_map_before_a_key(signed_in):
    """And none of a form that was signed out of."""
    assert ask_map(signed_in, "open")["ok"] is False


def test_next_key_has_a_map_of_its_own(signed_in):
    """Numbers of the last one's styles open nothing any more."""
    signed_in.ask("create", draft=DRAFT)
    number = ask_map(signed_in, "style", style="arcgis/streets", webgl=True)["number"]
    signed_in.ask("another")
    signed_in.ask("create", draft=DRAFT)
    assert ask_map(signed_in, "tile", number=number, source="esri", z=0, x=0, y=0)["ok"] is False


@pytest.mark.parametrize("ask", [None, [], "open", {"kind": "open"}, {"kind": "reveal", "id": "x"}])
def test_odd_questions_are_refused(signed_in, ask):
    """With words, and without the key."""
    signed_in.ask("create", draft=DRAFT)
    answer = signed_in.ask("map", ask=ask)
    assert answer["ok"] is False
    assert answer["error"]["title"]
    assert str(signed_in.form.key) not in json.dumps(answer, default=repr)


def test_key_for_styles_alone_has_a_map_and_no_picture(signed_in):
    """The still picture is drawn from static tiles; the map needs none."""
    signed_in.ask("create", draft={**DRAFT, "privileges": [BASEMAPS]})
    assert signed_in.state["result"]["preview"] == {"map": True}
    assert 'BasemapMap("arcgis/streets")' in signed_in.state["result"]["code"]
    assert ask_map(signed_in, "style", style="arcgis/streets", webgl=True)["mode"] == "vector"
