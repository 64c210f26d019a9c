"""Every step of the wizard, by mouse and by keyboard alone, and the ways between them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from arcgis_keywidget.practice.tokens import find_app
from tests.browser.conftest import LOCKED
from tests.browser.form import Form
from tests.browser.notebook import SECONDS
from tests.browser.wizard import Wizard

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LAYER = "World capitals"
ITEM = "portal:app:access:item:"


def made(portal):
    """The item and the app of the credential that was made last."""
    item = portal.portal.items_of("ada")[-1]
    return item, find_app(portal.portal.store, item=item["id"])


def test_every_step_by_mouse(wizard, portal):
    """A private application with item, privileges, referrers, end, tags and folder: all reach the portal."""
    form = wizard.form
    wizard.root.get_by_role("radio", name=re.compile("^Private application")).check()
    wizard.next()
    wizard.expect_step("Item access")
    wizard.grant_items()
    wizard.pick_item(LAYER)
    wizard.next()
    wizard.expect_step("Privileges")
    wizard.open_group("Location services")
    wizard.open_group("Geocoding")
    wizard.toggle("Geocoding (not stored)")
    wizard.expect_value("Privileges", "chosen")
    wizard.next()
    wizard.expect_step("Expiry & referrers")
    wizard.root.get_by_role("radio", name="30 days").check()
    wizard.set_referrers("https://app.example.com", "https://*.example.org")
    wizard.next()
    wizard.expect_step("Details")
    form.field("Title").fill("Trees of the town")
    form.field("Summary").fill("For the map of trees.")
    wizard.add_tag("trees")
    form.root.get_by_label(re.compile("^Folder")).fill("Keys of the class")
    wizard.next()
    wizard.expect_step("Review")
    expect(form.root).to_contain_text("Trees of the town")
    expect(form.root).to_contain_text("Cannot be changed later")
    form.create()
    item, app = made(portal)
    assert (item["title"], item["tags"], item["snippet"]) == (
        "Trees of the town",
        ["trees"],
        "For the map of trees.",
    )
    assert app.referrers == ["https://app.example.com", "https://*.example.org"]
    assert ITEM + portal.portal.layer in app.privileges
    assert "premium:user:geocode:temporary" in app.privileges
    end = datetime.fromtimestamp(item["apiToken1ExpirationDate"] / 1000, UTC)
    assert timedelta(days=29) < end - datetime.now(UTC) < timedelta(days=31)


def walk_tree(wizard, title):
    """Check a row by the keyboard alone: Tab to the tree, its first letters, Space."""
    form = wizard.form
    form.tab_to(wizard.tree.locator("[role=treeitem][tabindex='0']"))
    form.page.keyboard.press("Home")
    form.page.keyboard.press("*")
    for _ in range(60):
        here = form.page.evaluate("document.activeElement.textContent")
        if here.startswith(title):
            return form.page.keyboard.press("Space")
        if form.page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false":
            form.page.keyboard.press("ArrowRight")
        form.page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not reach {title}")


def walk_on(wizard, step):
    """Go to the next step by the keyboard alone; its heading has the focus then."""
    wizard.form.tab_to(wizard.form.button("Next"))
    wizard.form.page.keyboard.press("Enter")
    wizard.expect_step(step)
    expect(wizard.heading(step)).to_be_focused()


def walk_to_privileges(wizard):
    """Fill the first steps by the keyboard alone: a private application, one item."""
    form, press = wizard.form, wizard.form.page.keyboard.press
    form.tab_to(form.button("All settings"))
    press("Enter")
    wizard.expect_step("Where used")
    form.tab_to(wizard.root.get_by_role("radio", name="Public application"))
    press("ArrowDown")
    walk_on(wizard, "Item access")
    form.tab_to(wizard.root.get_by_role("radio", name="No item access"))
    press("ArrowDown")
    form.tab_to(wizard.search)
    form.page.keyboard.type(LAYER[:6])
    expect(wizard.option(LAYER).first).to_be_visible(timeout=SECONDS)
    press("ArrowDown")
    press("Enter")
    expect(wizard.chip(LAYER).first).to_be_visible(timeout=SECONDS)
    walk_on(wizard, "Privileges")


def walk_to_review(wizard):
    """Fill the last steps by the keyboard alone: a longer life, a referrer, a title, a tag."""
    form, press, text = wizard.form, wizard.form.page.keyboard.press, wizard.form.page.keyboard.type
    walk_on(wizard, "Expiry & referrers")
    form.tab_to(wizard.root.get_by_role("radio", name="7 days"))
    press("ArrowRight")
    form.tab_to(form.field("Referrers"))
    text("https://app.example.com")
    walk_on(wizard, "Details")
    form.tab_to(form.field("Title"))
    press("Control+a")
    text("By keyboard")
    form.tab_to(form.field("Tags"))
    text("keys")
    press("Enter")
    walk_on(wizard, "Review")


def test_every_step_by_keyboard(form, portal):
    """The same way without a click: Tab, arrows, Space, Enter; no key reaches the notebook."""
    form.sign_in(portal)
    cells = form.notebook.count()
    wizard = Wizard(form)
    walk_to_privileges(wizard)
    walk_tree(wizard, "Static basemap tiles")
    walk_to_review(wizard)
    form.tab_to(form.button("Create key"))
    form.page.keyboard.press("Enter")
    form.await_key()
    item, app = made(portal)
    assert (item["title"], item["tags"]) == ("By keyboard", ["keys"])
    assert app.referrers == ["https://app.example.com"]
    assert any(name.startswith(ITEM) for name in app.privileges)
    assert form.notebook.count() == cells


def test_any_step_at_any_time_and_nothing_is_lost(wizard):
    """From the list and by Back: what was set stands, and each step shows its value."""
    form = wizard.form
    for step in ("Review", "Details", "Where used", "Privileges", "Item access", "Expiry & referrers"):
        wizard.open_step(step)
    wizard.set_referrers("https://app.example.com")
    wizard.expect_value("Expiry & referrers", "1 referrer")
    wizard.open_step("Details")
    form.field("Title").fill("Kept")
    wizard.back()
    wizard.expect_step("Expiry & referrers")
    expect(form.field("Referrers")).to_have_value("https://app.example.com")
    wizard.open_step("Details")
    expect(form.field("Title")).to_have_value("Kept")
    form.button("Quick key").click()
    form.await_presets()
    wizard = form.open_settings()
    wizard.expect_value("Details", "Kept")


def test_a_new_form_goes_on_where_the_last_one_stood(wizard):
    """Running the cell again shows the same step with the same values."""
    wizard.open_step("Details")
    wizard.form.field("Title").fill("Kept over a run")
    wizard.form.field("Title").blur()
    wizard.expect_value("Details", "Kept over a run")
    wizard.form.page.wait_for_timeout(1000)  # the kernel hears of an edit after a pause
    wizard.form.notebook.run(0)
    again = Wizard(Form(wizard.form.notebook))
    expect(again.form.field("Title")).to_have_value("Kept over a run", timeout=SECONDS)


def test_pasted_items(wizard, portal):
    """An id and an address are taken, an unknown id is named; a removed chip is gone."""
    wizard.open_step("Item access")
    wizard.grant_items()
    gone = "0" * 32
    wizard.paste_items(
        f"{portal.portal.layer}\n{portal.url}/home/item.html?id={portal.portal.layers[1]}\n{gone}"
    )
    expect(wizard.root).to_contain_text("2 items added", timeout=SECONDS)
    expect(wizard.root).to_contain_text(gone)
    assert wizard.chips.get_by_role("listitem").count() == 2
    wizard.remove_item(LAYER)


def test_locked_fields_are_seen_and_stay(notebook, portal):
    """A request with locked fields: shown filled, visibly locked, and nothing the page does changes them."""
    layer = portal.portal.layer
    notebook.rewrite(0, LOCKED.format(url=portal.url, layer=layer, lock="privileges expires"))
    notebook.run(0)
    form = Form(notebook)
    form.sign_in(portal)
    wizard = form.open_settings()
    wizard.open_step("Privileges")
    expect(wizard.root).to_contain_text("set beforehand")
    wizard.open_step("Expiry & referrers")
    expect(wizard.root.get_by_role("radio", name="30 days")).to_be_checked()
    expect(wizard.root.get_by_role("radio", name="7 days")).to_be_disabled()
    wizard.open_step("Details")
    expect(form.field("Title")).to_have_value("Of the class")
    wizard.review()
    form.create()
    assert set(made(portal)[1].privileges) == {"premium:user:basemaps", ITEM + layer}


def test_the_review_leads_to_each_part(wizard):
    """Edit beside each line opens its step."""
    for part, step in {"Items": "Item access", "Referrers": "Expiry & referrers", "Title": "Details"}.items():
        wizard.review()
        wizard.form.button(f"Edit {part}").click()
        wizard.expect_step(step)


def test_generate_later(wizard, portal):
    """The credential is made without a key, and the form says where to generate one."""
    wizard.review()
    wizard.root.get_by_role("radio", name="Generate the key later").check()
    wizard.form.button("Create key").click()
    expect(wizard.root).to_contain_text("without a key", timeout=SECONDS)
    assert not any(entry["operation"] == "token" for entry in portal.portal.requests)
