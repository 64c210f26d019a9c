"""A session that ends while the form is open: asked for again, with step and settings kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.notebook import SECONDS
from tests.browser.traces import own_items

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def sign_in_again(form, portal):
    """Sign in on the entrance that the end of the session led to."""
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    expect(form.alert).to_contain_text("settings are kept")
    expect(form.field("User name")).to_have_value("ada")
    ada = portal.portal.users[0]
    form.root.get_by_label("Password", exact=True).fill(ada.password)
    form.button("Sign in").click()


def end_session(portal):
    """Let the portal know no session any more."""
    portal.portal.store.run("DELETE FROM access_tokens")


def test_at_the_review(wizard, portal):
    """*Create key* meets no session: nothing is made, and after signing in the review is open as it was."""
    form = wizard.form
    wizard.open_step("Details")
    form.field("Title").fill("Kept over a session's end")
    wizard.review()
    # The folders are asked for once, or twice where the first answer came late: no number to wait for.
    form.page.wait_for_timeout(1_000)
    end_session(portal)
    form.button("Create key").click()
    sign_in_again(form, portal)
    wizard.expect_step("Review")
    expect(form.root).to_contain_text("Kept over a session's end")
    assert own_items(portal) == []
    form.create()


def test_at_a_search(wizard, portal):
    """The search meets no session: after signing in its step is open, it searches, and nothing is lost."""
    wizard.open_step("Details")
    wizard.form.field("Title").fill("Kept over a sign-in")
    wizard.open_step("Item access")
    wizard.grant_items()
    expect(wizard.option("World capitals")).to_be_visible(timeout=SECONDS)
    end_session(portal)
    wizard.search.fill("World")
    sign_in_again(wizard.form, portal)
    wizard.expect_step("Item access")
    wizard.grant_items()
    wizard.pick_item("World capitals")
    wizard.expect_value("Details", "Kept over a sign-in")


def test_at_the_quick_key(form, portal):
    """The quick key is as it was, too."""
    form.sign_in(portal)
    form.root.get_by_role("radio", name="30 days").check()
    end_session(portal)
    form.button("Create key").click()
    sign_in_again(form, portal)
    form.await_presets()
    expect(form.root.get_by_role("radio", name="30 days")).to_be_checked()
    form.create()
