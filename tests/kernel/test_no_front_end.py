from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from arcgis_keywidget.form.draft import Draft

pytestmark = pytest.mark.kernel

FIRST_KEY = Path(__file__).resolve().parents[2] / "notebooks" / "01_first_key.ipynb"


@pytest.fixture
def executed(tmp_path, monkeypatch):
    """The first notebook, executed as papermill and nbconvert do it, errors and all."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    notebook = nbformat.read(FIRST_KEY, as_version=4)
    client = NotebookClient(notebook, timeout=90, allow_errors=True, store_widget_state=True)
    client.execute()
    return notebook


def test_form_says_what_to_do(executed):
    """Where no form can be seen, the cell shows the same job in code, and the run does not hang."""
    (output,) = next(cell for cell in executed.cells if cell.id == "form").outputs
    assert "Portal.connect" in output.data["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in output.data


def test_next_cell_says_that_there_is_no_key(executed):
    """Without a key the next cell fails with one clear sentence and a hint."""
    (output,) = next(cell for cell in executed.cells if cell.id == "tile").outputs
    assert output.output_type == "error"
    assert "key" in output.evalue
    assert "KeyForm" in output.evalue


def test_saved_state_holds_nothing_of_the_account(executed):
    """By default nbclient saves widget state: ours is a phase, a step, a number, and a form that is empty."""
    states = executed.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
    (snapshot,) = [model["state"]["snapshot"] for model in states if "snapshot" in model["state"]]
    assert set(snapshot) == {"phase", "step", "revision", "opening"}
    empty = Draft(portal="practice", title=snapshot["opening"]["draft"]["title"])
    assert snapshot["opening"]["draft"] == empty.as_dict()
    assert snapshot["opening"]["key_variables"] == []
