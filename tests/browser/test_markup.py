"""Markup in every text of a portal stays text, in every place of the form that shows it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from arcgis_keywidget.practice import people, roles, serve
from tests.browser.conftest import FORM
from tests.browser.form import Form
from tests.browser.notebook import SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

MARK = "<img src=x onerror='document.body.dataset.evil=1'>"


@pytest.fixture
def portal(monkeypatch):
    """A portal whose organization, people, roles, items and folders are all named by markup."""
    monkeypatch.setattr(people.User, "full_name", f"Ada {MARK}")
    monkeypatch.setitem(roles.ROLES, "org_publisher", f"Role {MARK}")
    with serve(seed=0) as running:
        account = running.portal.account  # what the version says stands above the organization's own words
        named = {**account.version, "name": f"Organization {MARK}"}
        running.portal.account = replace(account, version=named)
        layer, title = running.portal.layer, f"Item {MARK}"
        running.portal.store.run("UPDATE items SET title = ? WHERE id = ?", title, layer)
        running.portal.store.run("UPDATE catalogue SET title = ? WHERE item = ?", title, layer)
        yield running


def expect_text(form, words):
    """The markup is there to read after these words, and became no element, in what was opened by now."""
    expect(form.root).to_contain_text(f"{words} <img src=x", timeout=SECONDS)
    assert form.root.locator("img[src=x]").count() == 0
    assert form.page.evaluate("document.body.dataset.evil") is None


def test_markup_is_text_everywhere(notebook, portal):
    """From the account to the result and on to the next cells' words."""
    notebook.rewrite(0, FORM.format(portal.url))
    notebook.run(0)
    form = Form(notebook)
    form.sign_in(portal)
    form.root.get_by_role("button", name=re.compile("^Account")).click()
    for words in ("Organization", "Ada", "Role"):
        expect_text(form, words)
    form.pick("my layer")
    form.found.filter(has_text="Item <img").click()
    expect_text(form, "Item")
    wizard = form.open_settings()
    wizard.open_step("Item access")
    expect(wizard.option("Item <img")).to_be_visible(timeout=SECONDS)
    expect(wizard.chip("Item <img")).to_be_visible()
    expect_text(form, "Item")
    wizard.open_step("Details")
    form.root.get_by_label(re.compile("^Folder")).fill(f"Folder {MARK}")
    form.field("Title").fill(f"Title {MARK}")
    form.field("Summary").fill(f"Summary {MARK}")
    wizard.add_tag(f"Tag {MARK}")
    form.button("Quick key").click()
    form.await_presets()
    for words in ("Title", "Folder"):
        expect_text(form, words)
    form.open_settings().review()
    for words in ("Item", "Folder", "Title", "Summary", "Tag"):
        expect_text(form, words)
    form.create()
    for words in ("Folder", "Title"):
        expect_text(form, words)
