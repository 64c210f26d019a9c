from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from arcgis_keywidget import KeyRequest, Portal
from tests.browser.form import Form
from tests.browser.notebook import SECONDS
from tests.leaks.search import find, read_folder

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

FORM = "from arcgis_keywidget import KeyForm, fetch_tile, read_layer\n\nform = KeyForm()\nform"
SHOWN = [
    "arcgis_api_key",
    "[arcgis_api_key], {'key': arcgis_api_key}",
    "form.key, form.credential, form.portal, form",
    "%whos",
    "fetch_tile('arcgis/streets', 2, 2, 1)",
    "read_layer(form.credential.items[0]) if form.credential.items else None",
    "%xmode Verbose",
    "read_layer('0' * 32)",
    "%history",
]

INSIDE = [
    "form, form.portal, vars(form._flow), vars(form.portal.portal), form._flow._visit",
    "list(form.portal.transcript)",
    "%xmode Verbose",
    "form.portal.sign_in_with_code('abc', form.portal.begin_code_sign_in('abc'))",
]
"""A look at all that holds the session, and a traceback through it."""
BROUGHT = [
    "vars(form._flow), form.credential",
    "%xmode Verbose",
    "from arcgis_keywidget import Portal",
    "Portal.connect(form._flow.draft.portal).inspect_key(arcgis_api_key)",
]


@pytest.fixture
def places(lab, tmp_path, page):
    """Looks at everything that was written down: files, logs, history, messages, the page itself."""

    def look(wire):
        files = {**read_folder(lab.home), **read_folder(tmp_path)}
        return {**files, **wire.places(), "page": page.content().encode()}

    return look


def assert_control(lab, notebook, secrets):
    """The file does hold widget state, the logs do hold messages, and every kind of secret is known."""
    saved = json.loads(notebook.path.read_text())
    states = saved["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"].values()
    assert any({"snapshot", "_esm"} <= set(model["state"]) for model in states)
    assert "comm_msg" in lab.log.read_text()
    assert {name.split(" ")[0] for name in secrets} >= {"password", "token"}


def test_typed_password_that_was_not_submitted(overhear, portal, places):
    """Typed, left, saved with widget state: it is in the field only."""
    notebook, wire = overhear(FORM)
    notebook.run(0)
    form = Form(notebook)
    ada = portal.portal.users[0]
    form.fill(portal.url, ada.username, ada.password)
    form.page.keyboard.press("Tab")
    assert notebook.ask("1 + 1") == "2"
    notebook.save()
    assert "snapshot" in notebook.path.read_text()
    assert find({"password": ada.password}, places(wire)) == []


def test_whole_job_leaks_nothing(overhear, lab, portal, places):
    """Sign in, make a key, reveal, copy, use and show it: no secret is anywhere but where asked for."""
    notebook, wire = overhear(FORM)
    notebook.run(0)
    form = Form(notebook)
    form.sign_in(portal)
    form.pick("my layer")
    form.pick_item("World capitals")
    form.create()
    form.await_map()
    key = form.copy()
    assert form.reveal() == key
    form.button("Hide key").click()
    shown = [notebook.ask(code) for code in SHOWN]
    assert "form" in shown[3]
    notebook.save()
    secrets = {"password": portal.portal.users[0].password, **portal.portal.secrets}
    assert key in secrets.values()
    assert any(name.startswith("client_secret") for name in secrets)
    assert_control(lab, notebook, secrets)
    (asked,) = wire.asked("sign-in")
    assert secrets["password"].encode() in asked.buffers
    assert find(secrets, places(wire)) == []


def test_sign_in_by_token_leaks_nothing(overhear, portal, places):
    """A pasted token, a wrong one first, with a portal that fails in between."""
    with_token = portal.portal.issue_token()
    notebook, wire = overhear(FORM)
    notebook.run(0)
    form = Form(notebook)
    form.choose_portal(portal.url)
    form.choose_way("Token")
    for token in ("canary-wrong-token-0815", with_token):
        form.root.get_by_label(re.compile("^Token")).last.fill(token)
        form.button("Sign in").click()
        expect(form.alert.first.or_(form.button("Create key"))).to_be_visible(timeout=SECONDS)
    form.await_presets()
    failed = [notebook.ask(code) for code in INSIDE]
    assert "FieldError" in failed[-1]
    portal.portal.fail("registerApp:drop-after")
    form.button("Create key").click()
    expect(form.alert).to_be_visible(timeout=SECONDS)
    notebook.save()
    secrets = {"wrong token": "canary-wrong-token-0815", "token": with_token, **portal.portal.secrets}
    assert find(secrets, places(wire)) == []


def test_sign_in_in_the_browser_leaks_nothing(overhear, portal, places):
    """A code, its verifier, and the tokens that it is traded for, renewed once: in the kernel's memory only.

    Neither Python's look at them, nor a verbose traceback, nor signing out brings them anywhere else.
    """
    notebook, wire = overhear(FORM)
    notebook.run(0)
    form = Form(notebook)
    form.choose_portal(portal.url)
    form.choose_way("In the browser")
    page = form.open_page(portal.portal.client_id)
    page.sign_in(portal.portal.users[0])
    code = page.read_code()
    page.close()
    for pasted in ("canary-wrong-code-0815", code):
        form.field("Code").fill(pasted)
        form.button("Sign in").click()
        expect(form.alert.first.or_(form.button("Create key"))).to_be_visible(timeout=SECONDS)
    form.await_presets()
    portal.portal.fail("search:error=498")
    assert notebook.ask("form.portal.search_items('capitals').total") == "2"
    assert len([name for name in portal.portal.secrets if name.startswith("access_token")]) >= 2
    form.root.get_by_role("button", name=re.compile("^What happened")).click()
    shown = [notebook.ask(line) for line in INSIDE]
    assert "FieldError" in shown[-1]
    form.create()
    notebook.save()
    form.button("Sign out").click()
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    secrets = {"code": code, "wrong code": "canary-wrong-code-0815", **portal.portal.secrets}
    kinds = {name.split(" ")[0] for name in secrets}
    assert kinds >= {"access_token", "refresh_token", "client_secret", "code_verifier", "password"}
    assert find(secrets, places(wire)) == []


def test_a_key_that_is_brought_along_leaks_nothing(overhear, portal, places):
    """Pasted, checked, used, shown by Python, read from the environment: masked wherever it is written."""
    with Portal.connect(portal.url) as connected:
        connected.sign_in("ada", portal.portal.users[0].password)
        key = connected.create_key(KeyRequest()).key
    notebook, wire = overhear(FORM)
    notebook.run(0)
    form = Form(notebook)
    form.choose_portal(portal.url)
    form.choose_way("I already have a key")
    for pasted in ("canary-wrong-key-0815", str(key)):
        form.root.get_by_label("Key", exact=True).fill(pasted)
        form.button("Check and use").click()
        expect(form.alert.first.or_(form.button("Forget"))).to_be_visible(timeout=SECONDS)
    for code in SHOWN[:4]:
        notebook.ask(code)
    notebook.ask("import os; os.environ['MY_KEY'] = str.__str__(arcgis_api_key)")
    form.button("New key").click()
    form.button("Use MY_KEY").click()
    expect(form.button("Forget")).to_be_visible(timeout=SECONDS)
    portal.portal.fail("portals/self:error=498")
    failed = [notebook.ask(code) for code in BROUGHT]
    assert "TokenError" in failed[-1]
    notebook.save()
    secrets = {"key": str(key), "wrong key": "canary-wrong-key-0815", **portal.portal.secrets}
    assert find(secrets, places(wire)) == []
