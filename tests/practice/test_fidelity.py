"""The page that says how sure we are, held against the switches."""

from __future__ import annotations

import re
from pathlib import Path

from arcgis_keywidget.practice.switches import Switches

PAGE = (Path(__file__).parents[2] / "docs" / "fidelity.md").read_text(encoding="utf-8")


def test_every_switch_stands_in_its_row():
    """Each by its name and choices, in the last column, the default first; and no switch that is none."""
    listed = dict(re.findall(r"\| `(\w+)=([\w\\|-]+)` \|$", PAGE, re.MULTILINE))
    assert {name: tuple(choices.split("\\|")) for name, choices in listed.items()} == Switches.choices()


def test_every_row_says_how_sure():
    """Each behaviour has five columns, and the second one uses the words that the page explains."""
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in PAGE.splitlines() if line.startswith("| ")]
    behaviours = [row for row in rows if row[0].strip() != "behaviour"]
    assert {len(row) for row in behaviours} == {5}
    sure = re.compile(r"documented|client|repl(y|ies)|assumed|third party")
    assert [row[0] for row in behaviours if not sure.search(row[1])] == []
