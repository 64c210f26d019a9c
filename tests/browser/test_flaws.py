"""That flaws planted inside an element are seen, and what is around it is left alone."""

from __future__ import annotations

import pytest

from tests.browser.axe import violations
from tests.browser.look import flaws

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><title>Flaws</title><main>
<input id="outside">
<section aria-label="Form"><h3>Sign in</h3>
<label>User <input></label> <input id="nameless" style="margin: 24px">
<p style="color: #aaa; background: #fff">too faint</p>
<button style="width: 12px; height: 12px; padding: 0" aria-label="a"></button><button
 style="width: 12px; height: 12px; padding: 0" aria-label="b"></button>
</section></main>"""


def test_planted_flaws_are_found(page):
    """A field without a name, faint text and small targets: each with rule and selector, nothing outside."""
    page.set_content(PAGE)
    found = violations(page.get_by_role("region", name="Form"))
    rules = {line.partition(" ")[0] for line in found}
    assert {"label", "color-contrast", "target-size"} <= rules
    assert any("at #nameless:" in line for line in found)
    assert not any("#outside" in line for line in found)


def test_a_clean_part_has_none(page):
    """The same page without the flaws inside the part, whatever is outside."""
    page.set_content(PAGE.partition(' <input id="nameless"')[0] + "</section></main>")
    assert violations(page.get_by_role("region", name="Form")) == []


CONTROLS = """<input value="typed"> <input value="to: be"> <input type="number" value="7"> <input disabled>
<div role="tree"><div role="treeitem" aria-label="Named" tabindex="0">of a tree</div></div>
<label>Named <input value="typed"></label>"""


def test_a_control_without_a_name_is_found_whatever_it_holds(page):
    """Fields with a value, a number, a state; a tree; not those that have a name."""
    page.set_content(f'<main><section aria-label="Form">{CONTROLS}</section></main>')
    found = [flaw for flaw in flaws(page.get_by_role("region", name="Form")) if flaw.startswith("no name")]
    roles = [flaw.removeprefix("no name: - ").split()[0].rstrip(":") for flaw in found]
    assert roles == ["textbox", "textbox", "spinbutton", "textbox", "tree"]
