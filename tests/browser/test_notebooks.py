"""The notebooks that come with the project, run by hand in JupyterLab from their first cell to their last."""

from __future__ import annotations

import shutil

import pytest

from tests.browser.conftest import ROOT
from tests.browser.form import Form
from tests.browser.notebook import opened

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LAYER = "World capitals"


def run_through(page, lab, name: str, *, layer: bool = False) -> dict[int, list]:
    """Make the key in the first code cell, run the others; return the outputs of each cell."""
    shutil.copy(ROOT / "notebooks" / name, lab.root)
    with opened(page, lab, name) as notebook:
        codes = [place for place in range(notebook.count()) if notebook.cell(place)["cell_type"] == "code"]
        notebook.run(codes[0])
        form = Form(notebook)
        form.button("Use the practice portal").click()
        form.await_presets()
        if layer:
            form.pick_item(LAYER)
        form.create()
        key = form.copy()
        outputs = {place: notebook.run(place) for place in codes[1:]}
        assert key not in notebook.save()
    return outputs


def kinds_of(outputs: list) -> set[str]:
    """The kinds of an output's data, `error` for one that is an error."""
    return set().union(*({*output.get("data", {}), output["output_type"]} for output in outputs))


def test_basemaps_everywhere(page, lab) -> None:
    """Gallery, maps, a picture, a library's map: each cell shows what its words say, and no key."""
    found = {
        place: kinds_of(outputs)
        for place, outputs in run_through(page, lab, "02_basemaps_everywhere.ipynb").items()
    }
    assert not [place for place, kinds in found.items() if "error" in kinds], found
    kinds = [*found.values()]
    assert "text/html" in kinds[0]
    assert "image/png" in kinds[2]
    widgets = [shown for shown in kinds if "application/vnd.jupyter.widget-view+json" in shown]
    assert len(widgets) == 3


def test_a_private_layer(page, lab) -> None:
    """Checked, read, as a frame, on a map; and the key is gone at the end."""
    outputs = run_through(page, lab, "03_private_layer.ipynb", layer=True)
    found = {place: kinds_of(shown) for place, shown in outputs.items()}
    assert not [place for place, kinds in found.items() if "error" in kinds], found
    shown = [kinds for kinds in found.values() if kinds]
    assert all("text/html" in kinds for kinds in shown[:4])
    assert "application/vnd.jupyter.widget-view+json" in shown[4]


def test_the_life_of_a_key(page, lab) -> None:
    """Listed, rotated, matched, changed, and deleted at the end; the warning before live keys end is told."""
    outputs = [*run_through(page, lab, "04_key_lifecycle.ipynb").values()]
    assert not [kinds for kinds in map(kinds_of, outputs) if "error" in kinds], outputs
    told = ["".join(str(output.get("text") or output.get("data")) for output in shown) for shown in outputs]
    assert "slot 1 live, slot 2 free" in told[0]
    assert "days left" in told[1]
    assert "image/png" in told[2]
    assert "(1, 'free'), (2, 'live')" in told[3]
    assert "Rotated in class" in told[5]
    assert "end_keys=True" in told[6]
    assert "Rotated in class" in told[7]
    assert "Rotated in class" in told[8]
