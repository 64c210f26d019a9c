"""Versions: of this very environment, and the oldest that are asked for."""

from __future__ import annotations

from importlib.metadata import version

from arcgis_keywidget.doctor import software
from arcgis_keywidget.doctor.rows import State


def test_what_is_installed_is_told():
    """Everything that a form needs is here, or this test would not run."""
    rows = {row.name: row for row in software.look_at_software()}
    assert {rows[name].state for name in ("ipywidgets", "anywidget", "httpx", "h2", "jupyterlab")} == {
        State.OK
    }
    assert rows["httpx"].found == version("httpx")
    assert f"geopandas {version('geopandas')}" in rows["optional libraries"].found


def test_what_is_too_old_is_a_failure():
    """With the command that helps."""
    row = software._needed("httpx", "99.1")
    assert (row.state, row.remedy) == (State.FAILURE, "Install it: pip install 'httpx>=99.1'.")
    assert software._front_end("notebook", "99").state is State.FAILURE


def test_what_is_absent_is_told():
    """A failure where it is needed, a warning where it may be elsewhere."""
    assert software._needed("no-such-package", "1").state is State.FAILURE
    assert software._front_end("no-such-package", "1").state is State.WARNING
