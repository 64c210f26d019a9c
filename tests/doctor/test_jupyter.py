"""What is told of Jupyter, a Hub and folders, under settings that a test makes."""

from __future__ import annotations

import json
import sys

import pytest

from arcgis_keywidget.doctor.jupyter import look_at_folders, look_at_hub, look_at_jupyter
from arcgis_keywidget.doctor.rows import State


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Jupyter's folders, in a folder of the test."""
    for name in ("CONFIG", "DATA", "RUNTIME"):
        monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(tmp_path / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    return tmp_path


def rows_of(check) -> dict:
    """Rows by name."""
    return {row.name: row for row in check()}


def write_config(home, name, document):
    """A file of Jupyter's configuration."""
    file = home / "config" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document))


def test_an_extension_is_found(home):
    """Where Jupyter looks for it."""
    folder = home / "data" / "labextensions" / "arcgis-keywidget"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text("{}")
    row = rows_of(look_at_jupyter)["our JupyterLab extension"]
    assert (row.state, row.found) == (State.OK, str(folder))


def test_an_extension_that_is_absent_is_named(home, monkeypatch):
    """With what is missing without it."""
    monkeypatch.setattr(sys, "prefix", str(home / "elsewhere"))
    monkeypatch.setattr("jupyter_core.paths.ENV_JUPYTER_PATH", [str(home / "elsewhere")])
    row = rows_of(look_at_jupyter)["anywidget in the page"]
    assert (row.state, "no form" in row.found) == (State.WARNING, True)


@pytest.mark.parametrize("left_out", [["anywidget"], {"anywidget": True}])
def test_an_extension_that_is_disabled_is_a_failure(home, left_out):
    """JupyterLab has two ways to write it."""
    folder = home / "data" / "labextensions" / "anywidget"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text("{}")
    write_config(home, "labconfig/page_config.json", {"disabledExtensions": left_out})
    row = rows_of(look_at_jupyter)["anywidget in the page"]
    assert (row.state, row.remedy) == (State.FAILURE, "jupyter labextension enable anywidget.")


@pytest.mark.parametrize(("enabled", "state"), [(True, State.OK), (False, State.WARNING)])
def test_the_servers_route_is_as_configured(home, enabled, state):
    """A person's own setting counts before the environment's."""
    document = {"ServerApp": {"jpserver_extensions": {"arcgis_keywidget": enabled}}}
    write_config(home, "jupyter_server_config.json", document)
    assert rows_of(look_at_jupyter)["route of the Jupyter server"].state is state


def test_a_broken_configuration_stops_nothing(home):
    """It is as if it were not there."""
    file = home / "config" / "jupyter_server_config.json"
    file.parent.mkdir()
    file.write_text("{")
    assert "route of the Jupyter server" in rows_of(look_at_jupyter)


def test_a_folder_that_cannot_be_written(home, monkeypatch):
    """Here a file stands in its way."""
    (home / "file").write_text("")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(home / "file" / "runtime"))
    rows = rows_of(look_at_jupyter)
    assert rows["Jupyter's runtime folder"].state is State.FAILURE
    assert rows["Jupyter's data folder"].state is State.OK


@pytest.mark.parametrize(("mode", "state"), [(0o700, State.OK), (0o755, State.WARNING)])
def test_our_folder_is_ours_alone(home, mode, state):
    """Where leases are kept."""
    folder = home / "data" / "arcgis-keywidget" / "leases"
    folder.mkdir(mode=0o700, parents=True)
    folder.parent.chmod(0o700)
    folder.chmod(mode)
    row = rows_of(look_at_folders)["our own files"]
    assert (row.state, str(folder) in row.found + row.remedy) == (state, state is State.WARNING)


def test_our_runtime_files_are_ours_alone(home):
    """By these, kernel and server find each other."""
    (home / "runtime").mkdir()
    file = home / "runtime" / "akw-1.json"
    file.write_text("{}")
    file.chmod(0o644)
    assert rows_of(look_at_folders)["our own files"].state is State.WARNING


def test_no_files_of_ours_is_well(home):
    """As at first."""
    assert rows_of(look_at_folders)["our own files"].found == "none yet"
    assert not (home / "data").exists()


def test_no_hub():
    """The plain case."""
    (row,) = look_at_hub()
    assert (row.state, "none" in row.found) == (State.OK, True)


def test_a_hub_is_told_without_its_token(monkeypatch):
    """Where the server is."""
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "canary")
    monkeypatch.setenv("JUPYTERHUB_API_URL", "http://hub:8081/hub/api")
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/ann/")
    (row,) = look_at_hub()
    assert (row.state, row.found) == (State.OK, "this server is at /user/ann/")


def test_half_a_hub_is_a_warning(monkeypatch):
    """As in a shell that has lost a part of its environment."""
    monkeypatch.setenv("JUPYTERHUB_USER", "ann")
    (row,) = look_at_hub()
    assert row.state is State.WARNING
    assert "JUPYTERHUB_SERVICE_PREFIX" in row.found
