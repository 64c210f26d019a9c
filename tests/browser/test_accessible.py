"""What test_look does not pass by: alerts, folds, locks, lists without items, every kind of result."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget.practice import serve
from tests.browser.conftest import FORM
from tests.browser.form import KEY, TOKEN, Form
from tests.browser.look import flaws
from tests.browser.notebook import SECONDS
from tests.browser.wizard import STEPS, Wizard

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

both = pytest.mark.usefixtures("theme")

LOCKED = """from datetime import timedelta
from arcgis_keywidget import KeyForm, KeyRequest

request = KeyRequest(
    "Of the class", privileges=["premium:user:basemaps"], items=[{layer!r}], expires=timedelta(days=30),
    referrers=["https://app.example.com"], tags=["class"], folder="Class", summary="All is set.",
)
names = "title privileges items expires referrers private folder tags summary generate"
KeyForm({url!r}, request=request, lock=names.split())"""


class Inspector:
    """Looks at each state in turn, and keeps what is wrong with it."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.found: list[str] = []

    def look(self, state: str) -> None:
        """Inspect the form as it stands."""
        self.found += [f"{state}: {flaw}" for flaw in flaws(self.form.root)]


@pytest.fixture(params=["Light", "Dark"])
def theme(notebook, request):
    """Each theme; the others of this kernel find the light one."""
    notebook.show_theme(request.param)
    yield request.param
    notebook.show_theme("Light")


def show(notebook, code):
    """Run a form's code; return the form."""
    notebook.rewrite(0, code)
    notebook.run(0)
    return Form(notebook)


@both
def test_entrance(form, portal):
    """Unfolded, refused, waiting, the practice portal chosen, and a key that was brought."""
    eye, ada = Inspector(form), portal.portal.users[0]
    with Portal.connect(portal.url) as signed_in:
        signed_in.sign_in(ada.username, ada.password)
        key = "".join(signed_in.create_key(KeyRequest("Made before", expires=timedelta(days=7))).key)
    form.choose_way(TOKEN)
    for fold in form.root.locator("summary").filter(visible=True).all():
        fold.click()
    form.root.get_by_label("Token", exact=True).and_(form.root.locator("[type=password]")).fill(key)
    form.button("Sign in").click()
    expect(form.alert.first).to_be_visible(timeout=SECONDS)
    eye.look("key as a token")
    form.root.get_by_role("combobox", name="Portal").select_option("Practice portal on this machine")
    eye.look("practice portal")
    form.button("Sign in to your own portal").click()
    form.choose_portal(portal.url)
    portal.portal.fail("generateToken:slow=60")
    form.fill(portal.url, ada.username, ada.password)
    form.button("Sign in").click()
    expect(form.button("Cancel")).to_be_visible(timeout=SECONDS)
    eye.look("signing in")
    form.button("Cancel").click()
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    eye.look("cancelled")
    form.choose_way(KEY)
    form.root.get_by_label("Key", exact=True).fill(key)
    form.button("Check and use").click()
    expect(form.heading("The portal knows your key")).to_be_attached(timeout=SECONDS)
    eye.look("key that was brought")
    assert eye.found == []


@both
def test_account_items_and_results(form, portal):
    """Account, empty and failed searches, the whole tree, a credential without a key, what happened."""
    form.sign_in(portal)
    eye = Inspector(form)
    form.root.get_by_role("button", name=re.compile("^Account")).click()
    eye.look("account")
    form.page.keyboard.press("Escape")
    wizard = form.open_settings()
    wizard.open_step("Item access")
    wizard.grant_items()
    wizard.pick_item("World capitals")
    wizard.search.fill("zzz")
    expect(form.root).to_contain_text("No item matches", timeout=SECONDS)
    eye.look("no item")
    portal.portal.fail("search:html")
    wizard.search.fill("zz")
    expect(form.button("Try again")).to_be_visible(timeout=SECONDS)
    eye.look("search that failed")
    wizard.open_step("Privileges")
    form.root.get_by_role("checkbox", name=re.compile("^Show what is not available")).check()
    wizard.tree.get_by_role("treeitem").first.press("*")
    eye.look("all privileges")
    wizard.review()
    form.root.get_by_role("radio", name="Generate the key later").check()
    form.button("Create key").click()
    expect(form.root).to_contain_text("without a key", timeout=SECONDS)
    form.root.get_by_role("button", name=re.compile("^What happened")).click()
    expect(form.root.locator(".akw-exchanges > li").first).to_be_visible(timeout=SECONDS)
    eye.look("without a key, and what happened")
    assert eye.found == []


@both
def test_locked_steps(notebook, portal):
    """Every step with all of its fields locked can be read, and scrolled by the keyboard."""
    form = show(notebook, LOCKED.format(url=portal.url, layer=portal.portal.layer))
    form.sign_in(portal)
    eye, wizard = Inspector(form), Wizard(form)
    if form.button("All settings").is_visible():
        eye.look("quick key, locked")
        form.open_settings()
    for step in STEPS:
        wizard.open_step(step)
        eye.look(f"{step}, locked")
    assert eye.found == []


@both
def test_accounts_that_may_less(notebook):
    """Who may not create keys is told so in the quick key and in the review; Enterprise has no basemaps."""
    found = []
    for account, user in {"location-platform": 2, "enterprise": 0}.items():
        with serve(seed=0, account=account) as running:
            form = show(notebook, FORM.format(running.url))
            form.sign_in(running, user)
            eye = Inspector(form)
            eye.look(f"{account}, quick key")
            wizard = form.open_settings()
            for step in STEPS:
                wizard.open_step(step)
                eye.look(f"{account}, {step}")
            found += eye.found
    assert found == []


def test_lost_kernel(notebook, portal):
    """What is said over the open wizard when its kernel is gone."""
    form = show(notebook, FORM.format(portal.url))
    form.sign_in(portal)
    wizard = form.open_settings()
    form.notebook.restart_kernel()
    wizard.stop("Details").click()
    expect(form.root).to_contain_text("This form has lost its kernel", timeout=SECONDS)
    assert flaws(form.root) == []
