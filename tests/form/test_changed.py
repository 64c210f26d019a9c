"""The portal changed between the review of the settings and the making of the key."""

from __future__ import annotations

import pytest

from arcgis_keywidget.privileges import BASEMAPS, STATIC_TILES

PLACES = "premium:user:places"
LAYER = {"title": "Populated places", "type": "Feature Service", "owner": "ada", "access": "private"}


def refused(page, **draft):
    """The state after a key was refused, whose form goes on as before."""
    answer = page.ask("create", draft=draft)
    state = page.state
    assert (answer["ok"], state["phase"], state["alert"]) == (False, "signed-in", None)
    assert state["errors"] == {answer["error"]["field"]: answer["error"]["title"]}
    return state


@pytest.fixture
def wizard(signed_in):
    """A form whose wizard stands at the review."""
    signed_in.ask("draft", draft={"view": "review", "title": "A test key", "folder": "Keys"})
    return signed_in


def test_withdrawn_privilege_is_told_at_its_step(wizard, withdraw):
    """Its label, what remains, and a tree that knows why it cannot be chosen; the settings are kept."""
    wizard.ask("draft", draft={"privileges": [BASEMAPS, PLACES], "tags": ["class"]})
    before = wizard.state
    withdraw(PLACES)
    state = refused(wizard)
    assert "'Places service' is no longer" in state["errors"]["privileges"]
    assert state["draft"] == before["draft"]
    assert state["revision"] > before["revision"]
    [services, *_] = wizard.ask("privileges", private=False)["tree"]
    reasons = {leaf["id"]: leaf["reason"] for group in services["children"] for leaf in group["children"]}
    assert "lacks it" in reasons[PLACES]
    assert list(wizard.ask("check")["errors"]) == ["privileges"]
    assert wizard.ask("create", draft={"privileges": [BASEMAPS]})["ok"]


def test_quick_key_goes_on_with_what_is_left(signed_in, withdraw):
    """Nobody takes privileges out one by one there: the preset is fitted to what is left."""
    withdraw(STATIC_TILES)
    state = refused(signed_in, preset="basemaps")
    assert "create the key again" in state["errors"]["preset"]
    assert (state["draft"]["preset"], state["draft"]["privileges"]) == ("basemaps", [BASEMAPS])
    assert signed_in.ask("create", draft={})["ok"]
    assert signed_in.form.credential.privileges == (BASEMAPS,)


def test_preset_that_is_gone_is_the_persons_own_choice(signed_in, withdraw):
    """Where nothing of the preset is left, its privileges are told, and another one can be chosen."""
    withdraw(BASEMAPS)
    state = refused(signed_in, preset="basemaps")
    assert list(state["errors"]) == ["privileges"]
    assert [preset["id"] for preset in state["presets"]] == ["layer"]


def test_vanished_item_is_told_by_its_title(wizard, running):
    """The chips show titles, so the message names the title; without it the key is made."""
    item = {"id": "0" * 32, **LAYER}
    state = refused(wizard, items=[item, {"id": running.portal.layer, **LAYER, "title": "Cities"}])
    assert "'Populated places' does not exist" in state["errors"]["items"]
    assert wizard.ask("create", draft={"items": [{"id": running.portal.layer, **LAYER}]})["ok"]


def test_folder_that_is_gone_is_made_anew(wizard, running):
    """The key lies in a folder of the same title, and no error is shown."""
    assert wizard.ask("create", draft={})["ok"]
    with running.portal.store.writing():
        running.portal.store.run("DELETE FROM items WHERE type = 'Application'")
        running.portal.store.run("DELETE FROM folders")
    wizard.ask("another")
    assert wizard.ask("create", draft={})["ok"]
    state = wizard.state
    assert (state["errors"], state["result"]["folder"]) == ({}, "Keys")
    assert {step["state"] for step in state["progress"]} == {"done"}


def test_role_that_was_taken_away_is_told_with_what_is_missing(wizard, withdraw):
    """An account that may make no more keys is an alert; its account in the state says who can help."""
    withdraw("portal:user:generateApiTokens")
    wizard.ask("create", draft={"privileges": [BASEMAPS]})
    state = wizard.state
    assert state["phase"] == "signed-in"
    assert "Generate API keys" in state["alert"]["title"]
    assert state["draft"]["folder"] == "Keys"


def test_session_that_ended_keeps_the_draft(wizard, running):
    """In the middle of the wizard: signed out, everything kept, and after signing in it goes on."""
    wizard.ask("draft", draft={"privileges": [BASEMAPS, PLACES], "private": True, "tags": ["class"]})
    before = wizard.state["draft"]
    wizard.form.portal.sign_out()
    assert wizard.ask("create", draft={})["ok"] is False
    assert wizard.state["phase"] == "signed-out"
    assert wizard.sign_in(running)["ok"]
    assert wizard.state["draft"] == before
