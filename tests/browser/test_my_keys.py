"""My keys in the form: the table by mouse and keyboard, its actions, and how it looks."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from arcgis_keywidget import KeyRequest, Portal
from tests.browser.album import Album, narrow
from tests.browser.notebook import SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LAG = 2.1  # seconds until the portal's search knows of them
TILES = ("premium:user:basemaps", "premium:user:staticbasemaptiles")


@pytest.fixture
def keys(portal):
    """Three credentials of Ada's, by title."""
    ada = portal.portal.users[0]
    with Portal.connect(portal.url) as connected:
        connected.sign_in(ada.username, ada.password)
        made = [
            connected.create_key(KeyRequest("Trees <b>of</b> 7a", privileges=TILES, tags=("class-7",))),
            connected.create_key(
                KeyRequest("Roads", privileges=TILES, expires=timedelta(days=1), folder="Class 8")
            ),
            connected.create_key(KeyRequest("Apples", privileges=TILES, generate=False)),
        ]
    time.sleep(LAG)
    return {one.title: one for one in made}


@pytest.fixture
def table(form, portal, keys):
    """The table, read."""
    form.sign_in(portal)
    form.button("My keys").click()
    expect(form.root.get_by_role("rowheader")).to_have_count(len(keys), timeout=SECONDS)
    return form


def titles(form) -> list[str]:
    """What the rows are called, in their order."""
    return form.root.get_by_role("rowheader").get_by_role("button").all_inner_texts()


def test_keys_are_filtered_sorted_and_opened(table):
    """The soonest end first; titles of the portal are text."""
    assert titles(table) == ["Roads", "Trees <b>of</b> 7a", "Apples"]
    expect(table.root.get_by_role("row", name="Roads")).to_contain_text("hours left")
    expect(table.root.get_by_role("row", name="Apples")).to_contain_text("no key")
    table.button("Title").click()
    assert titles(table) == ["Apples", "Roads", "Trees <b>of</b> 7a"]
    table.field("Filter").fill("class")
    assert titles(table) == ["Roads", "Trees <b>of</b> 7a"]
    expect(table.root.get_by_text("2 of 3 keys")).to_be_visible()


def test_a_key_is_rotated_and_the_older_one_revoked(table):
    """The next key is in the kernel at once; the older one ends when told."""
    table.button("Roads").click()
    table.button("Make the next key").click()
    table.await_key()
    assert "AT2_" in table.notebook.ask("arcgis_api_key")
    expect(table.root.get_by_text("The older key, in slot 1, still works.")).to_be_visible()
    table.button("Revoke the older key").click()
    expect(table.root.get_by_text("still works")).to_have_count(0, timeout=SECONDS)
    table.button("My keys").click()
    table.button("Roads").click(timeout=SECONDS)
    slots = table.root.get_by_role("listitem").filter(has_text="Slot")
    expect(slots.first).to_contain_text("free")
    expect(slots.last).to_contain_text("in this kernel")


def test_all_by_keyboard(table):
    """Open a row, be asked before it ends, say no, say yes; the focus is never lost."""
    keyboard, cells = table.page.keyboard, table.notebook.count()
    table.tab_to(table.button("Roads"))
    keyboard.press("Enter")
    table.tab_to(table.button("Revoke…"))
    keyboard.press("Enter")
    expect(table.button("Keep")).to_be_focused()
    keyboard.press("Escape")
    expect(table.button("Revoke…")).to_be_focused()
    keyboard.press("Enter")
    keyboard.press("Tab")
    expect(table.button("Revoke it")).to_be_focused()
    keyboard.press("Enter")
    expect(table.root.get_by_role("row", name="Roads").first).to_contain_text("no key", timeout=SECONDS)
    assert table.notebook.count() == cells


def test_chosen_keys_are_deleted(table, portal):
    """After a question that names them; what the portal refuses stays, with the reason."""
    for title in ("Roads", "Apples"):
        table.root.get_by_role("checkbox", name=f"Choose {title}").check()
    portal.portal.fail("delete:error=403")
    table.button("Delete 2 chosen…").click()
    expect(table.root.get_by_role("alertdialog")).to_contain_text("Apples")
    table.button("Delete").click()
    expect(table.alert.filter(has_text="was not deleted")).to_be_visible(timeout=SECONDS)
    assert titles(table) == ["Roads", "Trees <b>of</b> 7a"]


def test_details_are_changed(table):
    """A wrong one is told at its field."""
    table.button("Roads").click()
    table.button("Edit details").click()
    table.field("Title").fill("x" * 251)
    table.button("Save").click()
    expect(table.alert.filter(has_text="251 characters")).to_be_visible(timeout=SECONDS)
    table.field("Title").fill("Streets")
    table.field("Tags").fill("a, b")
    table.button("Save").click()
    expect(table.root.get_by_role("row", name="Streets").first).to_contain_text("a · b", timeout=SECONDS)


def test_a_dead_portal_is_told_and_asked_again(form, portal):
    """The table is no empty list then."""
    form.sign_in(portal)
    portal.portal.fail("search:http=503*0")
    form.button("My keys").click()
    expect(form.alert).to_be_visible(timeout=SECONDS)
    portal.portal.heal()
    form.button("Refresh").click()
    expect(form.root.get_by_text("You have no API keys yet.")).to_be_visible(timeout=SECONDS)
    expect(form.alert).to_have_count(0)


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_look(table, theme):
    """Wide and narrow, opened and asking: no flaws, and axe finds none."""
    table.notebook.show_theme(theme)
    try:
        album = Album(table, f"{theme.lower()}")
        album.take("keys")
        table.button("Roads").click()
        table.button("Revoke…").click()
        album.take("keys-asking")
        table.button("Keep").click()
        table.button("Edit details").click()
        album.take("keys-editing")
        narrow(table)
        album.take("keys-narrow")
        assert album.flaws == []
    finally:
        table.notebook.show_theme("Light")
        table.page.set_viewport_size({"width": 1280, "height": 720})
