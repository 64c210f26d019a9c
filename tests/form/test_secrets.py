from __future__ import annotations

import logging
import pickle

import pytest

from arcgis_keywidget.practice import serve
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
    places = {"messages": said(page), "form": shown(page), "log": caplog.text}
    found = [
        (place, name) for place, text in places.items() for name, secret in secrets.items() if secret in text
    ]
    assert found == []


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
