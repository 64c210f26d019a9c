"""docs/design.md against what there is: rooms, messages, errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import arcgis_keywidget
from arcgis_keywidget import errors
from arcgis_keywidget.config import FormConfig
from arcgis_keywidget.form import messages

PACKAGE = Path(arcgis_keywidget.__file__).parent
ROOT = PACKAGE.parent
PAGE = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")


def part(heading: str) -> str:
    """What stands under a heading."""
    return PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def test_every_kind_of_message_is_told():
    """Those that the kernel answers, and no others; the page's half has the same."""
    rows = re.findall(r"^\| (`.+?) \| ", part("The form"), re.MULTILINE)
    assert {kind for row in rows for kind in re.findall(r"`([\w-]+)`", row)} == set(messages._KINDS)
    protocol = (ROOT / "js" / "src" / "form" / "protocol.ts").read_text(encoding="utf-8")
    answers = protocol.partition("interface Answers {")[2].partition("\n}")[0]
    assert set(re.findall(r'^  "?([\w-]+)"?:', answers, re.MULTILINE)) == set(messages._KINDS)


def test_every_error_is_drawn():
    """The tree has each of them, once."""
    tree = part("Errors").split("```")[1].replace("(a ValueError)", "")
    assert sorted(re.findall(r"\b\w+Error\b", tree)) == sorted(errors.__all__)


def test_every_setting_is_told():
    """What an administrator may set."""
    text = part("The form").partition("**Configuration.**")[2]
    assert [name for name in FormConfig.class_trait_names(config=True) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("room", ["models", "privileges", "_http", "portal", "maps", "form", "cli"])
def test_every_file_of_the_client_is_told(room):
    """Each by its name."""
    files = [path.name for path in (PACKAGE / room).glob("[!_]*.py")]
    assert [name for name in files if f"`{name}`" not in PAGE and f"`{room}/{name}`" not in PAGE] == []
