"""What is wrong in a step of the wizard, and what went wrong behind it: said where it is, nothing sent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from arcgis_keywidget.practice import serve
from tests.browser.conftest import FORM
from tests.browser.form import Form
from tests.browser.notebook import SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LAYER = "World capitals"


def count(portal, operation):
    """How often the portal was asked for something."""
    return sum(entry["operation"] == operation for entry in portal.portal.requests)


@pytest.mark.parametrize(
    "line", ["app.example.com", "https://app.example.com/map", "https://app.*.com", "ftp://app.example.com"]
)
def test_bad_referrer(wizard, portal, line):
    """No scheme, a path, a wildcard in the wrong place: told at the field as it stands; nothing is sent."""
    wizard.open_step("Expiry & referrers")
    wizard.set_referrers("https://good.example.com", line)
    field = wizard.form.field("Referrers")
    expect(field).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    wizard.review()
    wizard.form.button("Create key").click()
    wizard.expect_step("Expiry & referrers")
    expect(field).to_be_focused()
    assert count(portal, "addItem") == 0


def test_date_in_the_past(wizard, portal):
    """An end in the past is told at its field, and the review leads there."""
    wizard.open_step("Expiry & referrers")
    field = wizard.root.get_by_label(re.compile("^Or at the end of a day"))
    field.fill("2020-01-01")
    field.blur()
    expect(field).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    wizard.review()
    expect(wizard.root).to_contain_text("to mend first", timeout=SECONDS)
    assert count(portal, "addItem") == 0


def test_no_privilege_and_no_item(wizard, portal):
    """A key that opens nothing is not made; the review says which step to mend."""
    wizard.open_step("Privileges")
    for box in wizard.tree.locator(
        "[aria-level='1'][aria-checked=true], [aria-level='1'][aria-checked=mixed]"
    ).all():
        box.locator(".akw-check").click()
        if box.get_attribute("aria-checked") == "true":  # mixed becomes all, all becomes none
            box.locator(".akw-check").click()
    wizard.expect_value("Privileges", "None chosen")
    wizard.review()
    wizard.form.button("Create key").click()
    expect(wizard.stop("Privileges")).to_have_attribute("data-state", "wrong", timeout=SECONDS)
    assert count(portal, "addItem") == 0


def test_a_hundred_items_and_no_more(notebook):
    """101 pasted ids: one hundred are taken, and the next one from the list is refused with a sentence."""
    with serve(seed=0, items=150) as running:
        notebook.rewrite(0, FORM.format(running.url))
        notebook.run(0)
        form = Form(notebook)
        form.sign_in(running)
        wizard = form.open_settings()
        wizard.open_step("Item access")
        wizard.grant_items()
        items = running.portal.items_of("ada")
        wizard.paste_items("\n".join(item["id"] for item in items[:101]))
        expect(wizard.root).to_contain_text("100 of 100 chosen", timeout=SECONDS)
        expect(wizard.root).to_contain_text("Only the first 100 of 101")
        wizard.root.get_by_role("combobox", name="Type").select_option("All")
        wizard.search.fill(items[-1]["title"])
        wizard.option(items[-1]["title"]).click()
        expect(wizard.root).to_contain_text("A key opens 100 items at most", timeout=SECONDS)
        expect(wizard.option(items[-1]["title"])).to_have_attribute("aria-selected", "false")


def test_an_item_that_vanished(wizard, portal):
    """Chosen, then deleted by somebody: the form names it, and nothing is left behind."""
    wizard.open_step("Item access")
    wizard.grant_items()
    wizard.pick_item(LAYER)
    portal.portal.store.run("DELETE FROM items WHERE id = ?", portal.portal.layer)
    wizard.review()
    wizard.form.button("Create key").click()
    expect(wizard.form.alert.first).to_be_visible(timeout=SECONDS)
    expect(wizard.root).to_contain_text(LAYER)
    assert [item["type"] for item in portal.portal.items_of("ada")] == ["Feature Service"]


def test_session_ended_in_the_middle(wizard, portal):
    """The form asks to sign in again and keeps what was set."""
    form = wizard.form
    wizard.open_step("Details")
    form.field("Title").fill("Kept over a sign-in")
    form.field("Title").blur()
    wizard.expect_value("Details", "Kept over a sign-in")
    portal.portal.store.run("DELETE FROM access_tokens")
    wizard.open_step("Item access")
    wizard.root.get_by_role("radio", name="Grant access to specific items").check()
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    expect(form.alert.first).to_be_visible()
    ada = portal.portal.users[0]
    form.fill(portal.url, ada.username, ada.password)
    form.button("Sign in").click()
    expect(wizard.stop("Details")).to_contain_text("Kept over a sign-in", timeout=SECONDS)


def test_markup_is_text_in_every_step(wizard, portal):
    """An item's title with markup stays what was written: in the list, as a chip, in the review."""
    evil = "<img src=x onerror='document.body.dataset.evil=1'>"
    portal.portal.store.run("UPDATE items SET title = ? WHERE id = ?", evil, portal.portal.layer)
    wizard.open_step("Item access")
    wizard.grant_items()
    wizard.search.fill("")
    wizard.root.get_by_role("option").filter(has_text="<img").first.click()
    wizard.review()
    expect(wizard.root).to_contain_text("<img", timeout=SECONDS)
    assert wizard.form.page.evaluate("document.body.dataset.evil") is None
    assert wizard.root.locator("img[src=x]").count() == 0
