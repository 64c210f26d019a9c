"""Keys that end with the kernel, as a person meets them: the box, the ready key, what killed kernels left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from playwright.sync_api import expect

from tests.browser.album import Album, narrow
from tests.browser.axe import violations
from tests.browser.notebook import SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

BOX = "End this key with the kernel"
LEFT = "Delete what was left"
LEFT_TITLES = ("Left by one", "Left <b>by</b> another")
KILLED = """
import os, signal, sys
from arcgis_keywidget import KeyRequest, Portal, ephemeral
portal = Portal.connect(sys.argv[1])
portal.sign_in("ada", os.environ["PRACTICE_PASSWORD"])
ephemeral.create_key(portal, KeyRequest(sys.argv[2]))
os.kill(os.getpid(), signal.SIGKILL)
"""


def titles(portal) -> list[str]:
    """What the portal has of Ada's but her layers."""
    layers = portal.portal.layers
    return [item["title"] for item in portal.portal.items_of("ada") if item["id"] not in layers]


def await_titles(portal, wanted: list[str]) -> None:
    """Wait until these are what the portal has."""
    ends = time.monotonic() + SECONDS
    while titles(portal) != wanted:
        assert time.monotonic() < ends, titles(portal)
        time.sleep(0.1)


def make(form, portal, title: str) -> None:
    """Make a key that ends with the kernel."""
    form.sign_in(portal)
    form.root.get_by_role("checkbox", name=BOX).check()
    form.root.locator("summary").filter(has_text="folder").first.click()
    form.field("Title").fill(title)
    form.create()


@pytest.fixture
def left(lab, portal):
    """Keys of two processes of this home that were killed."""
    ada = portal.portal.users[0]
    folders = {"JUPYTER_DATA_DIR": str(lab.home / "data"), "PRACTICE_PASSWORD": ada.password}
    for title in LEFT_TITLES:
        command = [sys.executable, "-c", KILLED, portal.url, title]
        assert (
            subprocess.run(command, env={**os.environ, **folders}, check=False).returncode == -signal.SIGKILL
        )
    assert titles(portal) == [*LEFT_TITLES]


def test_a_restart_ends_the_key(form, portal):
    """The ready key says what will happen, and it happens."""
    make(form, portal, "Ends with me")
    expect(form.root.get_by_text("It ends with this kernel")).to_be_visible()
    expect(form.root.get_by_text("ends soon")).to_have_count(0)
    assert titles(portal) == ["Ends with me"]
    form.notebook.restart_kernel()
    await_titles(portal, [])


@pytest.mark.usefixtures("left")
def test_what_was_left_is_deleted_by_keyboard(form, portal):
    """It is told after signing in, by titles that are text; the focus is not lost with the button."""
    form.sign_in(portal)
    button = form.button(LEFT)
    expect(button).to_be_visible(timeout=SECONDS)
    expect(form.root.get_by_text("'Left <b>by</b> another'")).to_be_visible()
    form.tab_to(button)
    form.page.keyboard.press("Enter")
    expect(form.root.get_by_text("Deleted: 'Left by one', 'Left <b>by</b> another'.")).to_be_visible()
    expect(form.heading("What will this notebook do?")).to_be_focused()
    assert titles(portal) == []


@pytest.mark.usefixtures("left")
def test_what_could_not_be_deleted_is_told(form, portal):
    """By mouse: one stays, with the reason, and is offered again at the next sign-in."""
    form.sign_in(portal)
    expect(form.button(LEFT)).to_be_visible(timeout=SECONDS)
    portal.portal.fail("delete:error=500")
    form.button(LEFT).click()
    expect(form.root.get_by_text("1 key was not deleted.")).to_be_visible(timeout=SECONDS)
    assert titles(portal) == ["Left by one"]
    form.button("Sign out").click()
    form.sign_in(portal)
    form.button(LEFT).click(timeout=SECONDS)
    await_titles(portal, [])


def test_the_box_by_keyboard_and_among_all_settings(form, portal):
    """Space ticks it; the wizard has the same."""
    form.sign_in(portal)
    box = form.root.get_by_role("checkbox", name=BOX)
    form.tab_to(box)
    form.page.keyboard.press("Space")
    expect(form.root.get_by_text("Ends with the kernel, at the latest")).to_be_visible()
    expect(form.root.get_by_role("radio", name="7 days")).to_have_count(0)
    wizard = form.open_settings()
    wizard.open_step("Expiry & referrers")
    expect(form.root.get_by_role("checkbox", name=BOX)).to_be_checked()
    wizard.open_step("Review")
    expect(form.root.get_by_text("Ends with the kernel, at the latest")).to_be_visible()


@pytest.mark.usefixtures("left")
@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_look(form, portal, theme):
    """The notice, the box ticked, the key that is ready, wide and narrow: no flaws, and axe finds none."""
    form.notebook.show_theme(theme)
    try:
        album = Album(form, f"ephemeral-{theme.lower()}")
        form.sign_in(portal)
        expect(form.button(LEFT)).to_be_visible(timeout=SECONDS)
        form.root.get_by_role("checkbox", name=BOX).check()
        album.take("left")
        form.create()
        album.take("ready")
        form.button("New key").click()
        form.await_presets()
        narrow(form)
        album.take("narrow")
        assert album.flaws + violations(form.root) == []
    finally:
        form.notebook.show_theme("Light")
        form.page.set_viewport_size({"width": 1280, "height": 720})
