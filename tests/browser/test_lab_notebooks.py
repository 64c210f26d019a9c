"""JupyterLab's part among notebooks: which one panel and status bar keep to, and where code goes."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab import APPLICATION
from tests.browser.look import flaws
from tests.browser.notebook import SECONDS, write
from tests.browser.test_lab import USE, book, command, status  # noqa: F401 (book is a fixture)
from tests.browser.test_lab_hands import await_cell
from tests.browser.test_lab_kernels import kernels, panel, write_for  # noqa: F401 (kernels is a fixture)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.thorough,
    pytest.mark.timeout(300),
    pytest.mark.skipif(APPLICATION != "lab", reason="Notebook 7 shows one document a page"),
]


@pytest.fixture
def notebook(book):  # noqa: F811 (the fixture)
    """A notebook of two empty cells."""
    return book


def bring(notebook, path: str, **given) -> None:
    """Open a document beside the notebook, or bring it to the front."""
    notebook.page.evaluate(
        "([path, given]) => window.jupyterapp.commands.execute('docmanager:open', {path, ...given})",
        [path, given],
    )
    in_front = "(path) => window.jupyterapp.shell.currentWidget?.context?.path === path"
    notebook.page.wait_for_function(in_front, arg=path, timeout=SECONDS)


def open_form(notebook):
    """Open the form in the side panel; its address field."""
    command(notebook, "my-keys")
    return form_of(notebook)


def form_of(notebook):
    """The button of the form in the side panel, once the form is there and may be pressed."""
    button = panel(notebook).get_by_role("button", name="Sign in", exact=True)
    expect(button).to_be_visible(timeout=SECONDS)
    return button


def test_a_document_without_a_kernel_in_front_changes_nothing(notebook, lab):
    """Panel and status keep to the last notebook: what stands in a file can be copied into the form."""
    (lab.root / "notes.txt").write_text("https://gis.example.com/portal")
    notebook.rewrite(0, USE.format(days=9.5))
    notebook.run(0)
    open_form(notebook)
    bring(notebook, "notes.txt")
    notebook.page.wait_for_timeout(500)
    form_of(notebook)
    expect(status(notebook)).to_have_text(re.compile("9 days left$"))
    notebook.page.evaluate("() => window.jupyterapp.commands.execute('application:close')")
    notebook.await_kernel()


def test_a_notebook_that_was_closed_and_opened_again_gets_a_form_that_works(notebook):
    """Its kernel ran on; a dead form does not come back. Names of the notebook may be anything."""
    notebook.rewrite(0, "display = None")
    notebook.run(0)
    notebook.save()
    open_form(notebook)
    notebook.page.evaluate("() => window.jupyterapp.commands.execute('application:close')")
    expect(panel(notebook)).to_contain_text("Open a notebook", timeout=SECONDS)
    bring(notebook, "lab.ipynb")
    notebook.await_kernel()
    panel(notebook).get_by_role("button", name="Open the form here").click(timeout=SECONDS)
    form_of(notebook)
    expect(panel(notebook)).not_to_contain_text("lost its kernel")


def test_each_kernel_has_its_form_and_keeps_it(notebook, lab):
    """What was typed is there again when its notebook is in front again."""
    write(lab.root / "other.ipynb", "")
    open_form(notebook)
    panel(notebook).get_by_label("User name", exact=True).fill("ada")
    bring(notebook, "other.ipynb")
    expect(panel(notebook).get_by_role("button", name="Open the form here")).to_be_visible(timeout=SECONDS)
    bring(notebook, "lab.ipynb")
    form_of(notebook)
    expect(panel(notebook).get_by_label("User name", exact=True)).to_have_value("ada")
    bring(notebook, "other.ipynb")
    notebook.shut_down()
    bring(notebook, "lab.ipynb")


def test_a_key_of_a_notebook_behind_is_heard(notebook, lab):
    """Its cell ends, and the key comes, while another is in front of a page that was just loaded."""
    write(lab.root / "other.ipynb", "")
    notebook.rewrite(0, f"import time\ntime.sleep(12)\n{USE.format(days=9.5)}")
    notebook.save()
    bring(notebook, "other.ipynb")
    notebook.page.wait_for_timeout(2_000)
    bring(notebook, "lab.ipynb")
    notebook.start(0)
    bring(notebook, "other.ipynb")
    notebook.page.wait_for_timeout(1_000)
    notebook.page.goto(f"{lab.url}/lab")
    notebook.page.wait_for_function(
        "() => window.jupyterapp?.shell?.currentWidget?.context?.path === 'other.ipynb'", timeout=SECONDS
    )
    notebook.page.wait_for_timeout(14_000)
    notebook.shut_down()
    bring(notebook, "lab.ipynb")
    expect(status(notebook)).to_have_text(re.compile("9 days left$"), timeout=SECONDS)


def test_code_goes_into_a_code_cell_whatever_new_cells_are(notebook):
    """The notebook's settings may make them Markdown."""
    setting = "@jupyterlab/notebook-extension:tracker"
    kind = "(kind) => window.jupyterapp.serviceManager.settings.save"
    kind += f"('{setting}', JSON.stringify({{defaultCell: kind}}))"
    notebook.page.evaluate(kind, "markdown")
    try:
        notebook.page.reload()
        notebook.await_kernel()
        command(notebook, "new-key")
        expect(notebook.form.get_by_role("button", name="Sign in", exact=True)).to_be_visible(timeout=SECONDS)
    finally:
        notebook.page.evaluate(kind, "code")


@pytest.mark.usefixtures("kernels")
def test_a_new_key_does_not_run_in_another_language(notebook, lab):
    """It gets a notebook of its own."""
    bring(notebook, write_for(lab, "echo", "echo"))
    notebook.page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'",
        timeout=SECONDS,
    )
    command(notebook, "new-key")
    expect(notebook.form.get_by_role("button", name="Sign in", exact=True)).to_be_visible(timeout=SECONDS)
    await_cell(notebook, "KeyForm")
    assert "KeyForm" not in json.dumps(
        notebook.page.evaluate(
            "() => [...window.jupyterapp.shell.widgets('main')]"
            ".find(one => one.context?.path === 'echo.ipynb').model.toJSON()"
        )
    )


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("days", [9.5, 1.5, -1])
def test_the_status_item_can_be_read(notebook, theme, days):
    """In each tone; a long title leaves room to others."""
    notebook.show_theme(theme)
    try:
        notebook.rewrite(0, USE.format(days=days))
        notebook.run(0)
        expect(status(notebook)).to_be_visible(timeout=SECONDS)
        assert flaws(status(notebook)) == []
        open_form(notebook)
        assert flaws(panel(notebook)) == []
    finally:
        notebook.show_theme("Light")
