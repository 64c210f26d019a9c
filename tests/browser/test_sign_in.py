"""Every way to sign in, by mouse and by keyboard, and what is said where one fails."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import expect

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget.practice import serve
from tests.browser.conftest import FORM
from tests.browser.form import BROWSER, KEY, PASSWORD, TOKEN, Form
from tests.browser.hands import choose_way, paste, sign_in_on_page
from tests.browser.notebook import SECONDS
from tests.browser.traces import count_requests

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

# What a GIS of the arcgis package looks like from outside; the real one signs in in tests/clients.
GIS = """from types import SimpleNamespace
from arcgis_keywidget import KeyForm

session = SimpleNamespace(auth=SimpleNamespace(token={token!r}), headers={{}}, referer="http", verify=True)
KeyForm(gis=SimpleNamespace(url={url!r}, session=session))"""
FORGET = "import os\nfor name in ('ARCGIS_CLIENT_ID', 'ARCGIS_API_KEY'): os.environ.pop(name, None)"


@pytest.fixture
def token(portal):
    """A token of Ada's, from a session elsewhere on this machine."""
    ada = portal.portal.users[0]
    sent = {"username": ada.username, "password": ada.password, "client": "requestip", "f": "json"}
    return httpx.post(f"{portal.rest}/generateToken", data=sent).json()["token"]


@pytest.fixture
def key(portal):
    """A key that Ada has made before."""
    ada = portal.portal.users[0]
    with Portal.connect(portal.url) as signed_in:
        signed_in.sign_in(ada.username, ada.password)
        request = KeyRequest("Made before", expires=timedelta(days=7))
        return "".join(signed_in.create_key(request).key)


@pytest.fixture
def configured(notebook, portal):
    """The form in a kernel whose environment names the client id of the portal."""
    notebook.ask(f"import os\nos.environ['ARCGIS_CLIENT_ID'] = {portal.portal.client_id!r}")
    notebook.rewrite(0, FORM.format(portal.url))
    notebook.run(0)
    yield Form(notebook)
    notebook.ask(FORGET)


def test_in_the_browser_by_mouse(form, portal):
    """Register a client id, open the portal's page, sign in there, paste the code: signed in."""
    form.choose_portal(portal.url)
    code = form.sign_in_by_page(portal.portal.users[0], portal.portal.client_id)
    expect(form.root).to_contain_text("ada")
    assert code not in form.notebook.save()


def test_in_the_browser_by_keyboard(configured, portal):
    """With a configured client id nothing but the link and the code is left to do, without a click."""
    form = configured
    choose_way(form, BROWSER)
    sign_in_on_page(form, portal.portal.users[0])
    form.await_presets()
    assert count_requests(portal, "token") == 1
    assert count_requests(portal, "generateToken") == 0


def test_with_the_whole_address(configured, portal):
    """The address of the page with the code will do, too."""
    form = configured
    form.choose_way(BROWSER)
    page = form.open_page()
    page.sign_in(portal.portal.users[0])
    page.read_code()
    form.field("Code").fill(page.page.url)
    page.close()
    form.button("Sign in").click()
    form.await_presets()
    assert count_requests(portal, "generateToken") == 0


def test_with_a_token_by_mouse(form, portal, token):
    """A user token from elsewhere is a session."""
    form.choose_portal(portal.url)
    form.choose_way(TOKEN)
    form.secret("Token").fill(token)
    form.button("Sign in").click()
    form.await_presets()
    assert token not in form.notebook.save()


def test_with_a_token_by_keyboard(form, portal, token):
    """The same without a click."""
    choose_way(form, TOKEN)
    paste(form, form.secret("Token"), token)
    form.page.keyboard.press("Enter")
    form.await_presets()
    assert count_requests(portal, "generateToken") == 1  # where the token came from


def test_with_a_key_by_mouse(form, portal, key):
    """A key that is there already is checked and used; no key is made, nobody signs in."""
    form.choose_portal(portal.url)
    form.choose_way(KEY)
    form.root.get_by_label("Key", exact=True).fill(key)
    before = len(portal.portal.requests)
    form.button("Check and use").click()
    expect(form.root).to_contain_text("arcgis_api_key", timeout=SECONDS)
    asked = {entry["operation"] for entry in portal.portal.requests[before:]}
    assert asked.isdisjoint({"generateToken", "addItem", "registerApp"})
    assert form.notebook.ask("arcgis_api_key.startswith('AAPTpractice')") == "True"


def test_with_a_key_by_keyboard(form, key):
    """The same without a click."""
    choose_way(form, KEY)
    paste(form, form.secret("Key"), key)
    form.page.keyboard.press("Enter")
    expect(form.root).to_contain_text("arcgis_api_key", timeout=SECONDS)


def test_with_a_key_of_the_environment(notebook, portal, key):
    """A variable that holds a key is offered by its name, and its value never reaches the page."""
    notebook.ask(f"import os\nos.environ['ARCGIS_API_KEY'] = {key!r}")
    notebook.rewrite(0, FORM.format(portal.url))
    notebook.run(0)
    form = Form(notebook)
    form.choose_way(KEY)
    form.button("Use ARCGIS_API_KEY").click()
    expect(form.root).to_contain_text("arcgis_api_key", timeout=SECONDS)
    assert key not in form.root.inner_html()
    notebook.ask(FORGET)


def test_with_a_gis(notebook, portal, token):
    """A signed-in GIS is a session: the form opens with the presets."""
    notebook.rewrite(0, GIS.format(url=portal.url, token=token))
    notebook.run(0)
    Form(notebook).await_presets()
    assert count_requests(portal, "generateToken") == 1  # where its token came from


def test_password_by_keyboard(form, portal):
    """User and password without a click; Enter sends."""
    choose_way(form, PASSWORD)
    ada = portal.portal.users[0]
    form.tab_to(form.field("User name"))
    form.page.keyboard.type(ada.username)
    form.page.keyboard.press("Tab")
    form.page.keyboard.type(ada.password)
    form.page.keyboard.press("Enter")
    form.await_presets()
    assert count_requests(portal, "generateToken") == 1


def test_wrong_code(configured):
    """A code that no page has shown is refused at its field; the link is there for another try."""
    configured.choose_way(BROWSER)
    configured.open_page().close()
    configured.field("Code").fill("not-a-code")
    configured.button("Sign in").click()
    expect(configured.field("Code")).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    expect(configured.root).to_contain_text("does not accept this code")
    expect(configured.root.get_by_role("link", name="Open the sign-in page")).to_be_visible(timeout=SECONDS)


def test_used_code(configured, portal):
    """A code works once: after signing out, the same one is refused with a sentence."""
    form = configured
    code = form.sign_in_by_page(portal.portal.users[0])
    form.button("Sign out").click()
    form.choose_way(BROWSER)
    form.open_page().close()
    form.field("Code").fill(code)
    form.button("Sign in").click()
    expect(form.field("Code")).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    expect(form.root).to_contain_text("does not accept this code")


def test_code_of_another_portal(configured, portal):
    """The address of another portal's page: its state is not ours, and the code is sent to neither."""
    with serve() as other:
        configured.choose_way(BROWSER)
        configured.open_page().close()
        foreign = f"{other.rest}/oauth2/approval?code=abc&state=theirs"
        configured.field("Code").fill(foreign)
        configured.button("Sign in").click()
        expect(configured.field("Code")).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
        expect(configured.root).to_contain_text("sign-in page than the last that was opened")
        assert other.portal.requests == []
    assert count_requests(portal, "token") == 0


def test_denied(configured):
    """Who cancels at the portal and pastes that page's address is told so."""
    configured.choose_way(BROWSER)
    page = configured.open_page()
    address = page.deny()
    page.close()
    configured.field("Code").fill(address)
    configured.button("Sign in").click()
    expect(configured.field("Code")).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    expect(configured.root).to_contain_text("The sign-in was denied on the portal's page.")


def test_key_as_a_token_and_token_as_a_key(form, portal, key, token):
    """Each is told for what it is, and the way that takes it is named."""
    form.choose_portal(portal.url)
    form.choose_way(TOKEN)
    form.secret("Token").fill(key)
    form.button("Sign in").click()
    expect(form.alert.filter(has_text="This is an API key:")).to_be_visible(timeout=SECONDS)
    form.button("Bring it along as a key").click()
    form.secret("Key").fill(token)
    form.button("Check and use").click()
    expect(form.alert.filter(has_text="This is the token of a user (ada)")).to_be_visible(timeout=SECONDS)
    form.button("Sign in with a token").click()
    expect(form.secret("Token")).to_be_visible(timeout=SECONDS)


def test_portal_that_takes_no_passwords(notebook):
    """Single sign-on or a second factor: the right password is refused, and the browser way is offered."""
    with serve(seed=0, switches={"password_tokens": "refuse"}) as running:
        notebook.rewrite(0, FORM.format(running.url))
        notebook.run(0)
        form, ada = Form(notebook), running.portal.users[0]
        form.fill(running.url, ada.username, ada.password)
        form.button("Sign in").click()
        expect(form.root).to_contain_text("single sign-on", timeout=SECONDS)
        form.button("in the browser").click()
        form.sign_in_by_page(ada, running.portal.client_id)


def test_sign_out_ends_the_session_at_the_portal(configured, portal):
    """A session of OAuth is revoked, a key that was made goes on."""
    form = configured
    form.sign_in_by_page(portal.portal.users[0])
    form.button("Sign out").click()
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    assert portal.portal.store.count("SELECT count(*) FROM access_tokens WHERE maker = 'oauth'") == 0
