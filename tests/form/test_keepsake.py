"""Keeping the key in hand from the form: looked at only when asked, and never in the form's way."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from dotenv import dotenv_values

from arcgis_keywidget import kept, load
from arcgis_keywidget.session.desk import VaultDesk

BASEMAPS = {"preset": "basemaps", "title": "My key", "days": 7}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """The working folder: keys are written nowhere else."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)


@pytest.fixture
def ready(signed_in):
    """A form with a key."""
    assert signed_in.ask("create", draft=BASEMAPS)["ok"]
    return signed_in


def keeping(page):
    """What the state tells of the places."""
    return page.state["result"]["keeping"]


def test_nothing_is_looked_at_until_somebody_asks(ready):
    """Then both places are told, each with its reason."""
    assert keeping(ready) is None
    assert ready.ask("places")["ok"]
    told = keeping(ready)
    assert told["kept"] is None
    keyring, file = told["places"]
    assert (keyring["id"], keyring["usable"]) == ("keyring", False)
    assert "keyring.backends.fail.Keyring" in keyring["why"]
    assert file == {"id": ".env", "usable": True, "why": str(Path(".env").absolute()), "older": False}


@pytest.mark.parametrize("where", ["keyring", ".env"])
def test_a_key_is_kept_and_dropped_again(ready, vault, where):
    """The next session finds it, by its title; every view is told."""
    del vault
    assert ready.ask("keep", where=where)["ok"]
    assert keeping(ready)["kept"] == where
    assert load("My key") == ready.form.key
    assert [one.where for one in kept()] == [where]
    assert ready.ask("unkeep", where=where)["ok"]
    assert keeping(ready)["kept"] is None
    assert kept() == ()
    assert ready.form.key


def test_no_message_has_the_key(ready, wire):
    """Nor what is told of the places."""
    ready.ask("keep", where=".env")
    assert str.__str__(ready.form.key) not in repr(wire.messages)
    assert dotenv_values(".env")["MY_KEY"] == ready.form.key


def test_a_newer_key_finds_the_older_one_kept(ready):
    """And takes its place."""
    ready.ask("keep", where=".env")
    item = ready.form.credential.item_id
    assert ready.ask("generate", item=item, slot=1, days=7, replace=True)["error"]["title"]
    ready.ask("another")
    assert ready.ask("generate", item=item, slot=1, days=7, replace=True)["ok"]
    assert keeping(ready) is None
    ready.ask("places")
    told = keeping(ready)
    assert (told["kept"], [place["older"] for place in told["places"]]) == (None, [False, True])
    assert ready.ask("keep", where=".env")["ok"]
    assert keeping(ready)["kept"] == ".env"
    assert dotenv_values(".env") == {"MY_KEY": ready.form.key}


def test_what_cannot_be_done_is_told_in_the_answer(ready):
    """With title and hint, and no harm to the form."""
    Path(".env").write_text("A=1\n")
    Path(".env").chmod(0o644)
    refused = ready.ask("keep", where=".env")["error"]
    assert "Others on this machine may read" in refused["title"]
    assert "chmod 600" in refused["hint"]
    assert "keyring" in ready.ask("keep", where="keyring")["error"]["title"]
    assert "keyring" in ready.ask("keep", where="disk")["error"]["title"]
    assert not ready.ask("keep", where=3)["ok"]
    assert (ready.state["phase"], ready.state["alert"]) == ("ready", None)


def test_without_a_key_there_is_nothing_to_keep(signed_in):
    """As with everything that needs one."""
    for kind in ("places", "keep", "unkeep"):
        assert signed_in.ask(kind, where=".env")["error"]["title"] == "There is no key to show."


def test_forgetting_a_kept_key_says_that_it_stays_kept(ready):
    """Forget is of the kernel alone."""
    ready.ask("keep", where=".env")
    assert ready.ask("forget")["ok"]
    assert "stays kept in the .env file" in ready.state["alert"]["hint"]
    assert len(kept()) == 1


@pytest.fixture
def silent(tmp_path, monkeypatch):
    """A message bus that takes a connection and never says a word, as a vault that waits for its person."""
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path}")
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.SecretService.Keyring")
        yield


def test_a_vault_that_does_not_answer_holds_nothing_up(ready, silent):
    """Neither the other place nor the form: it is told as silent."""
    del silent
    ready.form._flow.keepsake._vault = VaultDesk(look=0.5, write=0.5)
    looking = ready.start("places")
    assert ready.state["phase"] == "ready"
    assert ready.finish(looking)["ok"]
    keyring, file = keeping(ready)["places"]
    assert (keyring["usable"], file["usable"]) == (False, True)
    assert "has not answered" in keyring["why"]
    assert "has not answered" in ready.ask("keep", where="keyring")["error"]["title"]
    assert ready.ask("keep", where=".env")["ok"]


def test_a_key_that_is_there_no_more_is_not_told_of(ready, silent):
    """Another one may be in hand when a place answers."""
    del silent
    ready.form._flow.keepsake._vault = VaultDesk(look=1)
    looking = ready.start("places")
    ready.ask("another")
    ready.ask("create", draft={**BASEMAPS, "title": "Second"})
    assert ready.finish(looking)["ok"]
    assert keeping(ready) is None
