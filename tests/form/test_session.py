"""A session from its beginning to its end: certificates, the account, and what happens when it is over."""

from __future__ import annotations

import pytest

from arcgis_keywidget import Portal
from arcgis_keywidget.form import entry
from arcgis_keywidget.practice import PracticePortal, serve
from tests.clients.sign_in_page import read_code, sign_in

DRAFT = {"preset": "basemaps", "title": "A kept title", "days": 30, "view": "items"}


def enter(page, running, **more):
    """The answer to the password of the first user, over HTTPS."""
    ada = running.portal.users[0]
    fields = {"portal": running.https_url, "username": ada.username, "method": "password", **more}
    return page.ask("sign-in", ada.password.encode(), **fields)


def test_a_certificate_that_is_not_trusted(page, secure):
    """It is said where a file of certificates can be named; with that file the same form signs in."""
    before = [*secure.portal.requests]
    answer = enter(page, secure)
    assert answer["error"]["field"] == "ca_file"
    assert "authority's file here" in page.state["errors"]["ca_file"]
    assert secure.portal.requests == before
    answer = enter(page, secure, ca_file=f" {secure.certificate} ")
    assert answer["ok"], answer
    assert page.ask("create", draft={"preset": "basemaps", "title": "By HTTPS", "days": 7})["ok"]


@pytest.mark.parametrize("name", ["/nowhere/ca.pem", "/", "a\0b", "~nobody/ca.pem"])
def test_a_file_of_certificates_that_is_not_there(page, running, name):
    """It is told at its field, and nothing is sent."""
    person = running.portal.users[0]
    answer = page.ask("sign-in", person.password.encode(), portal=running.url, username="ada", ca_file=name)
    assert answer["error"]["field"] == "ca_file"
    assert running.portal.requests == []


def test_a_file_that_holds_no_certificates(page, running, tmp_path):
    """Any other file is told at the field, too."""
    (tmp_path / "ca.pem").write_text("no certificate")
    person = running.portal.users[0]
    fields = {"portal": running.url, "username": "ada", "ca_file": str(tmp_path / "ca.pem")}
    assert page.ask("sign-in", person.password.encode(), **fields)["error"]["field"] == "ca_file"
    assert "PEM" in page.state["errors"]["ca_file"]
    assert running.portal.requests == []


def test_the_account_is_told(signed_in):
    """Who, what kind, whether that is certain, and what keys of it cannot have."""
    account = signed_in.state["account"]
    assert (account["kind"], account["kind_certain"]) == ("location-platform", True)
    assert account["role"]
    assert account["user_type"]
    assert any("geocoding" in note for note in account["notes"])


@pytest.mark.parametrize(
    ("product", "word"), [("online", "Static basemap tiles"), ("enterprise", "no location")]
)
def test_what_keys_of_a_product_cannot_have(open_form, product, word):
    """Each product has its own limits, told as whole sentences."""
    with serve(PracticePortal(product)) as running:
        page = open_form()
        page.sign_in(running)
        account = page.state["account"]
        assert account["kind"] == product
        assert any(word in note for note in account["notes"])
        assert all(note.endswith(".") for note in account["notes"])
    running.portal.close()


def test_the_kind_can_be_put_right(signed_in):
    """One message; presets and notes follow at once, without a request, and a further form knows it."""
    before = signed_in.state["transcript"]["count"]
    assert signed_in.ask("kind", account="online")["ok"]
    state = signed_in.state
    assert (state["account"]["kind"], state["account"]["kind_certain"]) == ("online", True)
    assert any("umbrella" in note or "one privilege opens" in note for note in state["account"]["notes"])
    assert state["transcript"]["count"] == before
    tops = signed_in.ask("privileges", private=False)["tree"]
    assert "premium:user:geocode:stored" not in repr(tops)


@pytest.mark.parametrize("kind", ["enterprise", "other", None, 7, ["online"]])
def test_a_kind_that_cannot_be_is_refused(signed_in, kind):
    """Enterprise says itself what it is; anything else is no message of ours."""
    assert signed_in.ask("kind", account=kind)["ok"] is False
    assert signed_in.state["account"]["kind"] == "location-platform"


@pytest.mark.parametrize(
    ("operation", "question"),
    [("search", {"kind": "items", "text": "a"}), ("content", {"kind": "folders"})],
)
def test_a_session_that_ends_in_the_wizard(signed_in, running, operation, question):
    """The form asks to sign in again; every field is kept, and afterwards the same step is open."""
    signed_in.ask("draft", draft=DRAFT)
    running.portal.fail(f"{operation}:error=498")
    assert signed_in.ask(**question)["ok"] is False
    state = signed_in.state
    assert (state["phase"], state["alert"]["tone"]) == ("signed-out", "warn")
    running.portal.heal()
    assert signed_in.sign_in(running)["ok"]
    state = signed_in.state
    assert state["alert"] is None
    assert {name: state["draft"][name] for name in DRAFT} == DRAFT


def test_a_session_that_cannot_be_renewed(page, running, register):
    """A renewal that the portal refuses is the end of the session; nothing else is lost."""
    url = page.ask("page", portal=running.url, client_id=register(running))["url"]
    code = read_code(sign_in(url, running.portal.users[0]))
    assert page.ask("sign-in", code.encode(), method="browser")["ok"]
    page.ask("draft", draft=DRAFT)
    for fault in ("search:error=498", "token:error=400"):
        running.portal.fail(fault)
    assert page.ask("items", text="a")["ok"] is False
    state = page.state
    assert (state["phase"], state["draft"]["title"], state["draft"]["method"]) == (
        "signed-out",
        "A kept title",
        "browser",
    )


@pytest.mark.parametrize("stuck", [False, True], ids=["undone", "named"])
def test_a_session_that_ends_while_a_key_is_made(signed_in, running, stuck):
    """What had been made is undone, or named where it cannot be, and the settings are kept."""
    for operation in ("registerApp", "portals/self", *["delete"] * stuck):
        running.portal.fail(f"{operation}:error=498*0")
    assert signed_in.ask("create", draft=DRAFT)["ok"] is False
    state = signed_in.state
    left = [item["id"] for item in running.portal.items_of("ada") if item["id"] not in running.portal.layers]
    assert len(left) == stuck
    assert all(item in state["alert"]["hint"] for item in left)
    assert (state["phase"], state["draft"]["title"]) == ("signed-out", "A kept title")


def test_sign_out_says_what_became_of_the_session(signed_in):
    """A token that was made with a password ends by itself, which is said; the settings are kept."""
    signed_in.ask("draft", draft=DRAFT)
    signed_in.ask("sign-out")
    state = signed_in.state
    assert "by itself" in state["alert"]["hint"]
    assert state["draft"]["title"] == "A kept title"


def test_a_portal_that_is_signed_out_is_signed_in_here(open_form, running):
    """A portal of Portal.connect gives its address; the form signs in there with a portal of its own."""
    with Portal.connect(running.url) as portal:
        page = open_form(portal)
        assert (page.state["phase"], page.state["draft"]["portal"]) == ("signed-out", running.url)
        assert page.sign_in(running)["ok"]
        assert not portal.signed_in


def test_a_portal_is_closed_by_who_opened_it(open_form, running):
    """Handed in to one form, taken over and signed out by the next: its owner can sign in again."""
    who = running.portal.users[0].username, running.portal.users[0].password
    with Portal.connect(running.url) as portal:
        portal.sign_in(*who)
        assert open_form(portal).ask("draft", draft=DRAFT)["ok"]
        assert open_form().ask("sign-out")["ok"]
        assert not portal.signed_in
        portal.sign_in(*who)


def test_a_second_form_knows_how_the_session_was_begun(page, running, register, open_form):
    """Signed in in the browser in one form, signed out in the other: the tokens are ended all the same."""
    url = page.ask("page", portal=running.url, client_id=register(running))["url"]
    code = read_code(sign_in(url, running.portal.users[0]))
    page.ask("sign-in", code.encode(), method="browser")
    other = open_form()
    assert other.ask("create", draft={"preset": "basemaps", "title": "By the other", "days": 7})["ok"]
    assert other.ask("sign-out")["ok"]
    assert "has ended the session" in other.state["alert"]["hint"]
    assert [entry["operation"] for entry in running.portal.requests][-1] == "revokeToken"
    assert page.state["phase"] == "signed-out"


def test_every_form_of_a_session_is_told_of_its_end(signed_in, open_form):
    """Signed out in one form, the other says so by itself, and keeps its own settings."""
    other = open_form()
    signed_in.ask("draft", draft=DRAFT)
    assert other.ask("sign-out")["ok"]
    state = signed_in.state
    assert (state["phase"], state["alert"]["title"]) == ("signed-out", "You are signed out.")
    assert {name: state["draft"][name] for name in DRAFT} == DRAFT


@pytest.mark.parametrize(("kind", "said"), [("another", "You are signed out."), ("forget", "no longer in")])
def test_a_key_outlives_its_session(signed_in, open_form, kind, said):
    """Signed out elsewhere, the key is still shown; from there one way leads on: to sign in again."""
    other = open_form()
    signed_in.ask("create", draft=DRAFT)
    other.ask("sign-out")
    assert signed_in.state["phase"] == "ready"
    assert signed_in.ask(kind)["ok"]
    state = signed_in.state
    assert (state["phase"], state["result"]) == ("signed-out", None)
    assert said in state["alert"]["title"]


@pytest.mark.parametrize("question", [{"kind": "draft", "draft": {"title": "Mine"}}, {"kind": "sign-out"}])
def test_a_form_without_a_session_takes_none_away(signed_in, open_form, running, question):
    """The form that was left behind with its key tells only its settings to the next one."""
    last = open_form()
    signed_in.ask("create", draft={**DRAFT, "title": "Mine"})
    last.ask("sign-out")
    assert last.sign_in(running)["ok"]
    assert signed_in.ask(**question)["ok"]
    state = open_form().state
    assert (state["phase"], state["draft"]["title"]) == ("signed-in", "Mine")


@pytest.mark.parametrize("fault", ["role:error=403", "role:html", "role:drop-before", "role:slow=30"])
def test_a_role_without_a_name_keeps_nobody_out(page, running, fault, monkeypatch):
    """The name is a courtesy: refused, broken or late, one is signed in without it."""
    monkeypatch.setattr(entry, "_PATIENCE", 0.2)
    running.portal.fail(fault)
    assert page.sign_in(running)["ok"]
    assert page.state["account"]["role"] == ""
