"""What goes wrong around a map, and what it says."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from arcgis_keywidget.practice import tokens
from tests.browser.look import flaws
from tests.browser.notebook import SECONDS, opened

pytestmark = pytest.mark.browser

SEA, SHAPE = (161, 202, 222), (11, 99, 189)


def test_refusal_is_told_with_a_way_on(show, portal):
    """In the kernel's words, without an address; trying again heals it."""
    portal.portal.fail("VectorTileServer/tile:http=401*0")
    shown = show("center=(-30.5, 41), zoom=6")
    alert = shown.root.get_by_role("alert").filter(has_text="could not be drawn")
    expect(alert).to_contain_text("does not accept this key", timeout=SECONDS)
    assert "http" not in alert.inner_text()
    assert flaws(shown.root) == []
    portal.portal.heal()
    shown.button("Try again").click()
    shown.await_drawn()
    expect(alert).to_be_hidden()


def test_revoked_key_is_told(show, kernel, portal):
    """What was drawn stays; what is asked for now says why it does not come."""
    shown = show("center=(-30, 40), zoom=2")
    shown.await_drawn()
    app = tokens.find_app(portal.portal.store, client_id=kernel.ask("print(made.client_id)").strip())
    tokens.revoke_key(portal.portal.store, app, 1)
    shown.root.get_by_role("combobox", name="Basemap").select_option("arcgis/dark-gray")
    alert = shown.root.get_by_role("alert").filter(has_text="could not be drawn")
    expect(alert).to_contain_text("It may have been revoked", timeout=SECONDS)
    assert shown.share(*SEA) > 0.1


def test_layer_that_is_refused_is_told_beside_the_basemap(show, portal):
    """The basemap's coming takes nothing from it."""
    portal.portal.fail("FeatureServer:http=403*0")
    shown = show("layer=made.items[0]")
    alert = shown.root.get_by_role("alert").filter(has_text="The layer could not be drawn")
    expect(alert).to_contain_text("Make a key that names its item", timeout=SECONDS)
    shown.await_drawn()
    expect(alert).to_be_visible()
    assert flaws(shown.root) == []
    portal.portal.heal()
    shown.button("Try again").click()
    expect(shown.button("Zoom to layer")).to_be_visible(timeout=SECONDS)
    assert shown.share(*SHAPE) > 0.001


def test_map_that_the_browser_puts_aside_is_drawn_again(show):
    """Browsers keep some sixteen WebGL contexts in a page: no blank map, and a way back to the same place."""
    shown = show("layer=made.items[0], center=(-30, 40), zoom=2")
    shown.await_drawn()
    shape = shown.share(*SHAPE)
    lose = "canvas => canvas.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()"
    shown.root.locator("canvas.maplibregl-canvas").evaluate(lose)
    alert = shown.root.get_by_role("alert").filter(has_text="could not be drawn")
    expect(alert).to_contain_text("about sixteen of them", timeout=SECONDS)
    shown.button("Try again").click()
    shown.await_drawn()
    expect(alert).to_be_hidden()
    assert shown.share(*SEA) > 0.1
    assert shown.share(*SHAPE) == pytest.approx(shape, rel=0.2)
    expect(shown.surface).to_have_accessible_name(re.compile("Enter tells"))


def test_closed_and_cleared_maps_leave_no_error(show, kernel):
    """Closed from the kernel, or its output cleared in the page: no fault, and the kernel goes on."""
    shown = show("center=(-30, 40), zoom=2")
    shown.await_drawn()
    kernel.ask("shown.close()")
    expect(kernel.page.locator("section.akwm")).to_have_count(0, timeout=SECONDS)
    show("center=(-30, 40), zoom=2").await_drawn()
    kernel.page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    expect(kernel.page.locator("section.akwm")).to_have_count(0, timeout=SECONDS)
    show("center=(-30, 40), zoom=2").await_drawn()
    assert kernel.faults == []


def test_restarted_kernel_is_said(show, kernel):
    """What was drawn stays to look at; the next thing that it needs tells what to do."""
    shown = show("center=(-30, 40), zoom=2")
    shown.await_drawn()
    kernel.restart_kernel()
    shown.root.get_by_role("combobox", name="Basemap").select_option("arcgis/dark-gray")
    expect(shown.root).to_contain_text("run the cell again", timeout=SECONDS)
    expect(shown.button("Try again")).to_have_count(0)


def test_reopened_notebook_says_to_run_the_cell(show, kernel, page, lab):
    """Opened again the next day, in another kernel: a sentence, and no error."""
    show("center=(-30, 40), zoom=2").await_drawn()
    kernel.save()
    kernel.shut_down()
    with opened(page, lab, "map.ipynb") as notebook:
        expect(notebook.page.locator("section.akwm")).to_contain_text("run the cell again", timeout=SECONDS)


def test_pictures_where_no_worker_may_run(show, kernel):
    """Some sites' policy forbids MapLibre's worker. No silent grey map: what can be drawn is."""
    kernel.page.evaluate("() => { window.Worker = class { constructor() { throw new Error('refused'); } }; }")
    shown = show("center=(-30, 40), zoom=2")
    shown.await_drawn()
    assert shown.root.locator("canvas.maplibregl-canvas").count() == 0
