"""JupyterLab's part: palette, side panel, status bar, the check of a notebook."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.album import PICTURES
from tests.browser.form import Form
from tests.browser.lab import APPLICATION
from tests.browser.look import flaws
from tests.browser.notebook import SECONDS, opened, write

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

USE = """from datetime import UTC, datetime, timedelta
from arcgis_keywidget import ApiKey, use

_ = use(ApiKey("AAPT" + "x" * 60 + ".AT1_abcdefgh", portal="https://gis.example.com",
               expires=datetime.now(UTC) + timedelta(days={days})))"""
LAG = 2.1  # seconds until the portal's search knows of a new key
LEAKED = "AAPT" + "y" * 60 + ".AT2_abcdefgh"


@pytest.fixture
def book(page, lab):
    """A notebook of two empty cells."""
    write(lab.root / "lab.ipynb", "", "")
    with opened(page, lab, "lab.ipynb") as notebook:
        yield notebook


def command(notebook, name: str, **given) -> None:
    """Do what the palette, a menu or the launcher would."""
    notebook.page.evaluate(
        "([name, given]) => { window.jupyterapp.commands.execute(name, given); }",
        [f"arcgis-keywidget:{name}", given],
    )


def open_panel(notebook, portal) -> Form:
    """Open the keys in the side panel, and sign in as Ada; the form, with its list of keys."""
    command(notebook, "my-keys")
    form = Form(notebook)
    form.root = notebook.page.locator(".akw-lab-panel").get_by_role("region", name="ArcGIS API key")
    expect(form.root).to_be_visible(timeout=SECONDS)
    ada = portal.portal.users[0]
    form.fill(portal.url, ada.username, ada.password)
    form.button("Sign in").click()
    expect(form.heading("My keys")).to_be_visible(timeout=SECONDS)
    return form


def status(notebook):
    """The item of the status bar."""
    return notebook.page.locator(".akw-lab-status")


def test_the_palette_offers_what_there_is(book):
    """By the words that people search for."""
    book.page.keyboard.press("Control+Shift+C")
    palette = book.page.get_by_role("dialog").or_(book.page.locator(".lm-CommandPalette")).first
    book.page.locator(".lm-CommandPalette-input").fill("arcgis")
    for label in (
        "New ArcGIS API key",
        "My ArcGIS API keys",
        "Insert a cell that uses",
        "Check this notebook",
    ):
        expect(palette.get_by_text(label)).to_be_visible(timeout=SECONDS)
    book.page.keyboard.press("Escape")


def test_a_new_key_is_a_cell_that_runs(book):
    """Below the one in front; the form is there."""
    command(book, "new-key")
    expect(book.form.get_by_role("button", name="Sign in")).to_be_visible(timeout=SECONDS)
    assert "KeyForm()" in str(book.cell(1)["source"])


def test_the_status_bar_tells_the_key_of_the_kernel(book):
    """Its name and days; it warns below three, and is gone with the key; a reloaded page asks again."""
    book.rewrite(0, USE.format(days=9.5))
    book.run(0)
    expect(status(book)).to_have_text(re.compile(r"^Key: AAPT.*, 9 days left$"), timeout=SECONDS)
    book.page.reload()
    book.await_kernel()
    expect(status(book)).to_have_text(re.compile("9 days left$"), timeout=SECONDS)
    book.rewrite(0, USE.format(days=1.5))
    book.run(0)
    expect(status(book)).to_have_text(re.compile("^▲ .*1 day left$"), timeout=SECONDS)
    assert status(book).get_attribute("data-tone") == "soon"
    book.ask("from arcgis_keywidget import forget\nforget()")
    expect(status(book)).to_be_hidden(timeout=SECONDS)
    assert "x" * 60 not in book.page.content()


def test_the_panel_hosts_the_form_of_the_kernel(book, portal):
    """The same form, in the side panel; the notebook has no trace of it."""
    before = book.save()
    form = open_panel(book, portal)
    assert "KeyForm" not in before + book.save()
    place = form.root.bounding_box()
    assert place["x"] + place["width"] <= book.page.viewport_size["width"], "it is cut off"


def test_keys_in_a_notebook_are_found_and_not_shown(book):
    """In sources and outputs, by cell and slot."""
    book.rewrite(0, f"print({LEAKED!r})")
    book.run(0)
    command(book, "check-notebook")
    dialog = book.page.get_by_role("dialog")
    expect(dialog).to_contain_text("cell 1, source: a key of slot 2", timeout=SECONDS)
    expect(dialog).to_contain_text("cell 1, outputs: a key of slot 2")
    assert "yyyy" not in dialog.inner_text()
    dialog.get_by_role("button", name="OK").click()
    book.rewrite(0, "")
    book.page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    command(book, "check-notebook")
    expect(book.page.get_by_role("dialog")).to_contain_text("No ArcGIS API key was found", timeout=SECONDS)
    book.page.get_by_role("dialog").get_by_role("button", name="OK").click()


def test_no_code_is_run_to_ask(page, lab):
    """Opening a notebook asks the kernel about comms, and executes nothing."""
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(bytes_of(frame))))
    write(lab.root / "lab.ipynb", USE.format(days=9))
    with opened(page, lab, "lab.ipynb") as notebook:
        notebook.page.wait_for_timeout(2_000)
        assert any(b"comm_info_request" in frame for frame in sent)
        assert not any(b"execute_request" in frame for frame in sent)


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_look(book, portal, theme):
    """Launcher tile, panel and status bar, for people; the panel without flaws."""
    book.show_theme(theme)
    try:
        ada = portal.portal.users[0]
        entry = (
            f"portal = Portal.connect({portal.url!r})\n_ = portal.sign_in({ada.username!r}, {ada.password!r})"
        )
        use = "_ = use(portal.create_key(KeyRequest('Trees of 7a')))"
        book.rewrite(0, f"from arcgis_keywidget import KeyRequest, Portal, use\n{entry}\n{use}")
        book.run(0)
        time.sleep(LAG)
        form = open_panel(book, portal)
        expect(form.root.get_by_role("rowheader")).to_have_count(1, timeout=SECONDS)
        expect(status(book)).to_have_text("Key: Trees of 7a, 6 days left")
        PICTURES.mkdir(parents=True, exist_ok=True)
        book.page.screenshot(path=PICTURES / f"lab-panel-{theme.lower()}.png")
        assert flaws(form.root) == []
        if APPLICATION == "lab":  # Notebook 7 has no launcher
            book.page.evaluate("() => window.jupyterapp.commands.execute('launcher:create')")
            tile = book.page.locator(".jp-LauncherCard", has_text="New ArcGIS API key")
            expect(tile).to_be_visible(timeout=SECONDS)
            book.page.screenshot(path=PICTURES / f"lab-launcher-{theme.lower()}.png")
            book.page.evaluate("() => window.jupyterapp.commands.execute('application:close')")
    finally:
        book.show_theme("Light")


def bytes_of(frame) -> bytes:
    """What went over a socket."""
    return frame if isinstance(frame, bytes) else frame.encode()
