"""Signing in on the portal's own page, and bringing its code back."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from arcgis_keywidget.practice import PracticePortal, serve
from tests.clients.sign_in_page import give_up, read_code, sign_in


@pytest.fixture
def client_id(running, register):
    """An application that the first user has registered."""
    return register(running)


def visit(page, running, client_id):
    """The address of the portal's page."""
    answer = page.ask("page", portal=running.url, client_id=client_id)
    assert answer["ok"], answer
    return answer["url"]


def bring(page, code, **more):
    """The answer to a code that was pasted."""
    return page.ask("sign-in", code.encode(), method="browser", **more)


def answered(running, url):
    """The address that a sign-in on the page leads to."""
    return sign_in(url, running.portal.users[0])


def operations(running):
    """What was asked of the portal, without the pages that people see."""
    pages = {"authorize", "signin", "approval"}
    return [entry["operation"] for entry in running.portal.requests if entry["operation"] not in pages]


@pytest.mark.parametrize("paste", [read_code, lambda address: f"SUCCESS code={read_code(address)}", str])
def test_a_code_signs_in(page, running, client_id, paste):
    """The code alone, the page's title and the page's address all do; and a key can be made."""
    code = paste(answered(running, visit(page, running, client_id)))
    assert bring(page, code)["ok"]
    assert operations(running) == ["token", "portals/self", "role"]
    state = page.state
    assert (state["phase"], state["account"]["username"]) == ("signed-in", "ada")
    assert page.ask("create", draft={"preset": "basemaps", "title": "By browser", "days": 7})["ok"]


def test_the_page_is_the_same_until_something_changes(page, running, client_id, register):
    """Asking again gives the page that is open already; another client or portal gives another page."""
    url = visit(page, running, client_id)
    assert visit(page, running, client_id) == url
    other = register(running)
    assert visit(page, running, other) != url
    assert parse_qs(urlsplit(url).query)["client_id"] == [client_id]
    assert operations(running) == []


def test_a_question_for_the_page_takes_no_other_way(page, running, client_id):
    """It may come late, when the person has chosen another way and reads what went wrong there."""
    page.ask("sign-in", b"wrong", portal=running.url, username="ada", method="password")
    before = page.state
    visit(page, running, client_id)
    assert page.state["draft"] == {**before["draft"], "client_id": client_id}
    assert page.state["errors"] == before["errors"]


def test_without_a_client_id_the_steps_are_told(page, running):
    """Nobody else's application is used: the field says how to register one."""
    answer = page.ask("page", portal=running.url, client_id="")
    assert answer["error"]["field"] == "client_id"
    assert "Developer credentials" in answer["error"]["title"]
    state = page.state
    assert (state["phase"], state["errors"]) == ("signed-out", {})  # an empty field is no mistake yet


@pytest.mark.parametrize("name", ["ARCGIS_CLIENT", "ARCGIS_CLIENT_ID"])
def test_the_client_id_of_the_environment_is_used(open_form, running, client_id, monkeypatch, name):
    """It stands for an empty field, and makes this the recommended way."""
    monkeypatch.setenv(name, client_id)
    page = open_form(running.url)
    state = page.state
    assert (state["methods"][0], state["draft"]["method"]) == ("browser", "browser")
    assert state["portals"][0]["client"] is True
    assert bring(page, read_code(answered(running, visit(page, running, ""))))["ok"]


@pytest.mark.parametrize("client", ["0" * 32, "a b", "unknown"])
def test_a_wrong_client_id_is_told_at_its_field(page, running, client):
    """A secret, blanks, or an id that the portal does not know: all are told at the client id."""
    answer = page.ask("page", portal=running.url, client_id=client)
    if answer["ok"]:
        answer = bring(page, "a-code-of-nobody")
    assert answer["error"]["field"] == "client_id"
    assert "client_id" in page.state["errors"]


def test_copied_code_names_the_configured_client_id(open_form, running, client_id, monkeypatch):
    """The code works where nothing is configured, too; a client id is no secret."""
    monkeypatch.setenv("ARCGIS_CLIENT", client_id)
    page = open_form(running.url)
    assert bring(page, read_code(answered(running, visit(page, running, ""))))["ok"]
    assert f"begin_code_sign_in('{client_id}')" in page.ask("code")["code"]


def test_a_code_is_good_once(page, running, client_id):
    """A used code is refused at its field; a success brings another page, a refusal keeps the page."""
    url = visit(page, running, client_id)
    code = read_code(answered(running, url))
    assert bring(page, code)["ok"]
    page.ask("sign-out")
    assert bring(page, code)["error"]["field"] == "code"
    again = visit(page, running, client_id)
    assert again != url
    assert bring(page, code)["error"]["field"] == "code"
    assert "used" in page.state["errors"]["code"]
    assert visit(page, running, client_id) == again


def test_asking_for_the_page_leaves_what_is_said(page, running, client_id):
    """The page asks by itself: that a code was refused must stay to be read, until another way is taken."""
    visit(page, running, client_id)
    bring(page, "no code of this portal")
    visit(page, running, client_id)
    assert "code" in page.state["errors"]
    page.ask("page", portal=running.url, client_id="a b")
    assert set(page.state["errors"]) == {"code", "client_id"}
    visit(page, running, client_id)
    assert set(page.state["errors"]) == {"code"}
    page.ask("draft", draft={"method": "password"})
    assert page.state["errors"] == {}


def test_a_wrong_paste_keeps_the_page(page, running, client_id):
    """What cannot be a code is not sent, half a code is refused: the page stays good for the right one."""
    url = visit(page, running, client_id)
    address = answered(running, url)
    for wrong in ("", "two words", f"{running.url}/home"):
        assert bring(page, wrong)["error"]["field"] == "code"
    assert operations(running) == []
    assert bring(page, read_code(address)[:-4])["error"]["field"] == "code"
    assert visit(page, running, client_id) == url
    assert bring(page, read_code(address))["ok"]


def test_a_code_that_was_traded_is_used(page, running, client_id):
    """Whatever fails after that, the way back in is another page: this one's code is worth nothing now."""
    url = visit(page, running, client_id)
    running.portal.fail("portals/self:error=498*0")
    assert bring(page, read_code(answered(running, url)))["ok"] is False
    running.portal.heal()
    again = visit(page, running, client_id)
    assert again != url
    assert bring(page, read_code(answered(running, again)))["ok"]


def test_an_answer_to_another_page_is_refused(page, running, client_id):
    """The state in the address must be the page's: somebody else's sign-in is not taken."""
    address = answered(running, visit(page, running, client_id))
    parts = urlsplit(address)
    query = {**{name: values[0] for name, values in parse_qs(parts.query).items()}, "state": "of another"}
    answer = bring(page, parts._replace(query=urlencode(query)).geturl())
    assert answer["error"]["field"] == "code"
    assert "another" in answer["error"]["title"]
    assert operations(running) == []


def test_a_denied_sign_in_is_told(page, running, client_id):
    """Cancel on the portal's page: its address says so, and the page can be opened again."""
    url = visit(page, running, client_id)
    answer = bring(page, give_up(url))
    assert answer["error"]["field"] == "code"
    assert "denied" in page.state["errors"]["code"]
    assert page.state["phase"] == "signed-out"
    assert bring(page, read_code(answered(running, visit(page, running, client_id))))["ok"]


def test_a_code_of_another_portal_is_refused(page, running, client_id, register):
    """The other portal's code is not known here; nobody is signed in."""
    with serve(PracticePortal()) as other:
        theirs = visit(page, other, register(other))
        code = read_code(sign_in(theirs, other.portal.users[0]))
        visit(page, running, client_id)
        assert bring(page, code)["error"]["field"] == "code"
        assert page.state["phase"] == "signed-out"
    other.portal.close()


def test_a_code_that_comes_without_a_page(page, running):
    """A form that has opened no page says so instead of sending the code."""
    answer = bring(page, "a-code", portal=running.url)
    assert answer["error"]["field"] == "code"
    assert operations(running) == []


def test_sign_out_ends_the_session_at_the_portal(page, running, client_id):
    """The tokens are revoked, the form says so, and the client id is still there."""
    bring(page, read_code(answered(running, visit(page, running, client_id))))
    token = page.form.portal.portal._rest.grant.access
    running.portal.log.forget()
    assert page.ask("sign-out")["ok"]
    assert operations(running) == ["revokeToken"]
    state = page.state
    assert "The portal has ended the session, too" in state["alert"]["hint"]
    assert state["draft"]["client_id"] == client_id
    page.ask("sign-in", token.reveal().encode(), method="token")
    assert "token" in page.state["errors"]


@pytest.mark.parametrize("fault", ["http=503", "error=400", "drop-before"])
def test_a_session_that_the_portal_did_not_end_is_told(page, running, client_id, fault):
    """It is forgotten here and may live on there; nobody shall believe that it has ended."""
    bring(page, read_code(answered(running, visit(page, running, client_id))))
    running.portal.fail(f"revokeToken:{fault}")
    assert page.ask("sign-out")["ok"]
    state = page.state
    assert state["phase"] == "signed-out"
    assert "did not say that it has ended" in state["alert"]["hint"]


def test_a_portal_that_makes_no_keys_for_this_way(open_form, register):
    """It says exactly that; each way out signs out first and keeps the draft, and the password then works."""
    with serve(PracticePortal(switches={"oauth_keys": "refuse"})) as running:
        page = open_form(running.url)
        url = visit(page, running, register(running))
        assert bring(page, read_code(answered(running, url)))["ok"]
        draft = {"preset": "basemaps", "title": "Kept", "days": 30}
        assert page.ask("create", draft=draft)["ok"] is False
        state = page.state
        assert (state["phase"], state["alert"]["tone"]) == ("signed-in", "bad")
        by_password, by_key = state["alert"]["actions"]
        assert by_password["kind"] == by_key["kind"] == "sign-out"
        assert by_key["draft"] == {"method": "key"}
        assert page.ask("draft", draft=by_password["draft"])["ok"]
        assert page.ask(by_password["kind"])["ok"]
        state = page.state
        assert (state["phase"], state["draft"]["method"]) == ("signed-out", "password")
        assert (state["draft"]["title"], state["draft"]["days"]) == ("Kept", 30)
        assert page.sign_in(running)["ok"]
        assert page.ask("create", draft=draft)["ok"]
    running.portal.close()
