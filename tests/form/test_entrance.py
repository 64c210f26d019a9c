from __future__ import annotations

import pytest

ADDRESSES = ["", "   ", "https://", "http://gis.example.com", "not an address", "ftp://gis.example.com"]


def asked(running):
    """The operations that a portal was asked for."""
    return [entry["path"].rpartition("/")[2] for entry in running.portal.requests]


def test_sign_in_asks_twice_and_tells_who(page, running):
    """A password is two requests, and a role of the organization's own a third; then who may do what."""
    assert page.sign_in(running)["ok"]
    assert [entry["operation"] for entry in running.portal.requests] == [
        *("generateToken", "portals/self", "role"),
    ]
    state = page.state
    assert state["account"]["role"]
    assert state["phase"] == "signed-in"
    assert state["account"]["username"] == "ada"
    assert state["account"]["can_create"] is True
    assert state["portal"]["practice"] is True
    assert [preset["id"] for preset in state["presets"]][:2] == ["basemaps", "basemaps-layer"]


def test_sign_in_with_a_token(page, running, open_form):
    """The token of one session opens another one, without a password."""
    page.sign_in(running)
    token = page.form.portal.portal._rest.token.reveal().encode()
    other = open_form(running.url.replace("127.0.0.1", "localhost"))
    answer = other.ask("sign-in", token, portal=running.url, username="", method="token")
    assert answer["ok"], answer
    assert other.state["account"]["username"] == "ada"


def test_wrong_password_is_told_at_its_field(page, running):
    """The form is signed out as before, says so at the password, and the right one works."""
    answer = page.ask("sign-in", b"wrong", portal=running.url, username="ada", method="password")
    assert answer["ok"] is False
    assert answer["error"]["field"] == "password"
    state = page.state
    assert state["phase"] == "signed-out"
    assert "password" in state["errors"]["password"]
    assert state["draft"]["username"] == "ada"
    assert page.sign_in(running)["ok"]
    assert page.state["errors"] == {}
    assert page.state["alert"] is None


def test_refused_password_leads_to_the_browser(page, running):
    """Single sign-on, a second factor, a social account: why a password fails, and the way that works."""
    page.ask("sign-in", b"wrong", portal=running.url, username="ada", method="password")
    said = page.state["errors"]["password"]
    assert "single sign-on" in said
    assert "in the browser" in said
    assert page.ask("draft", draft={"method": "browser"})["ok"]
    state = page.state
    assert (state["draft"]["method"], state["alert"], state["errors"]) == ("browser", None, {})


def test_a_portal_that_takes_no_passwords_leads_to_the_browser(page, running):
    """Refused for another reason than the password itself: said at the field, with the way that works."""
    running.portal.fail("generateToken:error=403")
    answer = page.sign_in(running)
    assert answer["error"]["field"] == "password"
    assert "in the browser" in page.state["errors"]["password"]


def test_a_double_click_signs_in_once(page, running):
    """The second press is answered that signing in is under way."""
    person = running.portal.users[0]
    fields = {"portal": running.url, "username": person.username, "method": "password"}
    first = page.start("sign-in", person.password.encode(), **fields)
    second = page.ask("sign-in", person.password.encode(), **fields)
    assert page.finish(first)["ok"]
    assert second["ok"] is False
    assert asked(running).count("generateToken") == 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_bad_address_is_told_and_nothing_sent(page, address):
    """An address that no token may go to is refused at its field."""
    answer = page.ask("sign-in", b"secret", portal=address, username="ada", method="password")
    assert answer["error"]["field"] == "portal"
    assert page.state["phase"] == "signed-out"
    assert not [state for state in page.states() if state["phase"] == "signing-in"]


def test_an_address_that_is_not_begun_is_no_mistake(page):
    """Another portal was chosen, and nothing typed yet: it is told at Sign in."""
    assert page.ask("draft", draft={"portal": ""})["errors"] == {}
    assert "portal" in page.ask("draft", draft={"portal": "ftp://gis.example.com"})["errors"]
    assert page.ask("sign-in", b"x", portal="", username="ada")["error"]["field"] == "portal"


def test_address_is_normalised(page, running):
    """What people copy from the browser's address bar works."""
    page.ask("draft", draft={"portal": f"{running.url}/home/index.html", "username": "ada"})
    password = running.portal.users[0].password.encode()
    assert page.ask("sign-in", password)["ok"]
    assert page.state["draft"]["portal"] == running.url


def test_nobody_at_the_address_is_an_alert(page):
    """A portal that is down: what happened, what to do, and the form as before."""
    answer = page.ask("sign-in", b"x", portal="http://127.0.0.1:9", username="ada", method="password")
    assert answer["ok"] is False
    alert = page.state["alert"]
    assert alert["tone"] == "bad"
    assert alert["hint"]
    assert page.state["draft"]["username"] == "ada"


@pytest.mark.parametrize("fault", ["generateToken:html", "portals/self:half", "portals/self:drop-before"])
def test_broken_answers_are_told_and_the_next_try_works(page, running, fault):
    """A proxy's page, a cut or a dropped answer leave the form signed out and working."""
    running.portal.fail(fault)
    assert page.sign_in(running)["ok"] is False
    assert page.state["phase"] == "signed-out"
    assert "<" not in page.state["alert"]["title"] + page.state["alert"]["hint"]
    assert page.sign_in(running)["ok"]


def test_empty_fields_are_told_all_at_once(page, running):
    """A missing user name and a missing password are both told, and nothing is sent."""
    page.ask("sign-in", portal=running.url, username=" ", method="password")
    assert set(page.state["errors"]) == {"username", "password"}
    assert asked(running) == []


def test_cancel_while_signing_in(page, running):
    """Cancel goes back at once; the late answer changes nothing."""
    running.portal.fail("generateToken:slow=20")
    person = running.portal.users[0]
    question = page.start("sign-in", person.password.encode(), portal=running.url, username="ada")
    page.await_state(lambda state: state["phase"] == "signing-in")
    assert page.ask("cancel")["ok"]
    assert page.finish(question)["error"]["title"] == "Cancelled."
    state = page.state
    assert (state["phase"], state["alert"]["tone"]) == ("signed-out", "warn")


def test_sign_out_forgets_the_token(signed_in):
    """After signing out nothing more is asked with the token, and a new form is signed out too."""
    portal = signed_in.form.portal
    assert signed_in.ask("sign-out")["ok"]
    assert signed_in.form.portal is None
    assert not portal.signed_in
    assert signed_in.ask("items", text="", start=1)["ok"] is False


def test_items_and_folders(signed_in, running):
    """The account's own layers and folders are answers, never state."""
    answer = signed_in.ask("items", text="", start=1)
    assert running.portal.layer in [item["id"] for item in answer["items"]]
    assert signed_in.ask("folders")["folders"] == []


def test_session_that_ended_elsewhere_leads_back_to_sign_in(signed_in):
    """Signed out in code, the form says so at the next action instead of failing oddly."""
    signed_in.form.portal.sign_out()
    assert signed_in.ask("items", text="")["ok"] is False
    state = signed_in.state
    assert (state["phase"], state["alert"]["tone"]) == ("signed-out", "warn")


def test_second_form_takes_over_session_and_draft(signed_in, open_form, running):
    """Running the cell again goes on signed in, with the settings as they were; another portal does not."""
    signed_in.ask("draft", draft={"days": 30, "title": "Mine", "preset": "basemaps-layer"})
    again = open_form()
    state = again.state
    assert state["phase"] == again.form.phase == "signed-in"
    assert (state["draft"]["days"], state["draft"]["title"]) == (30, "Mine")
    assert state["draft"]["preset"] == "basemaps-layer"
    for preset in ("basemaps", "basemaps-services"):
        assert open_form(preset=preset).state["draft"]["preset"] == preset
    other = open_form("https://gis.example.com/portal/home").state
    assert (other["phase"], other["draft"]["portal"]) == ("signed-out", "https://gis.example.com/portal")
    assert asked(running).count("generateToken") == 1


def test_session_fields_stand_until_signed_out(signed_in, running):
    """Nobody moves to another portal by an edit, not even when the session was ended in code meanwhile."""
    part = {"portal": "https://evil.example.com", "username": "eve", "folder": "Keys"}
    portal = signed_in.form.portal
    for _ in range(2):
        draft = signed_in.ask("draft", draft=part)["draft"]
        assert (draft["portal"], draft["username"], draft["folder"]) == (running.url, "ada", "Keys")
        portal.sign_out()
    assert signed_in.ask("folders")["ok"] is False
    assert signed_in.state["phase"] == "signed-out"
