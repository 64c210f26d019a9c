"""A notebook with a key in its kernel, and maps in it."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import sync_playwright

from arcgis_keywidget.practice import serve
from tests.browser.lab import SAVE_STATE, JupyterServer
from tests.browser.map import KEY, WEBGL, Map
from tests.browser.notebook import opened, write


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab that saves widget state."""
    with JupyterServer(tmp_path_factory.mktemp("lab"), settings=SAVE_STATE) as server:
        yield server


@pytest.fixture(scope="module")
def portal():
    """One practice portal for the file."""
    with serve(seed=0) as running:
        yield running


@pytest.fixture(scope="module", params=[WEBGL], ids=["webgl"])
def chromium(request):
    """A browser that draws with WebGL, or one without."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=request.param)
        yield browser
        browser.close()


class Traffic:
    """What a page asks for, and what it is told over its sockets."""

    def __init__(self, page):
        self.asked = []
        self.frames = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", lambda socket: socket.on("framereceived", self._hear))

    def _hear(self, frame):
        self.frames.append(frame if isinstance(frame, bytes) else frame.encode())


@pytest.fixture
def traffic(page):
    """Of this test."""
    return Traffic(page)


@pytest.fixture
def kernel(page, lab, portal, traffic):
    """A notebook with a key in its kernel."""
    assert traffic.frames == []
    portal.portal.heal()
    ada = portal.portal.users[0]
    cell = KEY.format(url=portal.url, username=ada.username, password=ada.password, layer=portal.portal.layer)
    write(lab.root / "map.ipynb", cell, "")
    with opened(page, lab, "map.ipynb") as notebook:
        assert "Traceback" not in str(notebook.run(0))
        yield notebook


@pytest.fixture
def show(kernel):
    """A function that shows a map with some arguments."""

    def show(arguments="", cell=1):
        kernel.rewrite(cell, f"shown = akw.BasemapMap({arguments})\nshown")
        kernel.run(cell)
        return Map(kernel, kernel.page.locator("section.akwm").last)

    return show
