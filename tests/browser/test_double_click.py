"""Every button that sends, pressed twice as people do who are used to it: one thing happens, once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.form import KEY
from tests.browser.hands import double_click
from tests.browser.notebook import SECONDS
from tests.browser.traces import count_requests, own_items

DRAFT = "from dataclasses import replace\nreplace(form._flow.draft, view='')"  # all but the step
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_sign_in(form, portal):
    """One session, also where *Cancel* comes to stand under the second press."""
    portal.portal.fail("generateToken:slow=1")
    ada = portal.portal.users[0]
    form.fill(portal.url, ada.username, ada.password)
    double_click(form.button("Sign in"))
    form.await_presets()
    assert count_requests(portal, "generateToken") == 1


def test_create(form, portal):
    """One key, also where *Cancel* comes to stand under the second press."""
    form.sign_in(portal)
    portal.portal.fail("addItem:slow=1")
    double_click(form.button("Create key"))
    form.await_key()
    assert len(own_items(portal)) == 1


def test_create_from_the_review(wizard, portal):
    """One key from the wizard, too."""
    wizard.review()
    portal.portal.fail("addItem:slow=1")
    double_click(wizard.form.button("Create key"))
    wizard.form.await_key()
    assert len(own_items(portal)) == 1


def test_sign_out_and_after_the_result(form, portal):
    """*New key* is not followed by a key nobody asked for, and *Sign out* leaves nobody half signed out."""
    form.sign_in(portal)
    form.create()
    double_click(form.button("New key"))
    form.await_presets()
    form.page.wait_for_timeout(500)
    expect(form.button("Create key")).to_be_enabled()
    assert len(own_items(portal)) == 1
    double_click(form.button("Sign out"))
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    form.sign_in(portal)


def test_next_chooses_nothing_in_the_step_that_opens(wizard):
    """What comes to stand under the second press stays as it is."""
    before = wizard.form.notebook.ask(DRAFT)
    double_click(wizard.form.button("Next"))
    expect(wizard.stop("Where used")).not_to_have_attribute("aria-current", "step")
    assert before.startswith("Draft(")
    assert wizard.form.notebook.ask(DRAFT) == before


def test_check_of_a_key(form, portal):
    """A key that is there already is looked at once, and once more for what it opens."""
    form.sign_in(portal)
    form.create()
    checked = form.root.locator("details").filter(has_text="Checked")
    expect(checked).to_be_visible(timeout=SECONDS)
    key = form.copy()
    form.button("Sign out").click()
    form.choose_way(KEY)
    form.root.get_by_label("Key", exact=True).fill(key)
    before = count_requests(portal, "portals/self")
    portal.portal.fail("portals/self:slow=1")
    double_click(form.button("Check and use"))
    expect(form.heading("The portal knows your key")).to_be_attached(timeout=SECONDS)
    expect(checked).to_be_visible(timeout=SECONDS)
    assert count_requests(portal, "portals/self") == before + 2
