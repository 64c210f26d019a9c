"""What people get: the wheel, built as a release would be."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAB = "/data/share/jupyter/labextensions/arcgis-keywidget/"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with the source archive, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True, timeout=150)
    return folder


@pytest.fixture(scope="module")
def names(built) -> list[str]:
    """The names in a wheel that was built just now."""
    (wheel,) = built.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


def test_the_source_archive_needs_no_node(built) -> None:
    """It holds all that the page gets: a wheel can be made of it where there is no npm, nor a network."""
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    folder = ROOT / "arcgis_keywidget"
    made = {
        path for part in ("static", "labextension") for path in (folder / part).rglob("*") if path.is_file()
    }
    assert {path.relative_to(ROOT).as_posix() for path in made} <= names
    assert not [name for name in names if "node_modules" in name]


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
