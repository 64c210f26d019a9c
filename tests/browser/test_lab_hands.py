"""JupyterLab's part by keyboard alone, and its settings as the settings editor has them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab import APPLICATION
from tests.browser.notebook import SECONDS
from tests.browser.test_lab import USE, book, command, status  # noqa: F401 (book is a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def notebook(book):  # noqa: F811 (the fixture)
    """A notebook of two empty cells."""
    return book


def choose(notebook, words: str) -> None:
    """Choose a command of the palette by its words."""
    notebook.page.keyboard.press("Control+Shift+C")
    notebook.page.keyboard.type(words)
    expect(notebook.page.locator(".lm-CommandPalette-item.lm-mod-active")).to_contain_text(words[:10])
    notebook.page.keyboard.press("Enter")


def tab_to(notebook, selector: str) -> None:
    """Press Tab until the focus stands on what a selector names."""
    for _ in range(80):
        if notebook.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        notebook.page.keyboard.press("Tab")
    pytest.fail(f"Tab does not come to {selector}")


def test_the_palette_opens_the_panel_and_focus_goes_there(notebook):
    """Ctrl+Shift+C, words, Enter; the focus stands in the form, and the address can be typed at once."""
    choose(notebook, "My ArcGIS API keys")
    panel = notebook.page.locator(".akw-lab-panel")
    expect(panel.get_by_role("button", name="Sign in", exact=True)).to_be_visible(timeout=SECONDS)
    inside = "() => document.querySelector('.akw-lab-panel').contains(document.activeElement)"
    notebook.page.wait_for_function(inside, timeout=SECONDS)


def test_the_panel_is_opened_by_keyboard(notebook):
    """Its own button, reached by Tab, opens the form and hands the focus on."""
    notebook.page.evaluate("() => window.jupyterapp.shell.activateById('arcgis-keywidget-panel')")
    tab_to(notebook, ".akw-lab-panel button")
    notebook.page.keyboard.press("Enter")
    panel = notebook.page.locator(".akw-lab-panel")
    expect(panel.get_by_role("button", name="Sign in", exact=True)).to_be_visible(timeout=SECONDS)
    inside = "() => document.querySelector('.akw-lab-panel').contains(document.activeElement)"
    notebook.page.wait_for_function(inside, timeout=SECONDS)


@pytest.mark.skipif(APPLICATION != "lab", reason="Notebook 7 has no launcher")
def test_the_launcher_tile_by_keyboard(notebook):
    """Enter on the tile makes a notebook with the form in it."""
    notebook.page.evaluate("() => window.jupyterapp.commands.execute('launcher:create')")
    tile = notebook.page.locator(".jp-LauncherCard", has_text="New ArcGIS API key")
    expect(tile).to_be_visible(timeout=SECONDS)
    tile.focus()
    notebook.page.keyboard.press("Enter")
    expect(notebook.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible(timeout=SECONDS)


@pytest.mark.skipif(APPLICATION != "lab", reason="Notebook 7 has its settings editor in another page")
def test_settings_are_taken_over_at_once(notebook):
    """In the settings editor: the days of the warning, whether the item shows, portal, inserted code."""
    notebook.rewrite(0, USE.format(days=9.5))
    notebook.run(0)
    expect(status(notebook)).to_have_text(re.compile("^Key: .*9 days left$"), timeout=SECONDS)
    editor = open_editor(notebook)
    try:
        field(editor, "warnBelowDays").fill("12")
        field(editor, "portal").fill('gis.example.com/"x"')
        field(editor, "code").fill("1 + 41")
        come_back(notebook)
        expect(status(notebook)).to_have_text(re.compile("^▲ Key: .*9 days left$"), timeout=SECONDS)
        command(notebook, "insert-cell")
        await_cell(notebook, "1 + 41")
        command(notebook, "new-key")
        await_cell(notebook, r'KeyForm("gis.example.com/\"x\"")')
        editor = open_editor(notebook)
        field(editor, "showStatus").uncheck()
        come_back(notebook)
        expect(status(notebook)).to_be_hidden(timeout=SECONDS)
    finally:
        editor = open_editor(notebook)
        editor.get_by_role("button", name="Restore to Defaults").click()
        come_back(notebook)
    expect(status(notebook)).to_have_text(re.compile("^Key: .*9 days left$"), timeout=SECONDS)


def open_editor(notebook):
    """Open the settings of the extension."""
    notebook.page.evaluate(
        "() => window.jupyterapp.commands.execute('settingeditor:open', {query: 'ArcGIS API key'})"
    )
    editor = notebook.page.locator(".jp-SettingsPanel")
    expect(field(editor, "warnBelowDays")).to_be_visible(timeout=SECONDS)
    return editor


def field(editor, name: str):
    """One of its fields; JupyterLab gives them ids, and no labels."""
    return editor.locator(f"input[id$='_{name}']")


def come_back(notebook) -> None:
    """Close the settings editor once it has saved; the notebook is in front again."""
    notebook.page.wait_for_timeout(1_000)  # it saves half a second after the last key
    notebook.page.evaluate("() => window.jupyterapp.commands.execute('application:close')")


def await_cell(notebook, code: str) -> None:
    """Wait until a cell holds this code."""
    cells = "(code) => window.jupyterapp.shell.currentWidget?.content?.widgets?.some("
    cells += "cell => cell.model.sharedModel.getSource().includes(code))"
    notebook.page.wait_for_function(cells, arg=code, timeout=SECONDS)
