"""The check of the key in the ready view: what works, what is refused and what to do, in light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.album import Album
from tests.browser.notebook import SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_the_check_is_shown_with_the_key(form, portal, theme):
    """The key is there first; then what was found, folded, and without flaws."""
    form.notebook.show_theme(theme)
    try:
        check_the_look(form, portal, theme)
    finally:
        form.notebook.show_theme("Light")


def check_the_look(form, portal, theme):
    """Make a key whose styles are refused, and picture what is said of it."""
    form.sign_in(portal)
    portal.portal.fail("style:http=403")
    portal.portal.fail("portals/self:slow=2")
    form.create()
    expect(form.root.get_by_text("Checking what it opens…")).to_be_visible(timeout=SECONDS)
    assert form.copy().startswith("AAPTpractice")
    checked = form.root.locator("details").filter(has_text="Checked")
    expect(checked).to_contain_text("Checked: 2 work, 1 refused", timeout=SECONDS)
    expect(checked.locator("ul")).not_to_be_visible()
    checked.locator("summary").press("Enter")
    expect(checked.locator("li")).to_have_count(3)
    expect(checked).to_contain_text("Basemap styles service refused")
    expect(checked).to_contain_text("The account's subscription may lack the service")
    album = Album(form, f"check-{theme.lower()}")
    album.take("ready")
    assert album.flaws == []
