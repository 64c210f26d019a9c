"""What Jupyter on this machine knows of us: extensions, its own folders, a Hub."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.doctor.rows import failure, ok, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arcgis_keywidget.doctor.rows import Row

_EXTENSIONS = {
    # name: the folder below labextensions, what is missing without it, what brings it
    "ipywidgets in the page": ("@jupyter-widgets/jupyterlab-manager", "no widget", "jupyterlab_widgets"),
    "anywidget in the page": ("anywidget", "no form", "anywidget"),
    "our JupyterLab extension": ("arcgis-keywidget", "no panel, launcher and status", "arcgis-keywidget"),
}
_SERVER = "arcgis_keywidget"
_HUB = ("JUPYTERHUB_API_URL", "JUPYTERHUB_SERVICE_PREFIX")
_NO_JUPYTER = "Jupyter is not in this environment"


def look_at_jupyter() -> Iterator[Row]:
    """Go through extensions in the page and in the server, and Jupyter's folders."""
    try:
        from jupyter_core import paths  # noqa: PLC0415 (scripts may be without it)
    except ImportError:
        yield warning("Jupyter", _NO_JUPYTER, "That is fine for scripts; notebooks need ipykernel.")
        return
    settings = [Path(folder) for folder in reversed(paths.jupyter_config_path())]
    disabled = _disabled(settings)
    for name, (folder, without, package) in _EXTENSIONS.items():
        places = [Path(place) / folder for place in paths.jupyter_path("labextensions")]
        found = next((place for place in places if (place / "package.json").is_file()), None)
        yield _extension(name, found, without, package, disabled=folder in disabled)
    yield _server_route(settings)
    folders = {"data": paths.jupyter_data_dir(), "runtime": paths.jupyter_runtime_dir()}
    for name, folder in folders.items():
        yield _folder(f"Jupyter's {name} folder", Path(folder))


def look_at_hub() -> Iterator[Row]:
    """Tell whether this is a server of a Hub, and what it says of itself."""
    named = [name for name in _HUB if os.environ.get(name)]
    if not any(name.startswith("JUPYTERHUB_") for name in os.environ):
        yield ok("Hub", "none: no JUPYTERHUB_ variable is set")
    elif len(named) < len(_HUB):
        missing = " and ".join(name for name in _HUB if name not in named)
        yield warning(
            "Hub",
            f"{missing} is not set here",
            "Run this in a terminal of the server itself: a changed environment hides the Hub from kernels.",
        )
    else:
        yield ok("Hub", f"this server is at {os.environ['JUPYTERHUB_SERVICE_PREFIX']}")


def look_at_folders() -> Iterator[Row]:
    """Look at what belongs to this person alone: the home folder, and ours below Jupyter's."""
    yield _folder("home folder", Path.home())
    try:
        from jupyter_core.paths import jupyter_data_dir, jupyter_runtime_dir  # noqa: PLC0415 (as above)
    except ImportError:
        return
    data = Path(jupyter_data_dir()) / "arcgis-keywidget"
    ours = [data, *data.glob("*"), *Path(jupyter_runtime_dir()).glob("akw-*")]
    yield _private([path for path in ours if path.exists()])


def _extension(name: str, found: Path | None, without: str, package: str, *, disabled: bool) -> Row:
    if found is None:
        remedy = f"Where JupyterLab runs, pip install {package}, and reload; see jupyter labextension list."
        return warning(name, f"not found; without it there is {without}", remedy)
    if disabled:
        return failure(name, f"{found}, but disabled", f"jupyter labextension enable {found.name}.")
    return ok(name, str(found))


def _disabled(settings: list[Path]) -> set[str]:
    """Return the names of extensions that JupyterLab was told to leave out."""
    names: dict[str, bool] = {}
    for folder in settings:
        told = _read(folder / "labconfig" / "page_config.json").get("disabledExtensions")
        names |= told if isinstance(told, dict) else dict.fromkeys(told or (), True)
    return {name for name, left_out in names.items() if left_out}


def _server_route(settings: list[Path]) -> Row:
    enabled: bool | None = None
    for folder in settings:
        for file in [
            *sorted((folder / "jupyter_server_config.d").glob("*.json")),
            folder / "jupyter_server_config.json",
        ]:
            server = _read(file).get("ServerApp")
            told = server.get("jpserver_extensions") if isinstance(server, dict) else None
            if isinstance(told, dict) and _SERVER in told:
                enabled = bool(told[_SERVER])
    if enabled:
        return ok("route of the Jupyter server", "enabled")
    found = "disabled" if enabled is False else "not known to Jupyter here"
    remedy = (
        f"Maps on a Hub or a remote machine need it: jupyter server extension enable {_SERVER} --sys-prefix."
    )
    return warning("route of the Jupyter server", found, remedy)


def _read(file: Path) -> dict[str, Any]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}


def _folder(name: str, folder: Path) -> Row:
    """Tell whether a folder, or the nearest one above that is there, can be written."""
    there = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return failure(
            name,
            f"{folder} cannot be written",
            "Ask who runs this machine, or name another one (HOME, JUPYTER_DATA_DIR, JUPYTER_RUNTIME_DIR).",
        )
    return ok(name, str(folder))


def _private(paths: list[Path]) -> Row:
    """Tell whether leases, and the files by which kernel and server meet, are this person's alone."""
    name = "our own files"
    if os.name != "posix":
        return ok(name, f"{len(paths)} there")
    foreign = [path for path in paths if path.lstat().st_uid != os.getuid()]
    opened = [path for path in paths if path.lstat().st_mode & 0o077 and not path.is_symlink()]
    if foreign:
        return failure(name, f"{foreign[0]} belongs to somebody else", "Remove it, or have it given to you.")
    if opened:
        remedy = f"Take their rights away: chmod go-rwx {opened[0]}"
        return warning(name, f"{opened[0]} is open to others", remedy)
    return ok(name, f"{len(paths)} there, open to nobody else" if paths else "none yet")
