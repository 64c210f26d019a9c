"""The choice of items: found, filtered and pasted by mouse; what may not be opened; answers out of order."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.notebook import SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def items(wizard):
    """The step, with its search at hand."""
    wizard.open_step("Item access")
    wizard.grant_items()
    expect(wizard.option("World capitals")).to_be_visible(timeout=SECONDS)
    return wizard


def give_away(portal, item, access):
    """Make an item another person's, in the portal's search as well."""
    run = portal.portal.store.run
    run("UPDATE items SET owner = 'grace', access = ? WHERE id = ?", access, item)
    run("UPDATE catalogue SET owner = 'grace', access = ? WHERE item = ?", access, item)


def take_away(portal, item, how):
    """Delete an item, or hide it, as somebody else may at any time."""
    if how == "hidden":
        return give_away(portal, item, "private")
    return portal.portal.store.run("DELETE FROM items WHERE id = ?", item)


def test_filters_by_mouse(items, portal):
    """Type, everybody's that can be seen, one person's by the name; each says what it found."""
    give_away(portal, portal.portal.layers[1], "org")
    select = items.root.get_by_role("combobox", name="Owner")
    select.select_option("All I can see")
    expect(items.option("Capitals of Europe")).to_be_visible(timeout=SECONDS)
    expect(items.option("World capitals")).to_be_visible()
    select.select_option("A user name…")
    expect(items.root).to_contain_text("Write whose items to list.")
    items.form.field("User name of the owner").fill("grace")
    expect(items.option("World capitals")).to_have_count(0, timeout=SECONDS)
    items.option("Capitals of Europe").click()
    expect(items.chip("Capitals of Europe")).to_contain_text("grace")
    select.select_option("Mine")
    items.root.get_by_role("combobox", name="Type").select_option("Files and tables")
    expect(items.root).to_contain_text("Nothing of this type here", timeout=SECONDS)


def test_an_item_that_is_not_visible(items, portal):
    """Somebody's private item: the id is named as one that cannot be opened, and nothing tells its title."""
    give_away(portal, portal.portal.layers[1], "private")
    items.paste_items(portal.portal.layers[1])
    problems = items.root.get_by_role("alert").filter(has_text=portal.portal.layers[1])
    expect(problems).to_be_visible(timeout=SECONDS)
    expect(items.root.get_by_label("Item ids or addresses")).to_have_value(portal.portal.layers[1])
    items.search.fill("zzz")
    expect(items.root).to_contain_text("No item matches", timeout=SECONDS)
    assert "Capitals of Europe" not in items.root.inner_text()


@pytest.mark.parametrize("how", ["deleted", "hidden"])
def test_an_item_that_is_gone_after_it_was_chosen(items, portal, how):
    """The form leads to it and says so until it is taken out; nothing is left behind, the rest is made."""
    items.pick_item("Capitals of Europe")
    take_away(portal, portal.portal.layers[1], how)
    items.review()
    before = len(portal.portal.items_of("ada"))
    items.form.button("Create key").click()
    items.expect_step("Item access")
    told = items.root.get_by_role("alert").filter(has_text="Capitals of Europe")
    expect(told).to_be_visible(timeout=SECONDS)
    items.form.page.wait_for_timeout(500)  # the review's own check has answered by now
    expect(told).to_be_visible()
    assert len(portal.portal.items_of("ada")) == before
    items.remove_item("Capitals of Europe")
    items.review()
    items.form.create()


def test_an_older_answer_never_comes_after_a_newer_one(items, portal):
    """The first search is slow, the second is not: what stands there at the end answers the second."""
    before = len(portal.portal.requests)
    portal.portal.fail("search:slow=3")
    items.search.fill("World")
    expect(items.root).to_contain_text("Searching…", timeout=SECONDS)
    while not any(entry["operation"] == "search" for entry in portal.portal.requests[before:]):
        items.form.page.wait_for_timeout(50)
    items.search.fill("Europe")
    expect(items.option("World capitals")).to_have_count(0, timeout=SECONDS)
    items.form.page.wait_for_timeout(3500)
    expect(items.option("Capitals of Europe")).to_be_visible()
    expect(items.option("World capitals")).to_have_count(0)


def test_pasted_nonsense(items, portal):
    """Nothing, a word, an address without an item: said line by line, and the portal hears of none."""
    before = len(portal.portal.requests)
    items.paste_items("")
    expect(items.root.get_by_role("alert").filter(has_text="at least one id")).to_be_visible()
    items.paste_items("not-an-id\nhttps://example.com/home/item.html?id=5")
    problems = items.root.get_by_role("alert").filter(visible=True).get_by_role("listitem")
    expect(problems).to_have_count(2, timeout=SECONDS)
    expect(problems.first).to_contain_text("not-an-id")
    assert [entry["operation"] for entry in portal.portal.requests[before:]] == []


def test_nothing_of_the_search_is_lost_going_back(items):
    """The words, what was found and what was chosen are there again."""
    items.pick_item("World capitals")
    items.open_step("Details")
    items.open_step("Item access")
    expect(items.search).to_have_value("World ")
    expect(items.option("World capitals")).to_have_attribute("aria-selected", "true")
    items.root.get_by_role("radio", name=re.compile("^No item access")).check()
    items.expect_value("Item access", "None")
    items.grant_items()
    expect(items.chip("World capitals")).to_be_visible()
