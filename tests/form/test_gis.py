"""A form for somebody who is signed in already, with Esri's Python package."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from arcgis_keywidget.errors import FieldError


def make_gis(url, token):
    """What a `GIS` of arcgis looks like from outside, as far as it is looked at (the real one: clients)."""
    referer = url.removesuffix("/home")
    session = SimpleNamespace(auth=SimpleNamespace(token=token), headers={"Referer": referer}, verify=True)
    return SimpleNamespace(url=url, session=session)


def await_phase(page, phase):
    """Wait until this form, and no other on the wire, is in a phase."""
    page.wire.await_true(lambda: page.form._flow.phase == phase)


@pytest.fixture
def token(running, open_form):
    """A token of the first user."""
    page = open_form(running.url.replace("127.0.0.1", "localhost"))
    page.sign_in(running)
    running.portal.log.forget()
    return page.form.portal.portal._rest.token.reveal()


def test_the_form_begins_with_the_session_of_the_gis(open_form, running, token):
    """No sign-in of its own, one request, and a key can be made."""
    page = open_form(gis=make_gis(f"{running.url}/home", token))
    await_phase(page, "signed-in")
    assert page.form.portal.account.username == "ada"
    assert [entry["operation"] for entry in running.portal.requests] == ["portals/self"]
    assert page.ask("create", draft={"preset": "basemaps", "title": "Of the gis", "days": 7})["ok"]
    assert token not in repr(page.wire.messages)


def test_it_takes_the_place_of_the_last_session(open_form, running, token):
    """Somebody may be signed in to the same portal in another form: the gis that is given counts."""
    grace = open_form(running.url)
    grace.sign_in(running, user=1)
    page = open_form(gis=make_gis(running.url, token))
    await_phase(page, "signed-in")
    assert page.form.portal.account.username == "ada"


@pytest.mark.parametrize(
    ("session", "words"),
    [
        (None, "Nobody is signed in"),
        ("AAPT" + "x" * 60 + ".AT1_12345678", "API key"),
        ("ended", "not accept"),
    ],
)
def test_why_a_gis_cannot_be_used_is_said(open_form, running, session, words):
    """Anonymous, with a key, ended: the form says so above the fields, and one can sign in there."""
    page = open_form(gis=make_gis(running.url, session))
    alert = page.await_state(lambda state: state["alert"])["alert"]
    assert words in alert["title"]
    state = page.state
    assert (state["phase"], state["draft"]["portal"]) == ("signed-out", running.url)
    assert page.sign_in(running)["ok"]


def test_wrong_arguments_fail_in_the_cell(open_form, running, token):
    """No GIS, or a portal beside it."""
    with pytest.raises(FieldError, match="no GIS"):
        open_form(gis="https://www.arcgis.com")
    with pytest.raises(TypeError, match="not both"):
        open_form(running.url, gis=make_gis(running.url, token))
