"""Which versions are installed in this environment."""

from __future__ import annotations

import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING

from arcgis_keywidget import __version__
from arcgis_keywidget.doctor.rows import failure, ok, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arcgis_keywidget.doctor.rows import Row

_NEEDED = ("ipywidgets", "anywidget", "traitlets", "httpx", "h2")
_FRONT_ENDS = {"jupyterlab": "4", "notebook": "7", "ipykernel": "6"}
"""Which oldest version of each will do; they may stand in another environment than the kernel."""
_OPTIONAL = (
    *("keyring", "python-dotenv", "geopandas", "pillow", "ipyleaflet", "folium", "geemap", "leafmap"),
    *(
        "lonboard",
        "pydeck",
        "plotly",
        "bokeh",
        "contextily",
        "cartopy",
        "matplotlib",
        "rasterio",
        "starlette",
    ),
)


def look_at_software() -> Iterator[Row]:
    """Go through Python, this package, what it needs, front ends, and what it can use."""
    yield ok("Python", f"{platform.python_version()} ({platform.system()}), {sys.executable}")
    yield ok("arcgis-keywidget", __version__)
    for name in _NEEDED:
        yield _needed(name, _least().get(name, "0"))
    for name, least in _FRONT_ENDS.items():
        yield _front_end(name, least)
    there = [f"{name} {found}" for name in _OPTIONAL if (found := version_of(name))]
    absent = [name for name in _OPTIONAL if not version_of(name)]
    yield ok("optional libraries", f"{', '.join(there) or 'none'}; absent: {', '.join(absent) or 'none'}")


def version_of(name: str) -> str:
    """Return the version of a package, empty where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _needed(name: str, least: str) -> Row:
    found = version_of(name)
    if not found:
        return failure(name, "not installed", f"Install it: pip install '{name}>={least}'.")
    if _numbers(found) < _numbers(least):
        return failure(name, f"{found}, {least} is needed", f"Install it: pip install '{name}>={least}'.")
    return ok(name, found)


def _front_end(name: str, least: str) -> Row:
    found = version_of(name)
    if not found:
        remedy = "That is fine if Jupyter runs in another environment, or nowhere here; else pip install it."
        return warning(name, "not in this environment", remedy)
    if _numbers(found) < _numbers(least):
        return failure(name, f"{found}, {least} is the oldest that works", f"pip install --upgrade {name}.")
    return ok(name, found)


def _least() -> dict[str, str]:
    """Return the oldest versions that this package asks for."""
    try:
        asked = requires("arcgis-keywidget") or []
    except PackageNotFoundError:  # run from its sources
        return {}
    found = (re.match(r"([\w.-]+)(?:\[[\w,]+\])?>=([\d.]+)", one) for one in asked)
    return {match[1]: match[2] for match in found if match}


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])
