"""The form more than once: views of one form, and two forms of one kernel."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.form import Form
from tests.browser.notebook import SECONDS
from tests.browser.traces import own_items

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

NEW_VIEW = "notebook:create-output-view"
# A form that has heard of it already has no such button any more; nothing may come between look and press.
PRESS_IF_THERE = """(root, words) => [...root.querySelectorAll('button')]
    .find((button) => button.textContent === words && button.checkVisibility())?.click()"""


def copy_of(form, index):
    """One of several forms on the page."""
    one = Form(form.notebook)
    one.root = form.page.get_by_role("region", name="ArcGIS API key").nth(index)
    one.alert = one.root.get_by_role("alert").filter(visible=True)
    return one


@pytest.fixture
def show(notebook):
    """Shows what code gives in a cell of its own, which shows nothing after the test."""
    cells = []

    def run(code):
        cells.append(notebook.add(code))
        notebook.run(cells[-1])

    yield run
    for cell in cells:
        notebook.rewrite(cell, "None")
        notebook.run(cell)


@pytest.fixture
def two_views(form, portal, show):
    """One form in two cells, signed in in the first."""
    show("form")
    first, second = copy_of(form, 0), copy_of(form, 1)
    expect(second.button("Sign in")).to_be_visible(timeout=SECONDS)
    first.sign_in(portal)
    second.await_presets()
    return first, second


def press_at_once(*controls):
    """Press controls in the same task of the page, before it can hear of what any of them did."""
    handles = [control.element_handle() for control in controls]
    controls[0].page.evaluate("(controls) => controls.forEach((control) => control.click())", handles)


def test_view_beside_the_notebook(form, portal):
    """JupyterLab's own copy of an output is the same form: signed in in one, signed in in both."""
    has = form.page.evaluate("(name) => window.jupyterapp.commands.hasCommand(name)", NEW_VIEW)
    if not has:
        pytest.skip("Notebook 7 shows no output beside the notebook")
    form.notebook.page.locator(".jp-Notebook-cell").first.locator(".cm-content").click()
    form.page.evaluate("(name) => window.jupyterapp.commands.execute(name)", NEW_VIEW)
    forms = form.page.get_by_role("region", name="ArcGIS API key")
    expect(forms).to_have_count(2, timeout=SECONDS)
    first, second = copy_of(form, 0), copy_of(form, 1)
    second.sign_in(portal)
    first.await_presets()
    wizard = first.open_settings()
    wizard.open_step("Details")
    expect(second.heading("Details of the item")).to_be_visible(timeout=SECONDS)
    form.page.get_by_role("tab", name="Output View").locator(".lm-TabBar-tabCloseIcon").click()
    expect(forms).to_have_count(1)
    first.field("Title").fill("One is left")
    wizard.review()
    first.create()
    assert [item["title"] for item in own_items(portal)] == ["One is left"]


def test_create_in_both_views_makes_one_key(two_views, portal):
    """Typed in one, pressed in both at once: one key of that title, told in both."""
    first, second = two_views
    for view in two_views:
        view.root.get_by_text("Title and folder").click()
    first.field("Title").fill("In both")
    expect(second.field("Title")).to_have_value("In both", timeout=SECONDS)
    portal.portal.fail("addItem:slow=1")
    press_at_once(*(view.button("Create key") for view in two_views))
    for view in two_views:
        view.await_key()
        expect(view.root).to_contain_text("In both")
    assert [item["title"] for item in own_items(portal)] == ["In both"]


def test_key_revealed_in_one_view_is_not_shown_in_the_other(two_views):
    """Reveal answers who asked; Sign out in one signs both out."""
    first, second = two_views
    first.create()
    second.await_key()
    key = first.reveal()
    expect(second.root.get_by_text(key)).to_have_count(0)
    second.button("Sign out").click()
    expect(first.button("Sign in")).to_be_visible(timeout=SECONDS)


def test_step_and_focus_of_each_view(two_views):
    """The step is the form's; the focus stays with who typed last."""
    first, second = two_views
    wizard = first.open_settings()
    wizard.open_step("Details")
    first.field("Title").fill("Typed in the first")
    expect(second.field("Title")).to_have_value("Typed in the first", timeout=SECONDS)
    expect(first.field("Title")).to_be_focused()


def test_second_form_beside_the_first(form, portal, show):
    """It begins with the session and the draft of the first; each then makes a key of its own title."""
    form.sign_in(portal)
    show(f"other = KeyForm({portal.url!r})\nother")
    first, second = copy_of(form, 0), copy_of(form, 1)
    second.await_presets()
    for one, title in ((first, "Of the first"), (second, "Of the second")):
        one.root.get_by_text("Title and folder").click()
        one.field("Title").fill(title)
        one.create()
    assert [item["title"] for item in own_items(portal)] == ["Of the first", "Of the second"]
    assert form.notebook.ask("(form.credential.title, other.credential.title)") == (
        "('Of the first', 'Of the second')"
    )


def test_sign_out_in_the_form_beside(form, portal, show):
    """The session is gone for both: the first form says so, asks to sign in again, and keeps its draft."""
    form.sign_in(portal)
    show(f"KeyForm({portal.url!r})")
    first, second = copy_of(form, 0), copy_of(form, 1)
    second.await_presets()
    first.root.get_by_text("Title and folder").click()
    first.field("Title").fill("Kept over the other's end")
    second.button("Sign out").click()
    expect(second.button("Sign in")).to_be_visible(timeout=SECONDS)
    first.root.evaluate(PRESS_IF_THERE, "Create key")
    expect(first.button("Sign in")).to_be_visible(timeout=SECONDS)
    expect(first.alert).to_be_visible()
    assert own_items(portal) == []
    first.sign_in(portal)
    first.root.get_by_text("Title and folder").click()
    expect(first.field("Title")).to_have_value("Kept over the other's end")
