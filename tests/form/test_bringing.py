"""A key that the person has already: checked, put in the kernel, forgotten."""

from __future__ import annotations

import os

import pytest

from arcgis_keywidget import KeyRequest, Portal, current_key
from arcgis_keywidget.form.variables import key_in, key_variables
from arcgis_keywidget.models import Secret

BASEMAPS = ("premium:user:basemaps", "premium:user:staticbasemaptiles")


@pytest.fixture
def make(running):
    """Makes keys as the first user."""

    def make_key(*args, **options):
        ada = running.portal.users[0]
        with Portal.connect(running.url) as portal:
            portal.sign_in(ada.username, ada.password)
            made = portal.create_key(KeyRequest(*args, **options))
        running.portal.log.forget()
        return made

    return make_key


def bring(page, running, key, **more):
    """The answer to a key that was pasted."""
    buffers = [str.__str__(key).encode()] if key else []
    return page.ask("sign-in", *buffers, portal=running.url, method="key", **more)


def test_a_key_is_checked_and_put_in_the_kernel(page, running, make):
    """One request, then the check; nobody is signed in, and the result says that the key was brought."""
    made = make("Mine", privileges=BASEMAPS, items=[running.portal.layer])
    assert bring(page, running, f" {str.__str__(made.key)}\n")["ok"]
    assert running.portal.requests[0]["operation"] == "portals/self"
    state = page.await_state(lambda state: state["result"] and state["result"]["check"]["summary"])
    asked = sorted(entry["operation"] for entry in running.portal.requests[1:])  # the check
    assert asked == ["FeatureServer", "item", "portals/self", "static", "style"]
    assert (state["phase"], state["account"], page.form.portal) == ("ready", None, None)
    result = state["result"]
    assert (result["brought"], result["title"]) == (True, "Mine")
    assert result["expires_utc"]
    assert result["masked"].count("•")
    assert current_key() == made.key == page.form.key
    assert page.ask("reveal")["buffers"] == [str.encode(made.key)]
    assert page.ask("tile", style="arcgis/streets", z=1, x=0, y=0)["ok"]


def test_on_ready_gets_a_key_that_was_brought(open_form, running, make):
    """Whoever waits for a key gets this one as any other."""
    got = []
    page = open_form(running.url, on_ready=got.append)
    key = make().key
    bring(page, running, key)
    page.wire.await_true(lambda: got)
    assert got[0].key == key


@pytest.mark.parametrize(("kind", "held"), [("another", True), ("forget", False)])
def test_from_a_brought_key_the_way_leads_out(page, running, make, kind, held):
    """There is no session behind it: *New key* and *Forget* both ask to sign in."""
    bring(page, running, make().key)
    assert page.ask(kind)["ok"]
    state = page.state
    assert (state["phase"], state["result"]) == ("signed-out", None)
    assert (page.form.key is not None) is held
    assert page.sign_in(running)["ok"]
    assert page.ask("create", draft={"title": "Made", "days": 7})["ok"]
    assert page.state["result"]["brought"] is False
    assert page.ask("another")["ok"]
    assert page.state["phase"] == "signed-in"


def test_a_key_of_the_environment(open_form, running, make, monkeypatch):
    """The variable is named, its value never seen by the page; the kernel reads it."""
    made = make()
    monkeypatch.setenv("ARCGIS_API_KEY", f"{str.__str__(made.key)}\n")
    monkeypatch.setenv("SOME_KEY", str.__str__(made.key))
    page = open_form(running.url)
    assert page.state["key_variables"] == ["ARCGIS_API_KEY", "SOME_KEY"]
    assert bring(page, running, None, variable="SOME_KEY")["ok"]
    assert page.form.key == made.key
    assert str.__str__(made.key) not in repr(page.wire.messages)


@pytest.mark.parametrize("variable", ["HOME", "PRIVATE", "NOWHERE"])
def test_no_other_variable_is_read(page, running, monkeypatch, variable):
    """A page cannot have the kernel send what it holds besides keys."""
    monkeypatch.setenv("PRIVATE", "a-password")
    answer = bring(page, running, None, variable=variable)
    assert answer["error"]["field"] == "key"
    assert running.portal.requests == []


def test_which_variables_hold_keys():
    """The two usual names with any long word, others by the shape of a key; what is none does not count."""
    key, old = "AAPT" + "x" * 60, "AAPK" + "x" * 60
    environ = {"ESRI_API_KEY": old, "ARCGIS_API_KEY": " ", "B": key, "A": f"{key}\n", "C": "AAPTshort"}
    assert key_variables(environ) == ("ESRI_API_KEY", "A", "B")
    assert key_in("A", environ) == Secret(key)
    assert not key_in("C", environ)
    for value in ("a-password", "several words of a sentence", "x" * 3000, ""):
        assert not key_in("ARCGIS_API_KEY", {"ARCGIS_API_KEY": value})
    assert set(key_variables()) <= set(os.environ)


@pytest.mark.parametrize("key", ["", "two words", "AAPK" + "0" * 40, "AAST" + "0" * 40, "AAPTunknown"])
def test_what_is_no_good_key_is_told_at_its_field(page, running, key):
    """Nothing, blanks, old kinds, and a key that the portal does not know."""
    answer = bring(page, running, key)
    assert answer["error"]["field"] == "key"
    state = page.state
    assert (state["phase"], list(state["errors"])) == ("signed-out", ["key"])


def test_a_users_token_is_told_and_taken_as_one(page, running, open_form):
    """The field says whose token it is, the button takes the other way, and the token signs in there."""
    page.sign_in(running)
    token = page.form.portal.portal._rest.token.reveal()
    other = open_form(running.url.replace("127.0.0.1", "localhost"))
    answer = bring(other, running, token)
    assert answer["error"]["field"] == "key"
    assert "token of a user" in other.state["errors"]["key"]
    (action,) = other.state["alert"]["actions"]
    assert action["draft"] == {"method": "token"}
    other.ask("draft", draft=action["draft"])
    assert other.ask("sign-in", token.encode())["ok"]
    assert other.state["account"]["username"] == "ada"


def test_a_key_pasted_as_a_token_is_told_and_taken_as_one(page, running, make):
    """It is not sent; the field says what it is, the button takes the other way, and the key works there."""
    key = make().key
    answer = page.ask("sign-in", str.encode(key), portal=running.url, method="token")
    assert answer["error"]["field"] == "token"
    assert "API key" in page.state["errors"]["token"]
    assert running.portal.requests == []
    (action,) = page.state["alert"]["actions"]
    assert action["draft"] == {"method": "key"}
    page.ask("draft", draft=action["draft"])
    assert page.ask("sign-in", str.encode(key))["ok"]
    assert page.state["phase"] == "ready"


def test_a_key_for_a_referrer(page, running, make):
    """Without its referrer it is refused, with a hint; with it, it is used, and sends it."""
    key = make(referrers=["https://app.example.com"]).key
    assert "referrer" in bring(page, running, key)["error"]["title"]
    assert bring(page, running, key, referrer="not one")["error"]["field"] == "referrer"
    assert bring(page, running, key, referrer="https://app.example.com")["ok"]
    assert page.form.key.referrer == "https://app.example.com"


def test_cancel_while_a_key_is_checked(page, running, make):
    """Nothing is put in the kernel, and the form is as before."""
    key = make().key
    running.portal.fail("portals/self:slow=20")
    question = page.start("sign-in", str.encode(key), portal=running.url, method="key")
    page.await_state(lambda state: state["phase"] == "signing-in")
    assert page.ask("cancel")["ok"]
    assert page.finish(question)["error"]["title"] == "Cancelled."
    assert page.form.key is None
    assert page.state["phase"] == "signed-out"
