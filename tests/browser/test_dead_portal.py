"""A portal that cannot be reached, at every request that the form sends: said, and nothing is lost."""

from __future__ import annotations

import re
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import expect

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget.practice import PracticePortal, serve
from tests.browser.conftest import FORM
from tests.browser.form import BROWSER, KEY, PASSWORD, TOKEN, Form
from tests.browser.notebook import SECONDS
from tests.browser.traces import own_items

pytestmark = [pytest.mark.browser, pytest.mark.thorough, pytest.mark.timeout(300)]

SUBMIT = {KEY: "Check and use"}


class Site:
    """A practice portal that goes off and comes back at the same address, with all it knew."""

    def __init__(self) -> None:
        self.portal = PracticePortal(seed=0)
        self.stack = ExitStack()
        self.port = 0
        self.start()

    def start(self) -> None:
        """Serve."""
        self.running = self.stack.enter_context(serve(self.portal, port=self.port))
        self.port = urlsplit(self.running.url).port

    def stop(self) -> None:
        """Be gone: whoever asks is refused."""
        self.stack.close()


@pytest.fixture
def site():
    """A portal that can go."""
    site = Site()
    yield site
    site.stop()
    site.portal.close()


@pytest.fixture
def form(notebook, site):
    """The form of that portal, before anybody signed in."""
    notebook.ask("import os\nos.environ.pop('ARCGIS_CLIENT_ID', None)")
    notebook.rewrite(0, FORM.format(site.running.url))
    notebook.run(0)
    form = Form(notebook)
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    return form


def secret_of(form, site, way):
    """Get what a way to sign in asks for, and write it; return the field."""
    ada, running = site.portal.users[0], site.running
    form.choose_way(way)
    if way == PASSWORD:
        form.field("User name").fill(ada.username)
        field, secret = form.root.get_by_label("Password", exact=True), ada.password
    elif way == BROWSER:
        page = form.open_page(site.portal.client_id)
        page.sign_in(ada)
        field, secret = form.field("Code"), page.read_code()
        page.close()
    elif way == TOKEN:
        sent = {"username": ada.username, "password": ada.password, "client": "requestip", "f": "json"}
        field = form.secret("Token")
        secret = httpx.post(f"{running.rest}/generateToken", data=sent).json()["token"]
    else:
        with Portal.connect(running.url) as signed_in:
            signed_in.sign_in(ada.username, ada.password)
            field = form.root.get_by_label("Key", exact=True)
            secret = "".join(signed_in.create_key(KeyRequest("Made before")).key)
    field.fill(secret)
    return field


@pytest.mark.parametrize("way", [PASSWORD, BROWSER, TOKEN, KEY])
def test_no_portal_to_sign_in_to(form, site, way):
    """Gone before the press: one alert; what was written stays, but for the secret; later it works."""
    field = secret_of(form, site, way)
    site.stop()
    form.button(SUBMIT.get(way, "Sign in")).click()
    expect(form.alert).to_have_count(1, timeout=SECONDS)
    expect(form.alert).to_contain_text("reached")
    expect(field).to_have_value("")
    site.start()
    form.sign_in(site.running)


@pytest.mark.parametrize(
    ("way", "fault"),
    [
        *[(BROWSER, "token:html"), (BROWSER, "token:half"), (BROWSER, "portals/self:http=502")],
        *[(TOKEN, "portals/self:html"), (KEY, "portals/self:half"), (KEY, "portals/self:error=500")],
    ],
)
def test_strange_answers_while_signing_in(form, site, way, fault):
    """A proxy's page, a cut answer, an error of the server: an alert in words, without their markup."""
    secret_of(form, site, way)
    site.portal.fail(fault)
    form.button(SUBMIT.get(way, "Sign in")).click()
    expect(form.alert).to_have_count(1, timeout=SECONDS)
    assert "<" not in form.alert.inner_text()
    site.portal.heal()
    form.sign_in(site.running)


def test_portal_goes_in_the_middle_of_the_wizard(form, site):
    """Search, folders, creation and signing out without a portal; when it is back, the same draft is made."""
    form.sign_in(site.running)
    wizard = form.open_settings()
    site.stop()
    wizard.open_step("Item access")
    wizard.grant_items()
    expect(wizard.form.button("Try again")).to_be_visible(timeout=SECONDS)
    wizard.paste_items(site.portal.layer)
    expect(wizard.root.get_by_role("alert").filter(has_text=re.compile("reach"))).to_be_visible(
        timeout=SECONDS
    )
    wizard.open_step("Details")
    form.field("Title").fill("Kept while the portal was gone")
    form.root.get_by_label(re.compile("^Folder")).fill("Keys")
    wizard.review()
    form.button("Create key").click()
    expect(form.alert).to_have_count(1, timeout=SECONDS)
    expect(form.root).to_contain_text("Kept while the portal was gone")
    site.start()
    wizard.open_step("Item access")
    wizard.grant_items()
    wizard.pick_item("World capitals")
    wizard.review()
    form.create()
    assert [item["title"] for item in own_items(site.running)] == ["Kept while the portal was gone"]


@pytest.mark.parametrize("fault", ["content:drop-before*0", "content:html*0"])
def test_folders_that_do_not_come(form, site, fault):
    """The list only helps with typing: without it a folder is written all the same."""
    form.sign_in(site.running)
    site.portal.fail(fault)
    wizard = form.open_settings()
    wizard.open_step("Details")
    form.root.get_by_label(re.compile("^Folder")).fill("Keys")
    wizard.review()
    expect(form.root).to_contain_text("Keys")
    expect(form.alert).to_have_count(0)
    site.portal.heal()
    form.create()


@pytest.mark.parametrize("fault", ["createFolder:error=500", "createFolder:drop-before*0"])
def test_folder_that_cannot_be_made(form, site, fault):
    """One alert, nothing left behind, and the same button works afterwards."""
    form.sign_in(site.running)
    wizard = form.open_settings()
    wizard.open_step("Details")
    form.root.get_by_label(re.compile("^Folder")).fill("Keys")
    wizard.review()
    site.portal.fail(fault)
    form.button("Create key").click()
    expect(form.alert).to_have_count(1, timeout=SECONDS)
    assert own_items(site.running) == []
    site.portal.heal()
    form.create()


def test_sign_out_without_a_portal(form, site):
    """The session cannot be ended there, but it is forgotten here, and the form says so."""
    secret_of(form, site, BROWSER)
    form.button("Sign in").click()
    form.await_presets()
    site.stop()
    form.button("Sign out").click()
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    expect(form.alert).to_have_count(1, timeout=SECONDS)
