"""A served practice portal, and forms whose page is played."""

from __future__ import annotations

import json

import pytest
from comm import DummyComm

from arcgis_keywidget import KeyForm, Portal, _loop, forget
from arcgis_keywidget.form import sessions, widget
from arcgis_keywidget.practice import PracticePortal, serve
from tests.form.page import Page, Wire


@pytest.fixture
def running():
    """A practice portal that is being served."""
    with serve(PracticePortal()) as running:
        yield running
    running.portal.close()


OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch, tmp_path):
    """No client id and no key of the machine that runs the tests, and no lease."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    for name in ("ARCGIS_CLIENT", "ARCGIS_CLIENT_ID", "ARCGIS_API_KEY", "ESRI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def register():
    """Registers, as the first user, an application for signing in in the browser; gives its client id."""

    def register_app(running):
        ada = running.portal.users[0]
        with Portal.connect(running.url) as portal:
            portal.sign_in(ada.username, ada.password)
            client_id = _loop.run(_register(portal.portal))
        running.portal.log.forget()
        return client_id

    return register_app


async def _register(portal):
    path = f"content/users/{portal.account.username}/addItem"
    item = (await portal._rest.post(path, {"title": "Notebooks", "type": "Application"}))["id"]
    form = {"itemId": item, "appType": "multiple", "redirect_uris": json.dumps([OUT_OF_BAND])}
    return str((await portal._rest.post("oauth2/registerApp", form))["client_id"])


@pytest.fixture
def wire(monkeypatch):
    """What every widget of this test says."""
    wire = Wire()
    monkeypatch.setattr(DummyComm, "publish_msg", wire.publish)
    return wire


@pytest.fixture
def open_form(wire, monkeypatch, tmp_path):
    """Opens forms as a cell does, and ends them and their sessions after the test."""
    for name in ("form.js", "form.css"):  # the page is played here; whether it is built does not matter
        (tmp_path / name).write_text("")
    monkeypatch.setattr(widget, "_STATIC", tmp_path)
    forms = []

    def open_form(*args, **options):
        forms.append(KeyForm(*args, **options))
        return Page(forms[-1], wire)

    yield open_form
    for form in forms:
        _loop.run(form._flow.close())
        if form.portal is not None:
            form.portal.close()
        form.close()
    sessions.forget_all()
    forget()


@pytest.fixture
def page(open_form):
    """A fresh form."""
    return open_form()


@pytest.fixture
def signed_in(page, running):
    """A form that is signed in as the user who may create keys."""
    assert page.sign_in(running)["ok"]
    return page
