"""Not one click: the entrance, the account, every part of a step and the result, by the keyboard alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from arcgis_keywidget import KeyRequest, Portal
from tests.browser.conftest import FORM
from tests.browser.form import BROWSER, KEY, Form
from tests.browser.hands import choose, choose_way, copied, paste, press, select, sign_in_on_page, write
from tests.browser.notebook import SECONDS
from tests.browser.traces import own_items
from tests.browser.wizard import Wizard

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

REDIRECT = "urn:ietf:wg:oauth:2.0:oob"  # out-of-band: the portal shows the code (RFC 6749's registered URN)


@pytest.fixture
def wizard(form, portal):
    """The wizard, reached with keys alone."""
    write(form, form.field("User name"), "ada")
    form.tab_to(form.root.get_by_label("Password", exact=True))
    form.page.keyboard.type(portal.portal.users[0].password)
    form.page.keyboard.press("Enter")
    form.await_presets()
    press(form, form.button("All settings"))
    wizard = Wizard(form)
    wizard.expect_step("Where used")
    expect(wizard.heading("Where used")).to_be_focused()
    return wizard


def walk_to(wizard, step):
    """Open a step from the list."""
    press(wizard.form, wizard.stop(step))
    wizard.expect_step(step)
    expect(wizard.heading(step)).to_be_focused()


def test_portal_from_the_list_and_a_client_id_of_ones_own(form, portal):
    """Another portal by its address, its client id registered by the steps, its page, its code."""
    form.notebook.ask("import os\nos.environ.pop('ARCGIS_CLIENT_ID', None)")
    select(form, "Portal", "ArcGIS Online")
    expect(form.field("Portal address")).to_be_hidden()
    select(form, "Portal", "Another")
    write(form, form.field("Portal address"), portal.url)
    choose_way(form, BROWSER)
    assert copied(form, lambda: press(form, form.button("Copy the redirect URL"))) == REDIRECT
    write(form, form.field("Client ID"), portal.portal.client_id)
    sign_in_on_page(form, portal.portal.users[0])
    form.await_presets()


def test_practice_portal(form):
    """Its button starts it and signs in."""
    press(form, form.button("Use the practice portal"), "Space")
    form.await_presets()
    press(form, form.button("Sign out"))
    expect(form.heading("Practise on this machine")).to_be_visible(timeout=SECONDS)
    press(form, form.button("Sign in to your own portal"))
    expect(form.heading("Sign in to your portal")).to_be_visible(timeout=SECONDS)


def test_key_of_the_environment(notebook, portal):
    """Used by its button, which names the variable."""
    ada = portal.portal.users[0]
    with Portal.connect(portal.url) as signed_in:
        signed_in.sign_in(ada.username, ada.password)
        key = "".join(signed_in.create_key(KeyRequest("Made before")).key)
    notebook.ask(f"import os\nos.environ['ARCGIS_API_KEY'] = {key!r}")
    notebook.rewrite(0, FORM.format(portal.url))
    notebook.run(0)
    form = Form(notebook)
    choose_way(form, KEY)
    press(form, form.button("Use ARCGIS_API_KEY"))
    expect(form.heading("The portal knows your key")).to_be_attached(timeout=SECONDS)
    notebook.ask("import os\nos.environ.pop('ARCGIS_API_KEY', None)")


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_account_and_a_guess_put_right(form, portal, hand):
    """The portal does not tell its kind: the guess is marked as one, and one press corrects it."""
    portal.portal.account = replace(portal.portal.account, subscription="Something new")
    form.sign_in(portal)
    act = press if hand == "keyboard" else lambda _, control: control.click()
    opener = form.root.get_by_role("button", name=re.compile("^Account"))
    expect(opener).to_contain_text("practice portal")
    act(form, opener)
    panel = form.root.get_by_role("region", name="Account")
    expect(panel).to_contain_text("the portal does not say so")
    act(form, form.button("It is Location Platform"))
    expect(panel).to_contain_text("ArcGIS Location Platform", timeout=SECONDS)
    expect(panel).not_to_contain_text("the portal does not say so")
    expect(opener).to_be_focused()
    form.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_items(wizard, portal):
    """Type and owner chosen, a page more, ids pasted, a chip removed; the notebook hears of no key."""
    form, keys = wizard.form, wizard.form.page.keyboard
    cells = form.notebook.count()
    walk_to(wizard, "Item access")
    choose(form, wizard.root.get_by_role("radio", name="Grant access to specific items"), "Item access")
    expect(wizard.option("World capitals")).to_be_visible(timeout=SECONDS)
    select(form, "Type", "Maps")
    expect(wizard.root).to_contain_text("Nothing of this type here", timeout=SECONDS)
    select(form, "Type", "All")
    select(form, "Owner", "A user")
    expect(wizard.root).to_contain_text("Write whose items to list.")
    write(form, form.field("User name of the owner"), "ada")
    expect(wizard.option("Capitals of Europe")).to_be_visible(timeout=SECONDS)
    press(form, wizard.root.locator("summary").filter(has_text="Paste ids or addresses"))
    paste(form, wizard.root.get_by_label("Item ids or addresses"), "\n".join(portal.portal.layers[:2]))
    press(form, form.button("Add"))
    expect(wizard.chips.get_by_role("listitem")).to_have_count(2, timeout=SECONDS)
    press(form, wizard.chips.get_by_role("button").first, "ArrowRight")
    keys.press("Delete")
    expect(wizard.chips.get_by_role("listitem")).to_have_count(1)
    expect(wizard.chips.get_by_role("button")).to_be_focused()
    assert form.notebook.count() == cells


def test_privileges_found_by_words(wizard):
    """Search, down into the tree, Space; Escape empties the search, and what is not available is shown."""
    form, keys = wizard.form, wizard.form.page.keyboard
    walk_to(wizard, "Privileges")
    write(form, form.field("Search privileges"), "geocod")
    expect(wizard.root).to_contain_text(re.compile(r"\d+ privileges match"), timeout=SECONDS)
    keys.press("ArrowDown")
    here = wizard.tree.locator("[role=treeitem]:focus")
    for _ in range(10):
        if here.get_attribute("aria-expanded") is None and "stored" in here.inner_text():
            break
        keys.press("ArrowDown")
    else:
        raise AssertionError("the arrows do not reach a privilege that was found")
    keys.press("Space")
    expect(here).to_have_attribute("aria-checked", "true")
    form.tab_to(form.field("Search privileges"))
    keys.press("Escape")
    expect(form.field("Search privileges")).to_have_value("")
    press(form, wizard.root.get_by_role("checkbox", name=re.compile("^Show what is not available")), "Space")
    expect(wizard.row("General")).to_be_visible()


def test_date_folder_review_and_a_key_for_later(wizard, portal):
    """The end of a day by its digits, a folder, back by *Edit*, and a credential without a key."""
    form, keys = wizard.form, wizard.form.page.keyboard
    walk_to(wizard, "Expiry & referrers")
    day = datetime.now(UTC) + timedelta(days=20)
    form.tab_to(wizard.root.get_by_label(re.compile("^Or at the end of a day")))
    keys.type(day.strftime("%m%d%Y"))
    keys.press("Tab")
    wizard.expect_value("Expiry & referrers", "Until")
    walk_to(wizard, "Details")
    write(form, form.field("Summary"), "Made with keys alone")
    write(form, form.root.get_by_label(re.compile("^Folder")), "Keys")
    press(form, form.button("Review"))
    wizard.expect_step("Review")
    press(form, form.button("Edit Folder"))
    wizard.expect_step("Details")
    write(form, form.field("Tags"), "one,two,")
    press(form, form.button("Remove tag one"))
    walk_to(wizard, "Review")
    choose(form, wizard.root.get_by_role("radio", name="Generate the key later"), "When to generate the key")
    press(form, form.button("Create key"))
    expect(wizard.root).to_contain_text("without a key", timeout=SECONDS)
    item = own_items(portal)[-1]
    assert (item["snippet"], item["tags"]) == ("Made with keys alone", ["two"])


def test_result_transcript_and_code(form, portal):
    """Reveal and hide, copy the next cell's code, unfold what happened, copy a request; new key; forget."""
    form.sign_in(portal)
    press(form, form.button("Create key"))
    form.await_key()
    press(form, form.button("Reveal key"))
    expect(form.root.get_by_text(re.compile("^AAPTpractice"))).to_be_visible(timeout=SECONDS)
    press(form, form.button("Hide key"))
    expect(form.root.get_by_text(re.compile("^AAPTpractice"))).to_have_count(0)
    assert "fetch_tile" in copied(form, lambda: press(form, form.button("Copy code")))
    press(form, form.root.get_by_role("button", name=re.compile("^What happened")))
    copy = form.root.get_by_role("button", name=re.compile("^Copy POST .*addItem as curl"))
    assert copied(form, lambda: press(form, copy)).startswith("curl ")
    press(form, form.button("Forget"))
    form.await_presets()
    expect(form.root).to_contain_text("no longer in this kernel", timeout=SECONDS)
    press(form, form.button("Sign out"))
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
