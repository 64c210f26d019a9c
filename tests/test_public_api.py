"""The names that others hold on to."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import arcgis_keywidget

HEAVY = ("httpx", "IPython", "anywidget", "ipywidgets", "traitlets", "PIL", "starlette")


def modules_after(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after running some code."""
    script = f"import sys\n{code}\nprint(chr(10).join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("name", arcgis_keywidget.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Each name in __all__ can be had, and is offered for completion."""
    assert getattr(arcgis_keywidget, name) is not None
    assert name in dir(arcgis_keywidget)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A misspelt name fails as it does in any module."""
    with pytest.raises(AttributeError, match="no attribute 'KeyFrom'"):
        arcgis_keywidget.KeyFrom  # noqa: B018 (the access is the test)


def test_importing_the_package_imports_nothing_heavy() -> None:
    """`import arcgis_keywidget` loads none of the libraries that its parts need."""
    assert not modules_after("import arcgis_keywidget").intersection(HEAVY)


def test_the_form_needs_no_map_library_and_no_practice_portal() -> None:
    """Importing KeyForm loads no Pillow, no map library and nothing of the practice portal."""
    loaded = modules_after("from arcgis_keywidget import KeyForm")
    assert "arcgis_keywidget.form.widget" in loaded
    tops = {name.split(".")[0] for name in loaded}
    assert not tops.intersection({"PIL", "starlette", "hypercorn", "ipyleaflet", "folium", "xyzservices"})
    assert not any(name.startswith("arcgis_keywidget.practice") for name in loaded)


def test_the_form_reads_what_draws_its_map_only_with_a_key() -> None:
    """It is there at once; what asks services comes with the first question to one."""
    loaded = modules_after("from arcgis_keywidget import KeyForm")
    assert not any(
        name.startswith(("arcgis_keywidget.services", "arcgis_keywidget.maps.desk")) for name in loaded
    )


def test_the_changelog_knows_this_version() -> None:
    """Unreleased stands on top; below it, where there was a release, the newest is this version."""
    text = (Path(__file__).parent.parent / "CHANGELOG.md").read_text()
    top, *released = re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)
    assert top == "Unreleased"
    assert released[:1] in ([], [arcgis_keywidget.__version__])
