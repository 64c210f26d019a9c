"""Folders of configuration that are a test's own, and an environment without settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that runs the tests."""
    for name in [*os.environ]:
        if name.startswith(("ARCGIS_", "JUPYTER_CONFIG", "IPYTHONDIR")):
            monkeypatch.delenv(name)


@pytest.fixture
def jupyter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Writes files into Jupyter's configuration folder of the person."""
    return _writer(tmp_path / "jupyter", monkeypatch, "JUPYTER_CONFIG_DIR")


@pytest.fixture
def ipython(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Writes files into the profile of IPython."""
    home = tmp_path / "ipython"
    write = _writer(home / "profile_default", monkeypatch, "IPYTHONDIR")
    monkeypatch.setenv("IPYTHONDIR", str(home))
    return write


def _writer(folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> Callable[[str, str], Path]:
    monkeypatch.setenv(variable, str(folder))

    def write(name: str, text: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
