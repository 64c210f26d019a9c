from __future__ import annotations

import logging
import pickle

import pytest

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget.practice import serve
from tests.clients.sign_in_page import read_code, sign_in
from tests.leaks.overheard import OverheardPortal

DRAFT = {
    "preset": "basemaps",
    "title": "A test key",
    "days": 7,
    "summary": "For the class",
    "tags": ["class"],
    "folder": "Keys",
    "private": True,
}
WRONG = "canary-Passwort-4711"


@pytest.fixture
def overheard():
    """A served portal that keeps every secret it gives out."""
    with serve(OverheardPortal()) as running:
        yield running
    running.portal.close()


def said(page):
    """Everything that went to the page, but the answers to Reveal and Copy."""
    return repr([one for one in page.wire.messages if not _shows_key(one)])


def _shows_key(message):
    content = (message["data"] or {}).get("content") or {}
    return bool(message.get("buffers")) and content.get("kind") == "answer"


def shown(page):
    """Every trait, repr and attribute of the form and of what works behind it."""
    form, flow = page.form, page.form._flow
    traits = {name: getattr(form, name) for name in form.trait_names()}
    return repr([traits, form, form.credential, form.portal, vars(flow), flow.draft, flow.state()])


def test_secrets_are_nowhere(page, overheard, caplog):
    """Passwords, token, client secret and key are in no message, trait, repr or log of a whole job."""
    caplog.set_level(logging.DEBUG)
    page.ask("sign-in", WRONG.encode(), portal=overheard.url, username="ada")
    page.sign_in(overheard)
    for kind in ("privileges", "items", "folders", "check", "code"):
        page.ask(kind)
    page.ask("lookup", text=overheard.portal.layer)
    overheard.portal.fail("token:error=500")
    page.ask("create", draft=DRAFT)
    assert page.ask("create", draft=DRAFT)["ok"]
    page.ask("code")
    page.ask("tile", style="arcgis/streets", z=0, x=0, y=0)
    page.ask("reveal")
    page.ask("copy")
    secrets = {**overheard.portal.secrets, "typed": WRONG, "password": overheard.portal.users[0].password}
    assert {name.partition(" ")[0] for name in secrets} >= {"token", "client_secret", "access_token"}
    assert found_in(page, secrets, caplog) == []


def found_in(page, secrets, caplog):
    """Where which of some secrets stands: in what was said, what the form shows, what was logged."""
    places = {"messages": said(page), "form": shown(page), "log": caplog.text}
    return [
        (place, name) for place, text in places.items() for name, secret in secrets.items() if secret in text
    ]


def test_secrets_of_the_browser_are_nowhere(page, overheard, register, caplog):
    """Code, verifier and tokens of a sign-in, a failed one first, of a renewal and a sign-out."""
    caplog.set_level(logging.DEBUG)
    client_id = register(overheard)
    visits = []
    for attempt in range(2):
        url = page.ask("page", portal=overheard.url, client_id=client_id)["url"]
        with caplog.at_level(logging.WARNING):  # the person's own browser is not ours to search
            code = read_code(sign_in(url, overheard.portal.users[0]))
        visits.append((code, page.form._flow._visit.page))
        if attempt == 0:
            overheard.portal.fail("portals/self:error=500")
        page.ask("sign-in", code.encode(), method="browser")
    assert page.state["phase"] == "signed-in"
    overheard.portal.fail("search:error=498")
    assert page.ask("items", text="")["ok"]
    secrets = dict(overheard.portal.secrets)
    assert {name.partition(" ")[0] for name in secrets} >= {"access_token", "refresh_token"}
    for number, (code, visit) in enumerate(visits):
        secrets |= {f"code {number}": code, f"verifier {number}": visit.verifier.reveal()}
    assert found_in(page, secrets, caplog) == []
    page.ask("sign-out")
    page.ask("sign-in", visits[0][0].encode(), method="browser")
    assert found_in(page, secrets, caplog) == []


def test_a_key_that_was_brought_is_nowhere(open_form, overheard, caplog, monkeypatch):
    """Pasted, wrong, as a token, or in the environment: only *Reveal* and *Copy* show it."""
    ada = overheard.portal.users[0]
    with Portal.connect(overheard.url) as portal:
        portal.sign_in(ada.username, ada.password)
        key = str.__str__(portal.create_key(KeyRequest()).key)
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("MY_KEY", key)
    page = open_form(overheard.url)
    page.ask("sign-in", key.encode(), method="token")
    page.ask("sign-in", b"AAPT" + WRONG.encode(), method="key")
    overheard.portal.fail("portals/self:error=500")
    page.ask("sign-in", key.encode(), method="key")
    assert page.ask("sign-in", key.encode(), method="key")["ok"]
    page.ask("another")
    assert page.ask("sign-in", method="key", variable="MY_KEY")["ok"]
    page.ask("reveal")
    page.ask("transcript")
    assert found_in(page, {"key": key, "wrong key": WRONG}, caplog) == []


def test_a_token_of_a_user_is_nowhere(page, overheard, caplog):
    """Pasted as a key, as a code, and as a token."""
    caplog.set_level(logging.DEBUG)
    token = overheard.portal.issue_token()
    page.ask("sign-in", token.encode(), method="key", portal=overheard.url)
    page.ask("page", client_id="abc")
    page.ask("sign-in", token.encode(), method="browser")
    assert page.ask("sign-in", token.encode(), method="token")["ok"]
    page.ask("transcript")
    assert found_in(page, {"token": token}, caplog) == []


def test_the_search_would_find_one(page, overheard):
    """The answer to Reveal does hold the key, so the search above can fail."""
    page.sign_in(overheard)
    page.ask("create", draft=DRAFT)
    page.ask("reveal")
    assert str.__str__(page.form.key) in repr(page.wire.messages)
    assert str.__str__(page.form.key) not in said(page)


def test_credential_of_a_form_is_not_pickled(page, overheard):
    """What the form gives refuses the way into %store and caches."""
    page.sign_in(overheard)
    page.ask("create", draft=DRAFT)
    with pytest.raises(TypeError, match="not stored"):
        pickle.dumps(page.form.credential)
