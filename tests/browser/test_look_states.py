"""What the usual way does not show: long and locked settings, other accounts and keys, what was lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from arcgis_keywidget.practice import serve
from tests.browser.album import HEIGHT, Album, narrow
from tests.browser.conftest import FORM
from tests.browser.form import KEY
from tests.browser.notebook import SECONDS
from tests.browser.wizard import Wizard

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

TITLE = "Storm water catch basins of the old town"
LOCKED = """from datetime import timedelta
from arcgis_keywidget import KeyForm, KeyRequest

request = KeyRequest("Of the class", privileges=["premium:user:basemaps"], items=[{item!r}],
                     expires=timedelta(days=30), referrers=["https://app.example.com"], tags=["class"])
KeyForm({url!r}, request=request, lock=("title", "privileges", "items", "expires", "referrers", "tags"))"""


@pytest.fixture(params=[("Light", False), ("Dark", True)], ids=["light", "dark-320"])
def album(request, form, page):
    """An album of a form as wide as can be in light, and of a narrow one in dark."""
    theme, small = request.param
    before = page.viewport_size
    page.set_viewport_size({"width": before["width"], "height": HEIGHT})
    form.notebook.show_theme(theme)
    if small:
        narrow(form)
    album = Album(form, f"{theme.lower()}{'-320' if small else ''}")
    yield album
    page.set_viewport_size(before)
    assert album.flaws == []


def show(album, code):
    """Run other code in the cell of the form."""
    album.form.notebook.rewrite(0, code)
    album.form.notebook.run(0)


def enter(form, running, user=0):
    """Sign in as one of the portal's users, wherever that leads."""
    person = running.portal.users[user]
    form.fill(running.url, person.username, person.password)
    form.button("Sign in").click()
    expect(form.button("Sign out")).to_be_visible(timeout=SECONDS)


def fill_long(wizard, running, album):
    """Fill the wizard with as much as a key can hold, and with a title that is too long."""
    form = wizard.form
    wizard.root.get_by_role("radio", name=re.compile("^Private application")).check()
    album.take("wizard-where-private")
    wizard.open_step("Item access")
    wizard.grant_items()
    wizard.paste_items("\n".join(item["id"] for item in running.portal.items_of("ada")[:101]))
    expect(wizard.root).to_contain_text("100 of 100 chosen", timeout=SECONDS)
    album.take("wizard-items-long")
    wizard.open_step("Privileges")
    for group in ("Location services", "Spatial analysis", "General", "Admin"):
        wizard.toggle(group)
    album.take("wizard-privileges-long")
    wizard.open_step("Details")
    form.field("Title").fill("x" * 300)
    form.field("Title").blur()
    expect(form.field("Title")).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    album.take("wizard-details-invalid")
    form.field("Title").fill(TITLE)
    wizard.review()
    expect(wizard.root).to_contain_text("This key can act in your name", timeout=SECONDS)
    album.take("wizard-review-long")


def test_look_of_long_settings(album):
    """A hundred items with titles of 40 letters, and every privilege that an administrator may grant."""
    with serve(seed=0, items=240, account="online") as running:
        running.portal.store.run("UPDATE items SET title = ?", TITLE)
        show(album, FORM.format(running.url))
        enter(album.form, running, user=1)  # an administrator, who sees Ada's items too
        wizard = album.form.open_settings()
        fill_long(wizard, running, album)
        wizard.open_step("Where used")
        wizard.root.get_by_role("radio", name="Public application").check()
        expect(wizard.root).to_contain_text("dropped", timeout=SECONDS)
        album.take("wizard-where-dropped")


def test_look_of_locked_settings(album, portal):
    """Each step as a notebook has set it."""
    form = album.form
    show(album, LOCKED.format(url=portal.url, item=portal.portal.layer))
    enter(form, portal)
    album.take("quick-key-locked")
    form.button("All settings").click()
    wizard = Wizard(form)
    for step in ("Item access", "Privileges", "Expiry & referrers", "Details", "Review"):
        wizard.open_step(step)
        album.take(f"wizard-locked-{step.split()[0].lower()}")


def test_look_of_other_accounts_and_keys(album, portal):
    """Who may make no key, a credential without a key, and a key that was brought along."""
    form = album.form
    enter(form, portal, user=2)
    album.take("quick-key-missing")
    form.button("Sign out").click()
    enter(form, portal)
    key = form.open_settings() and make_key(form)
    form.button("New key").click()
    make_without_key(form)
    album.take("result-without-key")
    form.button("Sign out").click()
    form.choose_way(KEY)
    form.root.get_by_label("Key", exact=True).fill("AAPTpracticeNoKey")
    form.button("Check and use").click()
    expect(form.root.get_by_label("Key", exact=True)).to_have_attribute(
        "aria-invalid", "true", timeout=SECONDS
    )
    album.take("sign-in-key-refused")
    form.root.get_by_label("Key", exact=True).fill(key)
    form.button("Check and use").click()
    expect(form.heading("The portal knows your key")).to_be_visible(timeout=SECONDS)
    album.take("result-brought")


def make_key(form):
    """Make a key from the wizard; return it."""
    Wizard(form).review()
    form.create()
    return form.copy()


def make_without_key(form):
    """Make a credential whose key is generated later."""
    Wizard(form).open_step("Review")
    form.root.get_by_role("radio", name="Generate the key later").check()
    form.button("Create key").click()
    expect(form.root).to_contain_text("without a key", timeout=SECONDS)


def test_look_of_what_was_lost(album, portal):
    """A session that the portal has ended, and a kernel that was restarted under an open wizard."""
    form = album.form
    enter(form, portal)
    wizard = form.open_settings()
    portal.portal.store.run("DELETE FROM access_tokens")
    wizard.open_step("Item access")
    wizard.grant_items()
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    album.take("session-ended")
    enter(form, portal)
    form.notebook.restart_kernel()
    expect(form.root).to_contain_text("This form has lost its kernel", timeout=SECONDS)
    album.take("kernel-lost")
