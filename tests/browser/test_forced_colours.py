"""The form's styles where the system forces its colours, as contrast themes of Windows do."""

from __future__ import annotations

from importlib.resources import files

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PAGE = """<!doctype html><html lang="en"><title>Forced colours</title><section class="akw">
<div aria-checked="mixed"><span class="akw-check"><span class="akw-box"></span></span></div>
<div class="akw-segments">
<label class="akw-option"><input type="radio" checked><span class="akw-face" id="chosen">7 days</span></label>
</div></section>"""
STYLES = files("arcgis_keywidget") / "static" / "form.css"


@pytest.fixture
def colour(page):
    """The colour of a property of an element, as it is shown."""
    page.emulate_media(forced_colors="active")
    page.set_content(PAGE)
    page.add_style_tag(content=STYLES.read_text(encoding="utf-8"))
    script = "([at, name, part]) => getComputedStyle(document.querySelector(at), part)[name]"
    return lambda at, name="backgroundColor", part=None: page.evaluate(script, [at, name, part])


def test_a_partly_chosen_group_has_its_bar(colour):
    """The bar in the box of a group, some of whose privileges are chosen, is not the box's own colour."""
    assert colour(".akw-box", part="::after") != colour(".akw-box")


def test_the_chosen_segment_stands_out(colour):
    """By its ground, not by the weight of its letters alone."""
    assert colour("#chosen") != colour(".akw")


def test_the_open_step_stands_out(wizard):
    """Every step of the wizard has a border there; that of the open one is another."""
    wizard.form.page.emulate_media(forced_colors="active")
    border = "(stop) => getComputedStyle(stop).borderTopColor"
    colours = {wizard.stop(step).evaluate(border) for step in ("Where used", "Review")}
    assert len(colours) == 2
