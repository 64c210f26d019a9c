"""docs/practice.md against what there is: its Python runs, and nothing of the command is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arcgis_keywidget.practice import pytest_plugin
from arcgis_keywidget.practice.__main__ import _parser
from arcgis_keywidget.practice.faults import NUMBERED, PLAIN

pytest_plugins = ("pytester",)
PLUGIN = ("-p", "no:arcgis_practice", "-p", "arcgis_keywidget.practice.pytest_plugin", "-p", "no:asyncio")
MANUAL = (Path(__file__).parents[2] / "docs" / "practice.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL)


def test_every_option_kind_and_fixture_is_told():
    """Whoever adds one writes a line about it."""
    options = [
        word for action in _parser()._actions for word in action.option_strings if word.startswith("--")
    ]
    fixtures = [name for name in dir(pytest_plugin) if name.startswith("practice_")]
    words = [*options, *fixtures, *PLAIN, *(f"{kind}=" for kind in NUMBERED)]
    assert [word for word in words if f"`{word}" not in MANUAL and word != "--help"] == []


def test_its_tests_pass(pytester):
    """The example of the pytest plugin, in a run of its own."""
    pytester.makepyfile(*(block for block in BLOCKS if "def test_" in block))
    pytester.runpytest_subprocess(*PLUGIN, "--strict-markers").assert_outcomes(passed=2)


@pytest.mark.parametrize("block", [block for block in BLOCKS if "def test_" not in block])
def test_its_python_runs(block):
    """As it stands there."""
    exec(compile(block, "practice.md", "exec"), {})  # noqa: S102 (the project's own manual)
