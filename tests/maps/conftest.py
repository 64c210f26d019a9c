"""Pages, a real Jupyter server with our route, and servers that mean no good."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from arcgis_keywidget.maps import place
from tests.browser.server import Server, free_port
from tests.maps.hostile import serve_hostile
from tests.maps.web import Answered, ask
from tests.services.conftest import make_key  # noqa: F401 (a fixture)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.maps.hostile import Hostile

TOKEN = "token-of-the-jupyter-server"


@dataclass(frozen=True)
class Jupyter:
    """A Jupyter server in a process of its own."""

    origin: str
    base_url: str
    runtime: Path
    server: Server

    @property
    def process(self) -> int:
        """Its number."""
        return self.server._process.pid

    def ask(self, path: str, method: str = "GET", token: str | None = TOKEN, **headers: str) -> Answered:
        """Ask for a root-relative address, signed in unless told otherwise."""
        signed = {"Authorization": f"token {token}"} if token is not None else {}
        return ask(self.origin + path, method, **signed, **headers)


@pytest.fixture(scope="session", params=["/", "/user/ann/"], ids=["root", "hub"])
def jupyter_server(request, tmp_path_factory) -> Iterator[Jupyter]:
    """A Jupyter server as people have it, and one as JupyterHub starts them for each person."""
    base, folder, port = request.param, tmp_path_factory.mktemp("jupyter"), free_port()
    runtime = folder / "runtime"
    command = [
        *(sys.executable, "-m", "jupyter_server", "--no-browser", "--ip=127.0.0.1", f"--port={port}"),
        *(f"--ServerApp.base_url={base}", f"--ServerApp.root_dir={folder}", "--allow-root"),
        "--ServerApp.port_retries=0",
    ]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "JPY_"))},
        "HOME": str(folder),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTER_TOKEN": TOKEN,
    }
    origin = f"http://127.0.0.1:{port}"
    with Server(command, f"{origin}{base}api", folder / "server.log", folder, environment) as server:
        yield Jupyter(origin, base, runtime, server)


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A plain Python on this machine, that no Jupyter server started, and of which no page has told."""
    for name in (*place._ELSEWHERE, "JPY_PARENT_PID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setattr(place, "_told", place._Told())


@pytest.fixture
def jupyter(jupyter_server: Jupyter, nowhere: None, monkeypatch: pytest.MonkeyPatch) -> Jupyter:
    """The server, taken for the one that started this process as a kernel."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(jupyter_server.runtime))
    monkeypatch.setenv("JPY_PARENT_PID", str(jupyter_server.process))
    return jupyter_server


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """A server that answers with what no basemap service should, and the key that it gets."""
    with serve_hostile() as state:
        yield state
