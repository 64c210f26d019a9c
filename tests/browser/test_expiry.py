"""The end of a key as time passes: warned of, told, and never asked of the kernel."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.album import Album, narrow
from tests.browser.notebook import SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PASS = """(hours) => {
    const now = window.realNow ??= Date.now;
    Date.now = () => now.call(Date) + hours * 3600e3;
    document.dispatchEvent(new Event('visibilitychange'));
}"""
"""Turn the page's clock, as a machine finds it that has slept."""


@pytest.fixture
def ready(form, portal):
    """A key that lives for a day; the page's clock is right again afterwards."""
    form.sign_in(portal)
    form.root.get_by_role("radio", name="1 day").check()
    form.create()
    checked = form.root.locator("details").filter(has_text="Checked")
    expect(checked).to_contain_text("Checked: ", timeout=SECONDS)
    yield form
    form.page.evaluate(PASS, 0)


def asked_of(portal) -> list[str]:
    """What the portal was asked; its basemaps may be, for the preview, whose tiles are on their way yet."""
    paths = [entry["path"] for entry in portal.portal.requests]
    return [path for path in paths if path.startswith("/sharing/")]


def test_a_key_is_warned_of_and_then_ends(ready, portal):
    """Under three days a warning that lets all go on; after the end an alert that leads to a new key."""
    warning = ready.root.get_by_role("note")
    expect(warning).to_contain_text("Your key ends soon: 23 hours left.")
    expect(ready.alert).to_have_count(0)
    asked = asked_of(portal)
    ready.page.evaluate(PASS, 20)
    expect(warning).to_contain_text("3 hours left")
    ready.page.evaluate(PASS, 25)
    expect(ready.alert).to_contain_text("Your key has ended.")
    expect(warning).to_have_count(0)
    assert asked_of(portal) == asked
    ready.button("Open My keys").click()
    row = ready.root.get_by_role("row", name=re.compile("ended less than a day ago"))
    row.get_by_role("button").click(timeout=SECONDS)
    ready.button("Make the next key").click()
    ready.await_key()
    assert "AT2_" in ready.notebook.ask("arcgis_api_key")


def test_the_list_follows_the_clock(ready):
    """The rows of My keys tell how long is left by now."""
    ready.button("My keys").click()
    row = ready.root.get_by_role("row").filter(has=ready.page.get_by_role("rowheader"))
    expect(row).to_contain_text("23 hours left", timeout=SECONDS)
    ready.page.evaluate(PASS, 20)
    expect(row).to_contain_text("3 hours left")
    ready.page.evaluate(PASS, 25)
    expect(row).to_contain_text("ended less than a day ago")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_look(ready, theme):
    """Warning and end, wide and narrow: no flaws, and axe finds none."""
    ready.notebook.show_theme(theme)
    try:
        album = Album(ready, theme.lower())
        album.take("key-ends-soon")
        ready.page.evaluate(PASS, 25)
        album.take("key-has-ended")
        narrow(ready)
        album.take("key-has-ended-narrow")
        assert album.flaws == []
    finally:
        ready.notebook.show_theme("Light")
        ready.page.set_viewport_size({"width": 1280, "height": 720})
