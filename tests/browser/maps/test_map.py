"""A map in the notebook: drawn, moved, chosen, told."""

from __future__ import annotations

import re

import ipykernel
import pytest
from playwright.sync_api import expect

from tests.browser.look import flaws
from tests.browser.map import NO_WEBGL, Map
from tests.browser.notebook import CONTEXT, SECONDS

pytestmark = pytest.mark.browser

SEA, DARK_SEA, SHAPE = (161, 202, 222), (28, 31, 36), (11, 99, 189)
AREA = {
    "type": "Feature",
    "properties": {"name": "<b>Box</b>", "size": [1, 2]},
    "geometry": {"type": "Polygon", "coordinates": [[[-9, 40], [-1, 40], [-1, 47], [-9, 47], [-9, 40]]]},
}


OLD_STYLE = """
from arcgis_keywidget.services.style_document import StyleDocument
new = StyleDocument.addressed
def old(self, base, attribution):
    style = new(self, base, attribution)
    for layer in style["layers"]:
        if layer["type"] == "fill":
            layer["paint"] = {"fill-color": {"base": 1.2, "stops": [[0, "#ff0000"], [9, "#ff0000"]]}}
        if "text-font" in layer.get("layout", {}):
            layer["layout"]["text-font"] = {"stops": [[0, ["Arial Regular"]], [5, ["Arial Bold"]]]}
    return style
StyleDocument.addressed = old
"""


def test_basemap_is_drawn(show):
    """In the colours of the practice portal's own style, with its credits in sight."""
    shown = show("center=(-30, 40), zoom=2")
    shown.await_drawn()
    assert shown.share(*SEA) > 0.1
    expect(shown.root).to_contain_text("Natural Earth")
    assert flaws(shown.root) == []


def test_keys_move_and_zoom(show):
    """The arrows and plus and minus are the map's while it has the focus, and no command of the notebook."""
    shown = show("center=(-30, 40), zoom=2")
    shown.await_drawn()
    cells = shown.notebook.count()
    shown.surface.focus()
    for key, aloud in (("ArrowRight", None), ("+", "Zoom level 3"), ("-", "Zoom level 2")):
        before = shown.picture()
        shown.page.keyboard.press(key)
        if aloud:
            expect(shown.root).to_contain_text(aloud, timeout=SECONDS)
        shown.page.wait_for_timeout(700)
        assert shown.picture() != before, key
    assert shown.notebook.count() == cells


def test_other_style(show):
    """Chosen in a labelled list."""
    shown = show("center=(-30, 40), zoom=2")
    shown.await_drawn()
    shown.choose("arcgis/dark-gray")
    assert shown.share(*DARK_SEA) > 0.1
    assert shown.share(*SEA) == 0


def test_layer_on_top(show):
    """A layer of the portal that the key opens; the map begins with the whole of it, and goes back there."""
    shown = show("layer=made.items[0]")
    shown.await_drawn()
    expect(shown.button("Zoom to layer")).to_be_visible(timeout=SECONDS)
    expect(shown.surface).to_have_accessible_name(re.compile("Enter tells"))
    shown.page.wait_for_timeout(1000)
    assert shown.share(*SHAPE) > 0.005


def test_row_is_told_by_click_and_by_key(show):
    """Its names and values as text; Escape goes back to the map."""
    shown = show(f"layer={AREA}")
    shown.await_drawn()
    shown.page.wait_for_timeout(1000)
    shown.surface.focus()
    shown.page.keyboard.press("Enter")
    card = shown.root.get_by_role("group", name="Attributes")
    expect(card).to_contain_text("<b>Box</b>", timeout=SECONDS)
    expect(card).to_contain_text("[1,2]")
    assert flaws(shown.root) == []
    shown.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(shown.surface).to_be_focused()
    shown.root.locator(".akwm-stage").click()
    expect(card).to_be_visible(timeout=SECONDS)


def test_style_may_change_under_the_layer(show):
    """What is on top stays on top."""
    shown = show(f"layer={AREA}")
    shown.await_drawn()
    shown.choose("arcgis/dark-gray")
    shown.page.wait_for_timeout(1000)
    assert shown.share(*SHAPE) > 0.001


def test_second_map_loads_no_code(show, kernel):
    """The page has it already; two maps stand side by side."""
    show("center=(-30, 40), zoom=2").await_drawn()
    kernel.add("second = akw.BasemapMap('arcgis/light-gray')\nsecond")
    kernel.run(2)
    Map(kernel, kernel.page.locator("section.akwm").last).await_drawn("arcgis/light-gray")
    assert kernel.page.locator("section.akwm").count() == 2
    asked = kernel.ask("from arcgis_keywidget.maps import code\ncode.packed.cache_info()")
    assert re.search(r"hits=0, misses=[02]\b", asked)


@pytest.mark.skipif(ipykernel.version_info[0] < 7, reason="ipykernel 6 hears messages between cells only")
def test_goes_on_while_a_cell_runs(show, kernel):
    """The kernel's long work stops no map."""
    shown = show("center=(-30, 40), zoom=2")
    shown.await_drawn()
    cell = kernel.add("import time\ntime.sleep(600)")
    kernel.start(cell)
    shown.choose("arcgis/dark-gray")
    # JupyterLab shows the kernel as idle by then: the map's questions were answered beside the cell.
    assert kernel.cell(cell)["execution_count"] is None
    kernel.page.evaluate(f"() => {CONTEXT}.session.kernel.interrupt()")
    assert "KeyboardInterrupt" in str(kernel.finish(cell))


def test_what_waited_for_a_cell_is_drawn_after_it(show, kernel):
    """By any ipykernel."""
    shown = show("center=(-30, 40), zoom=2")
    shown.await_drawn()
    cell = kernel.add("import time\ntime.sleep(600)")
    kernel.start(cell)
    kernel.page.wait_for_function(f"() => {CONTEXT}.session.kernel.status === 'busy'", timeout=SECONDS)
    shown.root.get_by_role("combobox", name="Basemap").select_option("arcgis/dark-gray")
    kernel.page.evaluate(f"() => {CONTEXT}.session.kernel.interrupt()")
    assert "KeyboardInterrupt" in str(kernel.finish(cell))
    shown.await_drawn("arcgis/dark-gray")


def test_key_is_nowhere_but_in_the_kernel(show, kernel, lab, portal, traffic):
    """Not in the page, what it asks for and is told, or the notebook, saved with the state of its widgets."""
    shown = show("layer=made.items[0]")
    shown.await_drawn()
    saved = kernel.save()
    assert "widget-state+json" in saved
    assert len(saved) < 60_000
    kernel.ask("_ = open('key.txt', 'w').write(akw.current_key())")
    key = (lab.root / "key.txt").read_text()
    told = b"".join(traffic.frames)
    assert len(told) > 100_000
    assert key.encode() not in told
    assert key not in saved + shown.page.content()
    assert not [url for url in traffic.asked if key in url or portal.url in url]


def test_functions_of_old_styles_are_drawn(show, kernel):
    """Esri's styles write values by level as `stops`, fonts among them (documented)."""
    kernel.ask(OLD_STYLE)
    shown = show("center=(10, 48), zoom=3")
    shown.await_drawn()
    assert shown.share(255, 0, 0) > 0.1


@pytest.mark.parametrize("chromium", [NO_WEBGL], ids=["no-webgl"], indirect=True)
def test_without_webgl_pictures_are_drawn(show):
    """The same map of static tiles: keys, styles, layer and rows."""
    shown = show(f"layer={AREA}")
    shown.await_drawn()
    assert shown.root.locator("canvas.maplibregl-canvas").count() == 0
    assert shown.share(*SHAPE) > 0.001
    expect(shown.root).to_contain_text("Natural Earth")
    assert flaws(shown.root) == []
    shown.surface.focus()
    shown.page.keyboard.press("Enter")
    expect(shown.root.get_by_role("group", name="Attributes")).to_contain_text("<b>Box</b>", timeout=SECONDS)
    shown.page.keyboard.press("Escape")
    before = shown.picture()
    shown.page.keyboard.press("+")
    expect(shown.root).to_contain_text(re.compile("Zoom level"), timeout=SECONDS)
    assert shown.picture() != before
    shown.choose("arcgis/dark-gray")
    assert shown.share(*SEA) == 0
