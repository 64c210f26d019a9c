"""A JupyterLab that saves widget state by itself, and a portal whose secrets are known."""

from __future__ import annotations

from contextlib import ExitStack, closing

import pytest
from playwright.sync_api import sync_playwright

from arcgis_keywidget.practice import serve
from tests.browser.conftest import pytest_runtest_makereport  # noqa: F401 (pictures a failed test's page)
from tests.browser.lab import SAVE_STATE, JupyterServer, launch
from tests.browser.notebook import Notebook, opened, write
from tests.leaks.overheard import OverheardPortal
from tests.leaks.wire import Wire


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab with *Save Widget State Automatically* on; all its files and logs are below its home."""
    with JupyterServer(tmp_path_factory.mktemp("lab"), settings=SAVE_STATE) as server:
        yield server


@pytest.fixture(scope="module")
def chromium():
    """A browser."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A page that may use the clipboard."""
    with chromium.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        yield context.new_page()


@pytest.fixture
def portal(tmp_path):
    """A served portal with its request log in a file."""
    portal = OverheardPortal(log=tmp_path / "portal.jsonl", seed=None)
    with closing(portal), serve(portal) as running:
        yield running


@pytest.fixture
def overhear(page, lab):
    """Opens a notebook of some cells with every message on its wire recorded."""
    with ExitStack() as stack:

        def open_notebook(*sources: str) -> tuple[Notebook, Wire]:
            wire = Wire(page)
            write(lab.root / "overheard.ipynb", *sources)
            return stack.enter_context(opened(page, lab, "overheard.ipynb")), wire

        yield open_notebook
