from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.notebook import SECONDS

pytestmark = pytest.mark.browser


def test_wrong_password(form, portal):
    """It says so, tells that nothing else happened, clears the field, and the right one works afterwards."""
    form.fill(portal.url, "ada", "wrong")
    form.button("Sign in").click()
    expect(form.alert).to_contain_text("does not accept this user name and password", timeout=SECONDS)
    expect(form.root.get_by_label("Password", exact=True)).to_have_value("")
    form.sign_in(portal)


@pytest.mark.parametrize("address", ["", "   ", "https://", "http://gis.example.com", "not an address"])
def test_bad_address_sends_nothing(form, address):
    """A bad address is told at its field; no request leaves."""
    form.fill(address, "ada", "secret")
    form.button("Sign in").click()
    expect(form.field("Portal address")).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    expect(form.button("Sign in")).to_be_visible()


def test_role_that_may_not(form, portal):
    """It is told which privilege is missing and who can add it; nothing can be created."""
    sam = portal.portal.users[2]
    form.fill(portal.url, sam.username, sam.password)
    form.button("Sign in").click()
    expect(form.root).to_contain_text("Your role cannot make keys.", timeout=SECONDS)
    expect(form.root).to_contain_text("Generate API keys")
    expect(form.root).to_contain_text("administrator")
    assert not any("addItem" in entry["path"] for entry in portal.portal.requests)


@pytest.mark.parametrize("title", ["", "x" * 300])
def test_bad_title_sends_nothing(form, portal, title):
    """An empty title and one of 300 characters are told at the field; the portal hears nothing of it."""
    form.sign_in(portal)
    form.root.get_by_text("Title and folder").click()
    form.field("Title").fill(title)
    form.button("Create key").click()
    expect(form.field("Title")).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    assert not any("addItem" in entry["path"] for entry in portal.portal.requests)


@pytest.mark.parametrize("days", ["0", "366", "-3"])
def test_bad_lifetime_sends_nothing(form, portal, days):
    """A life in the past, or longer than a year, is told at the field."""
    form.sign_in(portal)
    form.root.get_by_role("radio", name="Other…").check()
    form.root.get_by_label("Days", exact=True).fill(days)
    form.button("Create key").click()
    expect(form.root.get_by_label("Days", exact=True)).to_have_attribute(
        "aria-invalid", "true", timeout=SECONDS
    )
    assert not any("addItem" in entry["path"] for entry in portal.portal.requests)


def test_double_click_makes_one_key(form, portal):
    """Two quick presses are one key."""
    form.sign_in(portal)
    form.button("Create key").dblclick()
    form.await_key()
    assert len(portal.portal.items_of("ada")) == 1 + len(portal.portal.layers)
