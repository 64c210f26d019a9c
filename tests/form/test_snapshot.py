"""The one trait that a notebook saves: what it tells, and what it may draw."""

from __future__ import annotations

import json
import re

import pytest

from arcgis_keywidget import KeyRequest

DRAFT = {"preset": "basemaps", "title": "A test key", "days": 7}


def test_what_the_browser_writes_is_ignored(page):
    """No state comes up from the page, whatever it sends."""
    before = page.form.get_state()
    state = {"snapshot": {"phase": "ready"}, "phase": "ready", "_esm": "evil()", "layout": 7}
    page.form._handle_msg({"content": {"data": {"method": "update", "state": state}}, "buffers": []})
    assert page.form.get_state() == before


def test_snapshot_tells_nothing_of_the_account(signed_in):
    """What a notebook saves of a form is a phase, a step and a number."""
    signed_in.ask("create", draft=DRAFT)
    signed_in.wire.await_true(lambda: signed_in.form.snapshot["phase"] == "ready")
    state = signed_in.form.get_state()
    assert set(state["snapshot"]) == {"phase", "step", "revision"}
    told = json.dumps({name: state[name] for name in state if name not in {"_esm", "_css"}})
    assert not re.search(r"\bada\b", told)  # as a word: ids of widgets are hexadecimal


def test_unused_form_is_drawn_from_the_snapshot(page, monkeypatch):
    """The page has all but the names of variables before it asks; when it has asked, none of it is saved."""
    drawn = page.form.snapshot["opening"]
    monkeypatch.setenv("ARCGIS_API_KEY", "AAPT" + "k" * 20)
    told = page.ask("look")["state"]
    assert told["key_variables"] == ["ARCGIS_API_KEY"]
    assert {**told, "key_variables": []} == drawn
    page.wire.await_true(lambda: "opening" not in page.form.snapshot)


@pytest.mark.parametrize(
    "options",
    [
        {"portal": "https://gis.example.com/portal"},
        {"request": KeyRequest(privileges=("premium:user:places",))},
    ],
    ids=["address", "request"],
)
def test_snapshot_draws_only_what_the_house_knows(open_form, options):
    """An address or settings are no part of what a notebook saves."""
    assert "opening" not in open_form(**options).form.snapshot


def test_snapshot_draws_nothing_of_the_last_form(signed_in, open_form):
    """The next form begins with the name and the portal of who signed out, and saves neither."""
    signed_in.ask("sign-out")
    signed_in.form.close()
    form = open_form().form
    assert form.phase == "signed-out"
    assert "opening" not in form.snapshot
