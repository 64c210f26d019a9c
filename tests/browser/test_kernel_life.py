from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import FORM
from tests.browser.form import Form
from tests.browser.lab import SAVE_STATE, JupyterServer
from tests.browser.notebook import SECONDS, opened, write
from tests.browser.traces import count_requests, own_items

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab that saves widget state, so that a reopened notebook shows the form again."""
    with JupyterServer(tmp_path_factory.mktemp("lab"), settings=SAVE_STATE) as server:
        yield server


@pytest.fixture
def form(page, lab, portal):
    """The form in a kernel of its own, signed in."""
    write(lab.root / "life.ipynb", FORM.format(portal.url))
    with opened(page, lab, "life.ipynb") as notebook:
        notebook.run(0)
        form = Form(notebook)
        form.sign_in(portal)
        yield form


def test_reload_of_the_page_shows_the_same_form(form):
    """After a reload the widget manager finds the kernel's form again: still signed in, key still there."""
    form.create()
    form.notebook.save()
    form.page.reload()
    form.notebook.await_kernel()
    form.await_key()
    assert form.copy().startswith("AAPTpractice")


def test_reload_of_the_page_keeps_the_step(form):
    """The open step and what was typed in it are the kernel's: a reloaded page goes on there."""
    wizard = form.open_settings()
    wizard.open_step("Details")
    form.field("Title").fill("Kept over a reload")
    wizard.open_step("Expiry & referrers")
    form.page.wait_for_timeout(1_000)  # the kernel hears of it a moment later
    form.notebook.save()
    form.page.reload()
    form.notebook.await_kernel()
    wizard.expect_step("Expiry & referrers")
    wizard.expect_value("Details", "Kept over a reload")


def test_second_form_takes_over(form, portal):
    """Running the cell again in the same kernel goes on where the last form stood."""
    form.notebook.run(0)
    form.await_presets()
    assert count_requests(portal, "generateToken") == 1


def test_restarted_kernel_is_said(form):
    """A restart takes session and key: the form says so, and what to do."""
    form.notebook.restart_kernel()
    expect(form.root).to_contain_text("This form has lost its kernel; run the cell again.", timeout=SECONDS)
    form.notebook.run(0)
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)


def test_restarted_kernel_is_said_in_the_wizard(form):
    """The next press tells that the kernel is gone; nothing pretends to be saved."""
    wizard = form.open_settings()
    form.notebook.restart_kernel()
    wizard.stop("Details").click()
    expect(form.root).to_contain_text("This form has lost its kernel; run the cell again.", timeout=SECONDS)


def test_reopened_notebook_says_to_run_the_cell(form, page, lab):
    """Opened again the next day, in another kernel, the form knows nobody and says to run the cell."""
    form.notebook.save()
    form.notebook.shut_down()
    with opened(page, lab, "life.ipynb") as notebook:
        expect(notebook.form).to_contain_text("run the cell again", timeout=SECONDS)
        assert "ada" not in notebook.form.inner_text()


def test_interrupt_leaves_the_form_alone(form, portal):
    """The stop button ends the running cell, not the form's work."""
    cell = form.notebook.add("import time\ntime.sleep(600)")
    form.notebook.start(cell)
    form.notebook.interrupt()
    assert "KeyboardInterrupt" in str(form.notebook.finish(cell))
    form.create()
    assert len(own_items(portal)) == 1
