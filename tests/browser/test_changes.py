"""The portal changes under the open form, or is larger and stranger than most."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from arcgis_keywidget.practice import serve
from tests.browser.conftest import FORM
from tests.browser.form import PASSWORD, Form
from tests.browser.notebook import SECONDS
from tests.browser.traces import own_items

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_folder_that_is_gone_is_made_anew(form, portal):
    """Deleted by somebody between two keys: the second key is made, in a folder of that title."""
    form.sign_in(portal)
    form.root.get_by_text("Title and folder").click()
    form.root.get_by_label(re.compile("^Folder")).fill("Keys")
    form.create()
    form.button("New key").click()
    form.await_presets()
    store = portal.portal.store
    store.run("DELETE FROM items WHERE folder IS NOT NULL")
    store.run("DELETE FROM folders")
    form.create()
    assert store.count("SELECT count(*) FROM folders WHERE title = 'Keys'") == 1
    assert len(own_items(portal)) == 1


def test_a_withdrawn_privilege_leads_to_its_step(wizard, portal, withdraw):
    """It is named, nothing is left behind, and the key can be made without it."""
    wizard.open_step("Privileges")
    wizard.open_group("Location services")
    wizard.open_group("Places")
    wizard.toggle("Places service")
    wizard.review()
    withdraw("premium:user:places")
    wizard.form.button("Create key").click()
    wizard.expect_step("Privileges")
    expect(wizard.root).to_contain_text("'Places service' is no longer", timeout=SECONDS)
    assert own_items(portal) == []
    wizard.toggle("Places service")
    wizard.review()
    wizard.form.create()


def test_a_portal_that_makes_no_keys_for_the_browser(notebook):
    """The account is fine, the way of signing in is not: said exactly so, and a button leads to another."""
    with serve(seed=0, switches={"oauth_keys": "refuse"}) as running:
        notebook.rewrite(0, FORM.format(running.url))
        notebook.run(0)
        form = Form(notebook)
        form.sign_in_by_page(running.portal.users[0], running.portal.client_id)
        form.root.get_by_text("Title and folder").click()
        form.field("Title").fill("Kept")
        form.button("Create key").click()
        expect(form.alert.first).to_contain_text("makes no keys for a session", timeout=SECONDS)
        assert own_items(running) == []
        form.button("Sign out, and in again with user name and password").click()
        expect(form.root.get_by_role("radio", name=PASSWORD, exact=True)).to_be_checked(timeout=SECONDS)
        form.sign_in(running)
        expect(form.root).to_contain_text("Kept")
        form.create()


@pytest.mark.parametrize("kind", ["drop-before", "html", "http=502"])
def test_a_search_that_fails_is_tried_again(wizard, portal, kind):
    """The step says what happened, without markup; one press asks again."""
    portal.portal.fail(f"search:{kind}")
    wizard.open_step("Item access")
    wizard.grant_items()
    again = wizard.form.button("Try again")
    expect(again).to_be_visible(timeout=SECONDS)
    assert "<" not in wizard.root.inner_text()
    portal.portal.heal()
    again.click()
    expect(wizard.option("World capitals")).to_be_visible(timeout=SECONDS)


def test_a_hundred_thousand_items(notebook):
    """A page of them at a time, the number of all, and any of them by its words."""
    with serve(seed=0, items=100_000) as running:
        notebook.rewrite(0, FORM.format(running.url))
        notebook.run(0)
        form = Form(notebook)
        form.sign_in(running)
        wizard = form.open_settings()
        wizard.open_step("Item access")
        wizard.grant_items()
        expect(wizard.root).to_contain_text(re.compile(r"50 of \d\d,\d{3} items"), timeout=SECONDS)
        assert form.found.count() == 50
        form.button("Show more").click()
        expect(form.found).to_have_count(100, timeout=SECONDS)
        wizard.pick_item("World capitals")
