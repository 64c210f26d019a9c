"""Keeping a key for later sessions: from the form by mouse and keyboard, and back after a restart."""

from __future__ import annotations

import stat

import pytest
from dotenv import dotenv_values
from playwright.sync_api import expect

from tests.browser.album import Album, narrow
from tests.browser.axe import violations
from tests.browser.hands import press
from tests.browser.notebook import SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

FOLD = "Keep this key for later sessions"
KEEP, DROP = "Keep here, in the file", "Keep no longer in the file"
IN_VAULT = "import os, keyring; os.environ.update({}); keyring.core.init_backend()"
LOAD = "from arcgis_keywidget import load\nload()"


@pytest.fixture
def ready(form, portal, lab):
    """A form with a key, whose title is the proposed one."""
    form.sign_in(portal)
    form.button("Create key").click()
    form.await_key()
    yield form
    for name in (".env", ".gitignore"):
        (lab.root / name).unlink(missing_ok=True)


@pytest.fixture
def fold(ready):
    """What the fold is opened by."""
    return ready.root.locator("summary").filter(has_text=FOLD)


def test_a_key_is_kept_and_loaded_after_a_restart(ready, fold, lab):
    """The place that cannot be used says why; the file holds the key, the notebook does not."""
    fold.click()
    expect(ready.root).to_contain_text("Cannot be used: The keyring here is not used", timeout=SECONDS)
    ready.button(KEEP).click()
    expect(ready.button(DROP)).to_be_visible(timeout=SECONDS)
    (key,) = dotenv_values(lab.root / ".env").values()
    assert stat.S_IMODE((lab.root / ".env").stat().st_mode) == 0o600
    assert key.startswith("AAPTpractice")
    notebook = ready.notebook
    notebook.restart_kernel()
    expect(ready.root).to_contain_text("its key has gone with it", timeout=SECONDS)
    shown = notebook.ask(LOAD)
    assert "<ApiKey AAPT" in shown
    assert key not in shown + notebook.save()


def test_a_kept_key_is_dropped(ready, fold, lab):
    """The kernel still has it; the file has nothing of it."""
    fold.click()
    ready.button(KEEP).click()
    ready.button(DROP).click()
    expect(ready.button(KEEP)).to_be_visible(timeout=SECONDS)
    assert (lab.root / ".env").read_text() == ""
    assert "AAPT" in ready.notebook.ask("arcgis_api_key")


def test_all_by_keyboard(ready, fold, lab):
    """The fold, the button, and the focus stays on it; the code that loads the key can be copied."""
    cells = ready.notebook.count()
    press(ready, fold)
    expect(ready.button(KEEP)).to_be_visible(timeout=SECONDS)
    press(ready, ready.button(KEEP))
    expect(ready.button(DROP)).to_be_focused(timeout=SECONDS)
    assert dotenv_values(lab.root / ".env")
    expect(ready.root.get_by_label("In the next session")).to_contain_text("load(")
    ready.page.keyboard.press("Enter")
    expect(ready.button(KEEP)).to_be_focused(timeout=SECONDS)
    assert ready.notebook.count() == cells


def test_a_refusal_is_told_at_its_place(ready, fold, lab):
    """With the command that mends it; after that it works."""
    file = lab.root / ".env"
    fold.click()
    expect(ready.button(KEEP)).to_be_visible(timeout=SECONDS)
    file.write_text("A=1\n")
    file.chmod(0o644)
    ready.button(KEEP).click()
    expect(ready.alert.filter(has_text="chmod 600")).to_be_visible(timeout=SECONDS)
    file.chmod(0o600)
    ready.button(KEEP).click()
    expect(ready.button(DROP)).to_be_visible(timeout=SECONDS)
    expect(ready.alert).to_have_count(0)


def test_a_real_vault_keeps_it(ready, fold, vault):
    """The Secret Service of a desktop."""
    ready.notebook.ask(IN_VAULT.format(vault))
    fold.click()
    expect(ready.root).to_contain_text("the Secret Service of this desktop (encrypted)", timeout=SECONDS)
    ready.button("Keep here, in the keyring").click()
    expect(ready.button("Keep no longer in the keyring")).to_be_visible(timeout=SECONDS)
    ready.notebook.restart_kernel()
    ready.notebook.ask(IN_VAULT.format(vault))
    assert "<ApiKey AAPT" in ready.notebook.ask(LOAD)
    ready.notebook.restart_kernel()


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_look(ready, fold, theme):
    """Wide and narrow, before and after keeping: no flaws, and axe finds none."""
    ready.notebook.show_theme(theme)
    try:
        album = Album(ready, theme.lower())
        fold.click()
        expect(ready.button(KEEP)).to_be_visible(timeout=SECONDS)
        album.take("keep")
        ready.button(KEEP).click()
        expect(ready.button(DROP)).to_be_visible(timeout=SECONDS)
        album.take("keep-kept")
        narrow(ready)
        album.take("keep-narrow")
        assert album.flaws == []
        assert violations(ready.root) == []
    finally:
        ready.notebook.show_theme("Light")
        ready.page.set_viewport_size({"width": 1280, "height": 720})
