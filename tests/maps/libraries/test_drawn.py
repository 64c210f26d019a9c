"""Maps as people see them, in JupyterLab and a real browser: their pixels, their requests, what is saved."""

from __future__ import annotations

import io
import json
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

from arcgis_keywidget import fetch_tile
from arcgis_keywidget.maps.libraries import LIBRARIES
from tests.browser.lab import SAVE_STATE, JupyterServer
from tests.browser.notebook import Notebook, write
from tests.clients.maps.drawing import FLAGS
from tests.clients.maps.picture import View
from tests.leaks.search import find, read_folder
from tests.maps.libraries.book import USE_KEY, environment, unpacked
from tests.maps.libraries.cdn import serve_cdns
from tests.maps.libraries.snippets import SNIPPETS

pytestmark = [pytest.mark.matrix, pytest.mark.browser, pytest.mark.timeout(300)]

SECONDS = 90_000
MAPS = {
    "ipyleaflet": ".leaflet-container",
    "leafmap": ".leaflet-container",
    "folium": ".leaflet-container",
    "explore": ".leaflet-container",
    "maplibre": ".maplibregl-map",
    "lonboard": ".maplibregl-map",
    "plotly": ".maplibregl-map",
    "bokeh": ".bk-Figure",
}
"""The element that is a map on the page. The others load more code from elsewhere than is at hand here."""
CREDITS = {"leaflet": ".leaflet-control-attribution", "gl": ".maplibregl-ctrl-attrib"}
FRAMED = {"folium", "explore"}
GIVEN = """import json, os, pathlib

path = pathlib.Path("given.json")
os.environ.update(json.loads(path.read_text()))
path.unlink()
"""
VIEW = View((20, 25), 2)
SEA, LAND = [(-20, 5), (-28, 30), (63, 10)], [(18, 27), (0, 20), (28, 10)]
CREDIT = "Natural Earth"
"""A word of the practice portal's credits."""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab that saves widget state by itself."""
    with JupyterServer(tmp_path_factory.mktemp("lab"), application="lab", settings=SAVE_STATE) as server:
        yield server


@pytest.fixture(scope="module")
def chromium():
    """A browser that draws WebGL with the processor."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


class Sitting:
    """One notebook, one map, and what the page asked for.

    Attributes:
        answers: status and address of everything that came through our route or proxy.
        sent: everything that the page asked for, with its body.
        asked: the hosts elsewhere that were asked.
    """

    def __init__(self, page, lab, name) -> None:
        self.name, self.page, self.lab = name, page, lab
        self.answers: list[tuple[int, str]] = []
        self.sent: list[bytes] = []
        self.asked: list[str] = []
        serve_cdns(page.context, self.asked)
        page.context.on("response", self._note_response)
        page.context.on("request", self._note_request)

    def _note_response(self, response) -> None:
        path = urlsplit(response.url).path
        if "/arcgis-keywidget/" in path or "/raster/" in path or path.endswith((".pbf", "/style.json")):
            self.answers.append((response.status, response.url))

    def _note_request(self, request) -> None:
        self.sent.append(request.url.encode() + b"\n" + (request.post_data_buffer or b""))

    def draw(self, key, code: str) -> Notebook:
        """Run the library's cell in a new notebook; return it once nothing is fetched any more."""
        (self.lab.root / "given.json").write_text(json.dumps(environment(key)))
        name = f"{self.name}.ipynb"
        write(self.lab.root / name, GIVEN + USE_KEY, f"STYLE, GIVEN = 'arcgis/streets', {{}}\n{code}")
        self.notebook = Notebook(self.page, self.lab, name).open()
        for cell in range(2):
            outputs = self.notebook.run(cell)
            assert not [one for one in outputs if one["output_type"] == "error"], outputs
        self.map.wait_for(state="visible", timeout=SECONDS)
        self.settle()
        return self.notebook

    @property
    def map(self):
        """The map's element."""
        frame = self.page.frame_locator("iframe").first if self.name in FRAMED else self.page
        return frame.locator(MAPS[self.name]).first

    def settle(self) -> None:
        """Wait until two pictures, taken one after the other with answers before, are the same."""
        last, same = b"", 0
        for _ in range(60):
            self.page.wait_for_timeout(500)
            picture = self.map.screenshot()
            same = same + 1 if picture == last and self.answers else 0
            last = picture
            if same >= 4:
                return
        raise AssertionError(f"The map of {self.name} does not come to rest.")

    def picture(self) -> Image.Image:
        """The map's pixels, kept for people where that is asked for."""
        png = self.map.screenshot()
        if folder := os.environ.get("KEYWIDGET_PICTURES"):
            Path(folder, f"{self.name}.png").write_bytes(png)
        return Image.open(io.BytesIO(png)).convert("RGB")


@pytest.fixture
def sit(chromium, lab):
    """Opens a page for a library's map."""
    with chromium.new_context(viewport={"width": 1200, "height": 900}) as context:
        sittings = []

        def begin(name) -> Sitting:
            sittings.append(Sitting(context.new_page(), lab, name))
            return sittings[-1]

        yield begin
        for one in sittings:
            one.notebook.shut_down()


def colour_at(picture, place) -> tuple[int, int, int]:
    """The middling colour round a place of a map whose middle is the view's."""
    (x, y), (middle_x, middle_y) = VIEW.pixel(place), VIEW.pixel(VIEW.centre)
    x, y = picture.width // 2 + x - middle_x, picture.height // 2 + y - middle_y
    counted = picture.crop((x - 4, y - 4, x + 5, y + 5)).getcolors()
    return max(counted)[1]


def is_blue(colour) -> bool:
    """Whether it is water."""
    return colour[2] - colour[0] > 40


def unlike(one, other) -> float:
    """The share of pixels that two pictures of one size have not in common."""
    differences = ImageChops.difference(one, other).convert("L").histogram()
    return sum(differences[25:]) / (one.width * one.height)


@pytest.mark.parametrize("name", list(MAPS))
def test_it_is_drawn_without_the_key(sit, lab, key, name) -> None:
    """Sea and land where they belong, credits in sight, every request answered, the key nowhere."""
    library = next(one for one in LIBRARIES if one.name == name)
    sitting = sit(name)
    notebook = sitting.draw(key, SNIPPETS[name])
    picture = sitting.picture()
    assert {status for status, _ in sitting.answers} == {200}, sitting.answers
    if library.family != "tiles":  # those have their own scales
        inside = [place for place in SEA if abs(VIEW.pixel(place)[1] - 300) < picture.height / 2 - 8]
        assert all(is_blue(colour_at(picture, place)) for place in inside)
        assert not any(is_blue(colour_at(picture, place)) for place in LAND)
    assert sum(count for count, colour in picture.getcolors(2**24) if is_blue(colour)) > 10_000
    if library.family in CREDITS:  # Bokeh's are in a shadow of the page
        assert CREDIT in sitting.map.locator(CREDITS[library.family]).first.inner_text()
    assert set(sitting.asked) <= set(library.online)
    saved = notebook.save().encode()
    places = {**read_folder(lab.home), "requests": b"\n".join(sitting.sent), "notebook": saved}
    assert find({"key": str.__str__(key)}, {**places, **unpacked({"notebook": saved})}) == []


@pytest.mark.parametrize("name", ["ipyleaflet", "folium"])
def test_tiles_have_their_own_size(sit, key, name) -> None:
    """A tile of 512 px is drawn with 512 px, where it belongs: compared with the tile itself."""
    sitting = sit(name)
    sitting.draw(key, SNIPPETS[name])
    picture = sitting.picture()
    tile = Image.open(io.BytesIO(fetch_tile("arcgis/streets", 2, 2, 1, key=key).content)).convert("RGB")
    corner, middle = VIEW.pixel((0, 66.51326044)), VIEW.pixel(VIEW.centre)
    left = picture.width // 2 + corner[0] - middle[0]
    top = picture.height // 2 + corner[1] - middle[1]
    box = (max(left, 60), max(top, 90), min(left + 512, picture.width), min(top + 512, picture.height - 40))
    shown = picture.crop(box)
    wanted = tile.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top))
    off = min(unlike(shown, ImageChops.offset(wanted, x, y)) for x in (-1, 0, 1) for y in (-1, 0, 1))
    assert off < 0.02
