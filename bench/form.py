"""`make bench`: the figures of the form. Errors fail it; figures never do, since machines differ."""

from __future__ import annotations

import asyncio
import gzip
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

import arcgis_keywidget
from bench import searching
from bench.opening import measure_openings
from bench.served import serve
from bench.table import Figure, describe_machine, show
from tests.browser.form import Form
from tests.browser.lab import JupyterServer, launch
from tests.browser.notebook import SECONDS, opened, write

if TYPE_CHECKING:
    from playwright.sync_api import Page

PACKAGES = ("jupyterlab", "ipykernel", "ipywidgets", "anywidget", "httpx")
STATIC = Path(arcgis_keywidget.__file__).with_name("static")
SIGNED_IN = """from arcgis_keywidget import KeyForm, Portal

portal = Portal.connect({url!r})
portal.sign_in({username!r}, {password!r})
KeyForm(portal)"""
COUNT = """() => {
    window.done = { clicks: 0, keys: 0 };
    for (const [type, name] of [['pointerdown', 'clicks'], ['keydown', 'keys']])
        document.addEventListener(type, () => { window.done[name] += 1; }, true);
}"""


def measure_bundle() -> list[Figure]:
    """What travels to the page with each form, compressed."""
    sizes = [len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in ("form.js", "form.css")]
    return [Figure("form.js and form.css, gzip", sum(sizes) / 1000, 40, "kB")]


def measure_clicks(page: Page, server: JupyterServer) -> list[Figure]:
    """What a person does from signed in to a key for basemaps, counted by the page."""
    page.set_default_timeout(SECONDS)
    with serve("--seed", "1") as served:
        person = {"username": served.username, "password": served.password}
        write(server.root / "clicks.ipynb", SIGNED_IN.format(url=served.portal, **person))
        with opened(page, server, "clicks.ipynb") as notebook:
            notebook.run(0)
            form = Form(notebook)
            form.await_presets()
            page.evaluate(COUNT)
            form.create()
            done = page.evaluate("window.done")
    return [
        Figure("signed in to a key for basemaps: clicks", done["clicks"], 1, ""),
        Figure("signed in to a key for basemaps: keystrokes", done["keys"], 0, ""),
    ]


def measure_in_lab() -> list[Figure]:
    """What is seen in a JupyterLab and a Chromium of our own, without their logs."""
    with (
        tempfile.TemporaryDirectory() as home,
        JupyterServer(Path(home) / "lab", logs=False) as server,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        return [
            *measure_openings(browser.new_page(), server),
            *measure_clicks(browser.new_page(), server),
        ]


def main() -> int:
    """Measure everything and print the table."""
    print(describe_machine(PACKAGES), flush=True)
    show([*measure_in_lab(), *measure_bundle(), *asyncio.run(searching.measure())])
    return 0


if __name__ == "__main__":
    sys.exit(main())
