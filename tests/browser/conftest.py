"""One JupyterLab and one Notebook 7 for all browser tests, a Chromium, a page and mostly a kernel a file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from arcgis_keywidget.practice import serve
from tests.browser.form import Form
from tests.browser.lab import JupyterServer, launch
from tests.browser.notebook import SECONDS, opened, write

ROOT = Path(__file__).resolve().parents[2]
FAILURES = ROOT / "out" / "failures"
FIRST_KEY = ROOT / "notebooks" / "01_first_key.ipynb"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
FORM = "from arcgis_keywidget import KeyForm\n\nform = KeyForm({!r})\nform"
LOCKED = """from datetime import timedelta
from arcgis_keywidget import KeyForm, KeyRequest

request = KeyRequest(
    "Of the class", privileges=["premium:user:basemaps"], items=[{layer!r}], expires=timedelta(days=30),
    referrers=["https://app.example.com"], tags=["class"], folder="Class", summary="All is set.",
)
KeyForm({url!r}, request=request, lock={lock!r}.split())"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Picture the page of a failed test in out/failures."""
    report = yield
    # When a fixture fails at its end, the page is gone already.
    if report.failed and report.when != "teardown" and "page" in item.funcargs:
        picture = FAILURES / f"{item.name}.png"
        item.funcargs["page"].screenshot(path=picture)
        report.sections.append(("Page", f"pictured in {picture}"))
    return report


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A JupyterLab server."""
    with JupyterServer(tmp_path_factory.mktemp("lab")) as server:
        yield server


@pytest.fixture(scope="session")
def notebook7(tmp_path_factory):
    """A Notebook 7 server."""
    with JupyterServer(tmp_path_factory.mktemp("notebook7"), application="notebook") as server:
        yield server


@pytest.fixture(scope="module")
def chromium():
    """A browser; it ends with the file, because Playwright's loop would stand in the way of async tests."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page(chromium):
    """A page of a browser profile of its own that may use the clipboard."""
    with chromium.new_context(permissions=CLIPBOARD) as context:
        yield context.new_page()


@pytest.fixture
def first_key(page, lab):
    """The first notebook as people get it, open in JupyterLab."""
    shutil.copy(FIRST_KEY, lab.root)
    with opened(page, lab, FIRST_KEY.name) as notebook:
        yield notebook


@pytest.fixture
def portal():
    """A practice portal of the test's own, served beside the notebook server."""
    with serve(seed=0) as running:
        yield running


@pytest.fixture(scope="module")
def notebook(page, lab):
    """A notebook of one code cell, open in JupyterLab; its kernel serves the whole file."""
    write(lab.root / "form.ipynb", "")
    with opened(page, lab, "form.ipynb") as notebook:
        yield notebook


@pytest.fixture
def form(notebook, portal):
    """The form of a portal that this kernel has not seen before, before anybody signed in."""
    notebook.rewrite(0, FORM.format(portal.url))
    notebook.run(0)
    form = Form(notebook)
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)
    yield form
    assert notebook.faults == []


@pytest.fixture
def wizard(form, portal):
    """The wizard, opened from the quick key by Ada."""
    form.sign_in(portal)
    return form.open_settings()
