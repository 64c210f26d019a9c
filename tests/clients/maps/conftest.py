"""Map clients as published, drawn by a Chromium, in front of a practice portal on a socket."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from arcgis_keywidget.practice import PracticePortal, serve
from tests.clients.calls import keep_calls, version_of
from tests.clients.maps.drawing import FLAGS, Sheet
from tests.clients.maps.files import serve_files
from tests.clients.maps.picture import HEIGHT, WIDTH
from tests.clients.visitor import Clock, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.clients.maps.drawing import Drawing
    from tests.clients.maps.picture import View

CLIENTS = Path(__file__).resolve().parents[1]
PICTURES = "KEYWIDGET_PICTURES"
"""Names the folder that pictures are kept in, for people; none are kept without it."""
PACKAGES = {"maplibre-arcgis": "@esri/maplibre-arcgis"}
"""The package of a client, where it is not called like its page."""


class Cartographer(Visitor):
    """Ada, who draws maps with a key of hers.

    Args:
        running: the portal.
        browser: a Chromium.
        site: the address of the pages.
        privileges: of the key; basemaps, static tiles and her private layer when empty.
    """

    def __init__(self, running, browser, site, privileges=()) -> None:
        super().__init__(running, referer=site)
        self.services, self.layer = running.ready["basemaps"], running.ready["layer"]
        layer = f"portal:app:access:item:{self.layer['item']}"
        usual = ("premium:user:basemaps", "premium:user:staticbasemaptiles", layer)
        self._browser, self._site, self._key = browser, site, self.make_key(*(privileges or usual))

    @property
    def styles(self) -> str:
        """The address below which the styles are."""
        return f"{self.services['styles']}/styles"

    @property
    def server(self) -> str:
        """The address below which the tile services are."""
        return self.services["styles"].removesuffix("/styles/v2")

    def tiles(self, style: str) -> str:
        """The address of a style's static tiles."""
        return f"{self.services['static']}/{style}/static/tile/{{z}}/{{y}}/{{x}}"

    @contextmanager
    def open(self, client: str) -> Iterator[Sheet]:
        """The page of a client, in a browser profile of its own; its calls are kept for the matrix."""
        known = {urlsplit(address).netloc for address in (self._site, self.running.url)}
        with self._browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}) as context:
            sheet = Sheet(context.new_page(), self.portal, self._key, known)
            sheet.page.goto(f"{self._site}/maps/pages/{client}.html")
            yield sheet
            package = PACKAGES.get(client, client)
            keep_calls(package, version_of(package), sheet.requests)

    @property
    def vector_service(self) -> str:
        """The address of the tile service behind the styles."""
        return f"{self.server}/World_Basemap_v2/VectorTileServer"

    @property
    def credits(self) -> str:
        """The address of who is to be credited, as `esri-leaflet-vector` asks for it."""
        return f"{self.server.removesuffix('/arcgis/rest/services')}/attribution/Vector/World_Basemap_v2"

    def draw(self, client: str, view: View, function: str = "draw", **given: Any) -> Drawing:
        """Have a client draw a view; keep its picture where that is asked for."""
        with self.open(client) as sheet:
            sheet.ask(function, view, **given)
            drawing = sheet.drawing()
        if folder := os.environ.get(PICTURES):
            words = [client, given.get("style", ""), function.removeprefix("draw"), f"z{view.zoom}"]
            drawing.picture.save(Path(folder, re.sub(r"\W+", "-", " ".join(words)) + ".png"))
        return drawing


@pytest.fixture(scope="module")
def browser():
    """A browser; it ends with the file, because Playwright's loop would stand in the way of async tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site():
    """The address of the pages, and of the packages that they load."""
    with serve_files(CLIENTS) as address:
        yield address


@pytest.fixture
def clock():
    """A clock that goes on by itself, and that a test can turn on."""
    return Clock()


@pytest.fixture
def open_cartographer(browser, site, clock):
    """Brings a cartographer to a portal of its own."""
    with ExitStack() as stack:

        def open_one(*privileges, **options) -> Cartographer:
            portal = stack.enter_context(closing(PracticePortal(clock=clock, **options)))
            running = stack.enter_context(serve(portal))
            return Cartographer(running, browser, site, privileges)

        yield open_one


@pytest.fixture
def ada(open_cartographer):
    """A cartographer of a Location Platform portal."""
    return open_cartographer()
