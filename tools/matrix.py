"""Run the rounds of the matrix, each in the environment it needs, and write docs/matrix.md.

Three rounds run the kernel, browser and leak tests in supported environments, `lab42` their main lines;
`marimo` makes a key in that notebook; `maps` puts basemaps into every map library; `clients` runs the clients
of others against the practice portal, `practice` what it must endure at length.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

import matrix_table as table

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv-matrix"
TABLE = ROOT / "docs" / "matrix.md"
TESTS = ("tests/kernel", "tests/browser", "tests/leaks")
SHOWN = ("jupyterlab", "notebook", "ipykernel", "ipywidgets", "anywidget", "httpx")
MARIMO, MAPS, CLIENTS, PRACTICE = "marimo", "maps", "clients", "practice"
LIBRARIES = (
    *(
        "ipyleaflet",
        "leafmap",
        "folium",
        "geopandas",
        "maplibre[jupyter]",
        "pydeck",
        "plotly",
        "bokeh",
        "hvplot",
    ),
    *("geoviews", "xyzservices", "contextily", "matplotlib", "cartopy"),
    "lonboard<0.17",  # newer ones load, as they are shown, a parquet-wasm that npm does not have
)
BESIDE = (
    "mapclassify",  # for explore
    "nbconvert",  # makes the pages that are searched
    "pyarrow",  # lonboard reads frames with it
    "rasterio",  # for axes that are not in EPSG:3857
)


@dataclass(frozen=True)
class Round:
    """One environment: what is pinned in it, and which application shows the notebooks."""

    name: str
    title: str
    pins: tuple[str, ...] = ()
    application: str = "lab"
    tests: tuple[str, ...] = TESTS


SMOKE = ("tests/kernel/test_status.py", "tests/browser/test_first_key.py", "tests/browser/test_lab.py")
ROUNDS = (
    Round("lab", "JupyterLab, newest ipykernel"),
    Round("ipykernel6", "JupyterLab, ipykernel 6", pins=("ipykernel<7",)),
    Round("notebook", "Notebook 7, newest ipykernel", application="notebook"),
    # The oldest that is said to work, in its main lines.
    Round("lab42", "JupyterLab 4.2", pins=("jupyterlab==4.2.*", "notebook==7.2.*"), tests=SMOKE),
)


def make_environment(name: str) -> Path:
    """Make an environment anew; return its interpreter."""
    place = FOLDER / name
    venv.create(place, with_pip=True, clear=True)
    return place / "bin" / "python"


def install(python: Path, *packages: str) -> dict[str, str]:
    """Install packages in an environment; return the versions in it."""
    pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
    environment = {**os.environ, "SKIP_JUPYTER_BUILDER": "1"}
    subprocess.run([*pip, "install", "--quiet", *packages], cwd=ROOT, env=environment, check=True)
    listed = subprocess.run([*pip, "list", "--format=json"], capture_output=True, text=True, check=True)
    return {package["name"].lower(): package["version"] for package in json.loads(listed.stdout)}


def run_tests(python: Path | str, *arguments: str, **environment: str) -> tuple[bool, str]:
    """Run pytest; return whether all passed, and its closing line."""
    command = [str(python), "-m", "pytest", *arguments]
    environment = {**os.environ, **environment}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, flush=True)
    closing = done.stdout.strip().splitlines()[-1].strip("= ")
    return done.returncode == 0, re.sub(r" in [\d.]+s.*", "", closing)


def run_round(one: Round) -> tuple[bool, str]:
    """Run the tests of a round; return whether all passed, and its row."""
    python = make_environment(one.name)
    versions = install(python, "--editable", ".[test]", *one.pins)
    passed, closing = run_tests(python, *one.tests, "-m", "not matrix", KEYWIDGET_APPLICATION=one.application)
    seen = (versions[name] for name in SHOWN)
    return passed, table.make_row(one.title, table.today(), sys.version.split()[0], *seen, closing)


def run_marimo() -> tuple[bool, str]:
    """Make a key in marimo; return whether it passed, and its section."""
    python = make_environment(MARIMO)
    version = install(python, "--editable", ".[test]", MARIMO)[MARIMO]
    passed, closing = run_tests(python, "tests/browser/test_marimo.py", "-m", "matrix")
    return passed, table.show_others(f"marimo {version}", closing)


def run_maps() -> tuple[bool, str]:
    """Put basemaps into every map library; return whether all passed, and their section."""
    python = make_environment(MAPS)
    versions = install(python, "--editable", ".[test]", *LIBRARIES, *BESIDE)
    passed, closing = run_tests(python, "tests/maps", "-m", "matrix or not matrix")
    names = [re.split(r"[<[]", library)[0] for library in LIBRARIES]
    return passed, table.show_maps({name: versions[name] for name in names}, closing)


def run_clients() -> tuple[bool, str]:
    """Run every client, the heavy ones too; return whether all passed, and their section."""
    python = make_environment("arcgis")
    # This package as well: people have both, and a GIS is handed over within one process.
    if "six" not in install(python, "--editable", ".", "arcgis"):  # it is imported there, but not asked for
        install(python, "six")
    with tempfile.TemporaryDirectory() as folder:
        calls = Path(folder, "calls.jsonl")
        passed, closing = run_tests(
            *(sys.executable, "tests/clients", "-m", "matrix or not matrix"),
            KEYWIDGET_CALLS=str(calls),
            KEYWIDGET_ARCGIS_PYTHON=str(python),
        )
        counts = table.count_calls(calls.read_text().splitlines() if calls.exists() else [])
    return passed, table.show_clients(counts, closing)


def run_practice() -> tuple[bool, str]:
    """Run the long tests, a rotation under load among them; return whether all passed, and the section."""
    passed, closing = run_tests(
        sys.executable, "tests/practice", "tests/portal", "-m", "matrix", "--timeout=3600"
    )
    return passed, table.show_long(closing)


def main() -> int:
    """Run the rounds that are named, or all; write the table; fail if one round failed."""
    names = [*(one.name for one in ROUNDS), MARIMO, MAPS, CLIENTS, PRACTICE]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="*", metavar="ROUND", help=f"of {', '.join(names)}; all without one")
    chosen = parser.parse_args().rounds or names
    if unknown := set(chosen) - set(names):
        parser.error(f"no such round: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    sections = table.read_sections(TABLE.read_text())
    rows = table.read_rows(sections.get(table.KERNELS, ""))
    good = True
    for one in ROUNDS:
        if one.name in chosen:
            passed, rows[one.title] = run_round(one)
            good = good and passed
    sections[table.KERNELS] = table.show_kernels(rows, [one.title for one in ROUNDS], SHOWN)
    further = (
        (MARIMO, table.OTHERS, run_marimo),
        (MAPS, table.MAPS, run_maps),
        (CLIENTS, table.CLIENTS, run_clients),
        (PRACTICE, table.LONG, run_practice),
    )
    for name, heading, run in further:
        if name in chosen:
            passed, sections[heading] = run()
            good = good and passed
    table.write_table(TABLE, sections)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
