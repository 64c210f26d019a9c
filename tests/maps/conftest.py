"""Pages, a real Jupyter server with our route, and servers that mean no good."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from arcgis_keywidget.maps import place
from tests.maps.hostile import serve_hostile
from tests.maps.jupyter import Jupyter, serve
from tests.services.conftest import make_key  # noqa: F401 (a fixture)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.maps.hostile import Hostile


@pytest.fixture(scope="session")
def servers(tmp_path_factory) -> Iterator[Callable[[str], Jupyter]]:
    """A function that gives the Jupyter server below a path, started when it is first asked for."""
    started: dict[str, Jupyter] = {}
    with ExitStack() as stack:

        def get(base_url: str) -> Jupyter:
            if base_url not in started:
                started[base_url] = stack.enter_context(serve(base_url, tmp_path_factory.mktemp("jupyter")))
            return started[base_url]

        yield get


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A plain Python on this machine, that no Jupyter server started, and of which no page has told."""
    for name in (*place._ELSEWHERE, "JPY_PARENT_PID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setattr(place, "_told", place._Told())


@pytest.fixture
def started_by(servers, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Jupyter]:
    """A function that has a server taken for the one that started this process as a kernel."""

    def start(base_url: str) -> Jupyter:
        server = servers(base_url)
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(server.runtime))
        monkeypatch.setenv("JPY_PARENT_PID", str(server.process))
        return server

    return start


@pytest.fixture(params=["/", "/user/ann/"], ids=["root", "hub"])
def jupyter(request, started_by) -> Jupyter:
    """A Jupyter server as people have it, and one as JupyterHub starts them for each person."""
    return started_by(request.param)


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """A server that answers with what no basemap service should, and the key that it gets."""
    with serve_hostile() as state:
        yield state
