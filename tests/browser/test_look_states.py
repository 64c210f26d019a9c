"""What the usual way does not show: long and locked settings, other accounts and keys, what was lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from arcgis_keywidget.practice import serve
from tests.browser.album import HEIGHT, Album, narrow
from tests.browser.conftest import FORM, LOCKED
from tests.browser.form import KEY, TOKEN
from tests.browser.notebook import SECONDS
from tests.browser.wizard import STEPS, Wizard

pytestmark = [pytest.mark.browser, pytest.mark.thorough, pytest.mark.timeout(300)]

ALL = "title privileges items expires referrers private folder tags summary generate"
TITLE = "Storm water catch basins of the old town"


@pytest.fixture(params=[("Light", False), ("Dark", True)], ids=["light", "dark-320"])
def album(request, form, page):
    """An album of a form as wide as can be in light, and of a narrow one in dark."""
    theme, small = request.param
    before = page.viewport_size
    page.set_viewport_size({"width": before["width"], "height": HEIGHT})
    form.notebook.show_theme(theme)
    if small:
        narrow(form)
    album = Album(form, f"{theme.lower()}{'-320' if small else ''}")
    yield album
    page.set_viewport_size(before)
    assert album.flaws == []


def show(album, code):
    """Run other code in the cell of the form."""
    album.form.notebook.rewrite(0, code)
    album.form.notebook.run(0)


def enter(form, running, user=0):
    """Sign in as one of the portal's users, wherever that leads."""
    person = running.portal.users[user]
    form.fill(running.url, person.username, person.password)
    form.button("Sign in").click()
    expect(form.button("Sign out")).to_be_visible(timeout=SECONDS)


def open_search(form, portal):
    """Sign in, and open the search for items; return the wizard."""
    enter(form, portal)
    wizard = form.open_settings()
    wizard.open_step("Item access")
    wizard.grant_items()
    return wizard


def fill_long(wizard, running, album):
    """Fill the wizard with as much as a key can hold, and with a title that is too long."""
    form = wizard.form
    wizard.root.get_by_role("radio", name=re.compile("^Private application")).check()
    album.take("wizard-where-private")
    wizard.open_step("Item access")
    wizard.grant_items()
    wizard.paste_items("\n".join(item["id"] for item in running.portal.items_of("ada")[:101]))
    expect(wizard.root).to_contain_text("100 of 100 chosen", timeout=SECONDS)
    album.take("wizard-items-long")
    wizard.open_step("Privileges")
    for group in ("Location services", "Spatial analysis", "General", "Admin"):
        wizard.toggle(group)
    album.take("wizard-privileges-long")
    wizard.open_step("Details")
    form.field("Title").fill("x" * 300)
    form.field("Title").blur()
    expect(form.field("Title")).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    album.take("wizard-details-invalid")
    form.field("Title").fill(TITLE)
    wizard.review()
    expect(wizard.root).to_contain_text("This key can act in your name", timeout=SECONDS)
    album.take("wizard-review-long")


def test_look_of_long_settings(album):
    """A hundred items with titles of 40 letters, and every privilege that an administrator may grant."""
    with serve(seed=0, items=240, account="online") as running:
        running.portal.store.run("UPDATE items SET title = ?", TITLE)
        show(album, FORM.format(running.url))
        enter(album.form, running, user=1)  # an administrator, who sees Ada's items too
        wizard = album.form.open_settings()
        fill_long(wizard, running, album)
        wizard.open_step("Where used")
        wizard.root.get_by_role("radio", name="Public application").check()
        expect(wizard.root).to_contain_text("Left out, as only a private application", timeout=SECONDS)
        album.take("wizard-where-dropped")


def test_look_of_locked_settings(album, portal):
    """Each step with all of its fields as a notebook has set them."""
    show(album, LOCKED.format(url=portal.url, layer=portal.portal.layer, lock=ALL))
    enter(album.form, portal)
    album.take("quick-key-locked")
    take_steps(album, "wizard-locked")


def take_steps(album, name):
    """Show each step of the wizard."""
    wizard = album.form.open_settings()
    for step in STEPS:
        wizard.open_step(step)
        reading = wizard.root.get_by_text("Reading what your account may grant")
        expect(reading).to_have_count(0, timeout=SECONDS)
        album.take(f"{name}-{step.split()[0].lower()}")


@pytest.mark.parametrize(("account", "user"), [("location-platform", 2), ("enterprise", 0)])
def test_look_of_other_accounts(album, account, user):
    """Who may make no key is told so in the quick key and in the review; Enterprise has no basemaps."""
    with serve(seed=0, account=account) as running:
        show(album, FORM.format(running.url))
        enter(album.form, running, user)
        name = "missing" if user else account
        album.take(f"quick-key-{name}")
        take_steps(album, f"wizard-{name}")


def test_look_of_the_entrance(album, portal):
    """A key in the place of a token with everything unfolded, the practice portal, what was cancelled."""
    form, ada = album.form, portal.portal.users[0]
    form.choose_way(TOKEN)
    for fold in form.root.locator("summary").filter(visible=True).all():
        fold.click()
    form.secret("Token").fill("AAPTpractice" + "x" * 20 + "AT1_" + "x" * 8)
    form.button("Sign in").click()
    expect(form.alert.first).to_be_visible(timeout=SECONDS)
    album.take("sign-in-key-as-token")
    form.root.get_by_role("combobox", name="Portal").select_option("Practice portal on this machine")
    album.take("sign-in-practice")
    form.button("Sign in to your own portal").click()
    portal.portal.fail("generateToken:slow=60")
    form.fill(portal.url, ada.username, ada.password)
    expect(form.alert).to_have_count(0, timeout=SECONDS)  # what it said is past, and all below moves up
    form.button("Sign in").click()
    form.button("Cancel").click()
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    album.take("sign-in-cancelled")


def test_look_of_searches(album, portal):
    """A search that finds nothing, one that fails, and the whole tree with what cannot be granted."""
    form = album.form
    wizard = open_search(form, portal)
    wizard.pick_item("World capitals")
    wizard.search.fill("zzz")
    expect(form.root).to_contain_text("No item matches", timeout=SECONDS)
    album.take("wizard-items-no-match")
    portal.portal.fail("search:html")
    wizard.search.fill("zz")
    expect(form.button("Try again")).to_be_visible(timeout=SECONDS)
    album.take("wizard-items-failed")
    wizard.open_step("Privileges")
    form.root.get_by_role("checkbox", name=re.compile("^Show what is not available")).check()
    wizard.tree.get_by_role("treeitem").first.press("*")
    album.take("wizard-privileges-all")


def test_look_of_other_keys(album, portal):
    """A credential without a key, and a key that was brought along."""
    form = album.form
    enter(form, portal)
    key = form.open_settings() and make_key(form)
    form.button("New key").click()
    make_without_key(form)
    album.take("result-without-key")
    form.button("Sign out").click()
    form.choose_way(KEY)
    form.secret("Key").fill("AAPTpracticeNoKey")
    form.button("Check and use").click()
    expect(form.secret("Key")).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    album.take("sign-in-key-refused")
    form.secret("Key").fill(key)
    form.button("Check and use").click()
    expect(form.heading("The portal knows your key")).to_be_visible(timeout=SECONDS)
    album.take("result-brought")


def make_key(form):
    """Make a key from the wizard; return it."""
    Wizard(form).review()
    form.create()
    return form.copy()


def make_without_key(form):
    """Make a credential whose key is generated later."""
    Wizard(form).open_step("Review")
    form.root.get_by_role("radio", name="Generate the key later").check()
    form.button("Create key").click()
    expect(form.root).to_contain_text("without a key", timeout=SECONDS)


def test_look_of_what_was_lost(album, portal):
    """A session that the portal has ended, and a kernel that was restarted under an open wizard."""
    form = album.form
    wizard = open_search(form, portal)
    expect(wizard.option("World capitals")).to_be_visible(timeout=SECONDS)
    portal.portal.store.run("DELETE FROM access_tokens")
    wizard.search.fill("World")
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    album.take("session-ended")
    enter(form, portal)
    form.notebook.restart_kernel()
    expect(form.root).to_contain_text("This form has lost its kernel", timeout=SECONDS)
    album.take("kernel-lost")
