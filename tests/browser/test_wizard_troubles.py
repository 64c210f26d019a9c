"""What is wrong in a step of the wizard: said where it is, and nothing is sent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from arcgis_keywidget.practice import serve
from tests.browser.conftest import FORM
from tests.browser.form import Form
from tests.browser.notebook import SECONDS
from tests.browser.traces import count_requests

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


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
    assert count_requests(portal, "addItem") == 0


def test_date_in_the_past(wizard, portal):
    """An end in the past is told at its field, and the review leads there."""
    wizard.open_step("Expiry & referrers")
    field = wizard.root.get_by_label(re.compile("^Or at the end of a day"))
    field.fill("2020-01-01")
    field.blur()
    expect(field).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    wizard.review()
    expect(wizard.root).to_contain_text("to mend first", timeout=SECONDS)
    assert count_requests(portal, "addItem") == 0


def test_no_privilege_and_no_item(wizard, portal):
    """A key that opens nothing is not made; the review says which step to mend."""
    wizard.open_step("Privileges")
    for state in ("true", "false"):  # some becomes all, all becomes none
        wizard.toggle("Location services")
        expect(wizard.row("Location services")).to_have_attribute("aria-checked", state)
    wizard.expect_value("Privileges", "None chosen")
    wizard.review()
    wizard.form.button("Create key").click()
    expect(wizard.stop("Privileges")).to_have_attribute("data-state", "wrong", timeout=SECONDS)
    assert count_requests(portal, "addItem") == 0


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
