"""docs/cli.md is what the code gives."""

from __future__ import annotations

from pathlib import Path

from arcgis_keywidget.cli import COMMANDS
from tools.cli_reference import PAGE, reference

ROOT = Path(__file__).parents[2]


def test_the_page_is_what_the_code_gives() -> None:
    """Else: python tools/cli_reference.py."""
    assert PAGE.read_text(encoding="utf-8") == reference()


def test_every_command_is_told() -> None:
    """In the order of the table."""
    headings = [line.removeprefix("### ") for line in reference().splitlines() if line.startswith("### ")]
    assert headings == [*COMMANDS]
