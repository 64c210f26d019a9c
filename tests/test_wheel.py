"""What people get: the wheel, built as a release would be."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAB = "/data/share/jupyter/labextensions/arcgis-keywidget/"


@pytest.fixture(scope="module")
def names(tmp_path_factory) -> list[str]:
    """The names in a wheel that was built just now."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True, timeout=150)
    (wheel,) = folder.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


def test_jupyter_finds_its_parts(names) -> None:
    """The extension of JupyterLab, built, with its settings and its origin; and the route of the server."""
    lab = {name.partition(LAB)[2] for name in names if LAB in name}
    assert {"package.json", "install.json", "schemas/arcgis-keywidget/plugin.json"} <= lab
    assert any(name.startswith("static/remoteEntry.") for name in lab)
    assert any(name.endswith("/etc/jupyter/jupyter_server_config.d/arcgis_keywidget.json") for name in names)


def test_the_page_gets_its_code(names) -> None:
    """The form and the map are there, each part."""
    built = {path.name for path in (ROOT / "arcgis_keywidget" / "static").iterdir()}
    assert "form.js" in built
    assert {f"arcgis_keywidget/static/{name}" for name in built} <= set(names)


def test_nothing_else_is_in_it(names) -> None:
    """Neither sources of the page nor tests; the extension stands once."""
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"arcgis_keywidget"}
    assert not [name for name in names if "/tests/" in name or "node_modules" in name or name.endswith(".ts")]
    assert not [name for name in names if name.startswith("arcgis_keywidget/labextension")]
