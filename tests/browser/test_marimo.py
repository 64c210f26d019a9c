"""The form in marimo, which shows widgets in a shadow root and takes the borders of every control away."""

from __future__ import annotations

import subprocess
import sys
import time
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.form import Form
from tests.browser.lab import START_SECONDS, free_port
from tests.browser.look import flaws
from tests.browser.notebook import SECONDS

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
    notebook, log = tmp_path / "app.py", tmp_path / "marimo.log"
    notebook.write_text(APP.format(portal=portal.url))
    address = f"http://127.0.0.1:{(port := free_port())}"
    options = ["--headless", "--no-token", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as out:
        command = [sys.executable, "-m", "marimo", "--yes", "run", str(notebook), *options]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=tmp_path)
    try:
        await_start(process, address, log)
        page.goto(address)
        form = Form(SimpleNamespace(page=page, form=page.get_by_role("region", name="ArcGIS API key")))
        expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
        yield form
    finally:
        process.terminate()
        process.wait(timeout=20)


def await_start(process, address, log):
    """Wait until the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{address}/health", timeout=5) as reply:  # noqa: S310 (loopback)
                reply.read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"marimo did not start:\n{log.read_text()[-4000:]}")


def test_main_job_in_marimo(marimo, portal):
    """A key is made, its map drawn; nothing sticks out, no text is faint, every control has its border."""
    assert marimo.root.evaluate(BORDERLESS) == []
    marimo.sign_in(portal)
    found = flaws(marimo.root) + marimo.root.evaluate(BORDERLESS)
    marimo.create()
    marimo.await_map()
    assert found + flaws(marimo.root) + marimo.root.evaluate(BORDERLESS) == []
