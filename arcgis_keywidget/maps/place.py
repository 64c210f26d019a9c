"""Where the page is that shows a map: behind which Jupyter server, under which address, on which machine."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.maps import rendezvous
from arcgis_keywidget.models import origin_of

WAYS = ("auto", "route", "loopback", "session", "direct")

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# Set where the kernel runs on another machine than the page is shown on.
_ELSEWHERE = (
    *("SSH_CONNECTION", "SSH_TTY", "JUPYTERHUB_API_URL", "JUPYTERHUB_SERVICE_PREFIX"),
    *("BINDER_SERVICE_HOST", "COLAB_RELEASE_TAG", "KAGGLE_KERNEL_RUN_TYPE", "CODESPACES"),
    *("REMOTE_CONTAINERS", "KUBERNETES_SERVICE_HOST"),
)


class _Told:
    """What a page of ours told of itself."""

    def __init__(self) -> None:
        self.origin: str | None = None
        self.behind_server = True


_told = _Told()


def told_origin(origin: str) -> None:
    """Take note of the address that a page of ours has, as the browser says it (`location.origin`).

    One that is no http(s) origin, such as those of VS Code, is of a page that no Jupyter server serves.
    """
    try:
        parts = urlsplit(origin)
        if parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc:
            _told.origin, _told.behind_server = origin_of(f"{parts.scheme}://{parts.netloc}"), True
        else:
            _told.origin, _told.behind_server = None, False
    except ValueError:
        return


def choose(delivery: str) -> str:
    """Return the way that a basemap goes.

    Raises:
        FieldError: no such way.
        KeyWidgetError: the route was asked for, or is the only one, and this kernel's server has none.
    """
    if delivery not in WAYS:
        raise FieldError("delivery", f"The ways are {', '.join(WAYS)}.")
    if delivery == "route" or (delivery == "auto" and own_server() is not None):
        need_server()
        return "route"
    if delivery != "auto":
        return delivery
    if is_local():
        return "loopback"
    raise KeyWidgetError(
        "No way to this page keeps the key out of it: the Jupyter server has no route for maps.",
        "Install arcgis-keywidget where the Jupyter server runs and restart it; or choose delivery='session' "
        "(vector styles, Location Platform) or, with the key in the notebook, delivery='direct'.",
    )


def own_server() -> rendezvous.ServerFile | None:
    """Return this kernel's Jupyter server, if it has the route and serves the page."""
    if not _told.behind_server:
        return None
    for process in _parents():
        found = rendezvous.read(rendezvous.server_path(runtime_folder(), process), rendezvous.ServerFile)
        if found is not None:
            return found
    return None


def need_server() -> rendezvous.ServerFile:
    """Return this kernel's Jupyter server.

    Raises:
        KeyWidgetError: it has no route, or there is none.
    """
    server = own_server()
    if server is None:
        raise KeyWidgetError(
            "This kernel's Jupyter server has no route for maps.",
            "Install arcgis-keywidget where the Jupyter server runs, and restart it; see docs/delivery.md.",
        )
    return server


def need_origin() -> str:
    """Return the address under which the page sees its server, without a path.

    Raises:
        KeyWidgetError: it is not known.
    """
    if _told.origin is not None:
        return _told.origin
    server = own_server()
    if server is not None and server.origin and not _is_elsewhere():
        return server.origin
    raise KeyWidgetError(
        "The address of this notebook's page is not known, and this map library wants it.",
        "Show KeyForm() or BasemapMap(...) once in this notebook: their page tells it. Then run this cell "
        "again.",
    )


def is_local() -> bool:
    """Whether the page is shown on the machine that the kernel runs on, as far as can be seen."""
    if _told.origin is not None:
        return (urlsplit(_told.origin).hostname or "") in _LOOPBACK
    return not _is_elsewhere()


def runtime_folder() -> Path:
    """Return the folder where Jupyter's processes find each other."""
    try:
        from jupyter_core.paths import jupyter_runtime_dir  # noqa: PLC0415 (only kernels have it)
    except ImportError:  # a plain Python: no server will look
        return Path(os.environ.get("JUPYTER_RUNTIME_DIR") or Path.home() / ".local/share/jupyter/runtime")
    return Path(jupyter_runtime_dir())


def _is_elsewhere() -> bool:
    return any(os.environ.get(name) for name in _ELSEWHERE)


def _parents() -> list[int]:
    """Return the processes that may have started this kernel."""
    named = os.environ.get("JPY_PARENT_PID", "")
    is_number = named.isdigit() and os.name != "nt"  # there it is a handle
    return [*([int(named)] if is_number else []), os.getppid()]
