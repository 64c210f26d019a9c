"""The form in marimo, which shows widgets in a shadow root and takes the borders of every control away."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.browser.form import Form
from tests.browser.look import flaws
from tests.browser.notebook import SECONDS
from tests.browser.server import Server, free_port

pytestmark = [pytest.mark.browser, pytest.mark.matrix, pytest.mark.timeout(300)]

APP = """\
import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    from arcgis_keywidget import KeyForm

    mo.ui.anywidget(KeyForm({portal!r}))
    return
"""
BORDERLESS = """(root) => [...root.querySelectorAll('input:not([type=radio], [type=checkbox]), .akw-plain')]
    .filter((control) => control.checkVisibility() && getComputedStyle(control).borderTopWidth === '0px')
    .map((control) => control.outerHTML.slice(0, 120))"""


@pytest.fixture
def marimo(tmp_path, page, portal):
    """The form of the test's portal, in the page of a marimo server."""
    notebook = tmp_path / "app.py"
    notebook.write_text(APP.format(portal=portal.url))
    address = f"http://127.0.0.1:{(port := free_port())}"
    options = ["--headless", "--no-token", "--host", "127.0.0.1", "--port", str(port)]
    command = [sys.executable, "-m", "marimo", "--yes", "run", str(notebook), *options]
    with Server(command, f"{address}/health", tmp_path / "marimo.log", tmp_path):
        page.goto(address)
        form = Form(SimpleNamespace(page=page, form=page.get_by_role("region", name="ArcGIS API key")))
        expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
        yield form


def test_main_job_in_marimo(marimo, portal):
    """A key is made, its map drawn; nothing sticks out, no text is faint, every control has its border."""
    assert marimo.root.evaluate(BORDERLESS) == []
    marimo.sign_in(portal)
    found = flaws(marimo.root) + marimo.root.evaluate(BORDERLESS)
    marimo.create()
    marimo.await_map()
    assert found + flaws(marimo.root) + marimo.root.evaluate(BORDERLESS) == []
