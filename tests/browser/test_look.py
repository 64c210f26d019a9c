"""The form in light, dark and 320 px: pictures for people in out/screenshots, measured flaws for the test."""

from __future__ import annotations

import gzip
import re
from importlib.resources import files

import pytest
from playwright.sync_api import expect

from tests.browser.album import HEIGHT, Album, narrow
from tests.browser.form import BROWSER, KEY, PASSWORD, TOKEN
from tests.browser.notebook import SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

MOST_BYTES = 40_000


def walk(form, portal, album):
    """Lead the form through its states."""
    walk_sign_in(form, portal, album)
    walk_quick_key(form, album)
    walk_wizard(form, album)
    walk_result(form, portal, album)


def walk_sign_in(form, portal, album):
    """Show the ways in, what is refused, and the wait for the portal."""
    ada = portal.portal.users[0]
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    album.take("sign-in")
    walk_ways(form, portal, album)
    form.button("Sign in").click()
    expect(form.field("User name")).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    album.take("sign-in-invalid")
    form.fill(portal.url, ada.username, "wrong")
    form.button("Sign in").click()
    expect(form.alert).to_be_visible(timeout=SECONDS)
    album.take("sign-in-refused")
    portal.portal.fail("generateToken:slow=1")
    form.fill(portal.url, ada.username, ada.password)
    form.button("Sign in").click()
    expect(form.heading("Signing in")).to_be_visible(timeout=SECONDS)
    album.take("signing-in")
    form.await_presets()


def walk_quick_key(form, album):
    """Show the quick key as it comes, with everything unfolded, and the account above it."""
    album.take("quick-key")
    form.root.get_by_role("button", name=re.compile("^Account")).click()
    album.take("account")
    form.page.keyboard.press("Escape")
    form.pick("my layer")
    form.root.get_by_role("combobox").first.fill("")
    expect(form.root.get_by_role("option").first).to_be_visible(timeout=SECONDS)
    album.take("quick-key-search")
    form.pick_item("World capitals")
    form.root.get_by_role("radio", name="Other…").check()
    form.root.get_by_text("Title and folder").click()
    album.take("quick-key-all")


def walk_result(form, portal, album):
    """Show a failure, the requests that tick off, the key, and the form after it."""
    portal.portal.fail("registerApp:drop-before")
    form.button("Create key").click()
    # What taking out privileges was told by stands until then.
    expect(form.alert).to_contain_text("Nothing of this key is left behind", timeout=SECONDS)
    album.take("error")
    portal.portal.fail("registerApp:slow=2")
    form.button("Create key").click()
    expect(form.root.get_by_text("under way")).to_be_visible(timeout=SECONDS)
    album.take("progress")
    form.await_key()
    form.await_map()
    album.take("result")
    form.reveal()
    album.take("result-revealed")
    form.root.get_by_role("button", name=re.compile("^What happened")).click()
    expect(form.root.get_by_role("button", name=re.compile("^Copy POST")).first).to_be_visible(
        timeout=SECONDS
    )
    album.take("result-happened")
    form.button("Sign out").click()
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    album.take("signed-out")


def walk_wizard(form, album):
    """Lead the form through the steps of the wizard, filled and wrong, and back to the quick key."""
    wizard = form.open_settings()
    album.take("wizard-where")
    wizard.root.get_by_role("radio", name=re.compile("^Private application")).check()
    wizard.open_step("Item access")
    album.take("wizard-items-none")
    wizard.grant_items()
    expect(form.found.first).to_be_visible(timeout=SECONDS)
    wizard.paste_items("no item")
    expect(form.alert.first).to_be_visible(timeout=SECONDS)
    album.take("wizard-items")
    wizard.open_step("Privileges")
    wizard.open_group("Location services")
    wizard.toggle("General")
    album.take("wizard-privileges")
    form.field("Search privileges").fill("geocod")
    album.take("wizard-privileges-search")
    wizard.open_step("Expiry & referrers")
    album.take("wizard-limits-empty")
    wizard.set_referrers("https://app.example.com", "app.example.com")
    expect(form.field("Referrers")).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    album.take("wizard-limits")
    wizard.open_step("Details")
    wizard.add_tag("trees")
    album.take("wizard-details")
    wizard.review()
    expect(wizard.root).to_contain_text("to mend first", timeout=SECONDS)
    album.take("wizard-review-invalid")
    wizard.open_step("Expiry & referrers")
    wizard.set_referrers("")
    wizard.review()
    expect(wizard.root.get_by_text("to mend first")).to_have_count(0, timeout=SECONDS)
    album.take("wizard-review")
    wizard.open_step("Where used")
    wizard.root.get_by_role("radio", name="Public application").check()
    form.button("Quick key").click()
    form.await_presets()


def walk_ways(form, portal, album):
    """Show each way to sign in."""
    for way in (BROWSER, TOKEN, KEY):
        form.choose_way(way)
        if way == BROWSER:
            expect(form.root).to_contain_text("as soon as you have written the Client ID", timeout=SECONDS)
            album.take("sign-in-register")
            form.fill_client_id(portal.portal.client_id)
            expect(form.root.get_by_role("link")).to_be_visible(timeout=SECONDS)
        album.take(f"sign-in-{way.split()[-1].lower()}")
    form.choose_way(PASSWORD)


@pytest.fixture(autouse=True)
def tall(page):
    """A window that shows the whole form; afterwards it is as before."""
    before = page.viewport_size
    page.set_viewport_size({"width": before["width"], "height": HEIGHT})
    yield
    page.set_viewport_size(before)


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_look_in_a_wide_window(form, portal, theme):
    """Nothing sticks out, no text is too faint, every control has a name, in every state."""
    form.notebook.show_theme(theme)
    album = Album(form, theme.lower())
    walk(form, portal, album)
    assert album.flaws == []


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_look_at_320_pixels(form, portal, theme):
    """The same where the form is 320 px wide."""
    form.notebook.show_theme(theme)
    narrow(form)
    album = Album(form, f"{theme.lower()}-320")
    walk(form, portal, album)
    assert album.flaws == []


def test_the_page_is_small():
    """Module and styles together, compressed, are no larger than the design allows."""
    static = files("arcgis_keywidget") / "static"
    sent = b"".join((static / name).read_bytes() for name in ("form.js", "form.css"))
    assert len(gzip.compress(sent, 9)) <= MOST_BYTES
