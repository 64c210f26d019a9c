"""Where settings come from: files of Jupyter and of IPython, and what a running kernel has read of them."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traitlets.config import Application, Config
from traitlets.config.loader import JSONFileConfigLoader, PyFileConfigLoader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

JUPYTER_FILE = "jupyter_config"
IPYTHON_FILES = ("ipython_config", "ipython_kernel_config")
OF_IPYTHON = "IPython's configuration"
COMMAND_LINE = "the command line of the kernel"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a setting comes from.

    Attributes:
        kind: ``default``, ``jupyter``, ``ipython``, ``environment`` or ``argument``.
        place: path of the file, or name of the variable or argument; empty for a default.
    """

    kind: str = "default"
    place: str = ""

    def __str__(self) -> str:
        return {"argument": f"KeyForm({self.place}=...)", "default": "default"}.get(self.kind, self.place)


@dataclass(frozen=True, slots=True)
class Layer:
    """The settings of one place.

    Attributes:
        source: the place.
        section: the settings by their names.
        places: files that single settings come from, where that is known.
        problem: why the place could not be read, empty where it could.
    """

    source: Source
    section: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""

    def source_of(self, name: str) -> Source:
        """Return where a setting of this layer comes from."""
        return Source(self.source.kind, self.places.get(name, self.source.place))


def jupyter_layers(section: str) -> Iterator[Layer]:
    """Go through what Jupyter's configuration files say, the last counts most.

    The folders are those of `jupyter --paths`; in each, `jupyter_config.d/*.json` comes before
    `jupyter_config.py`, and that before `jupyter_config.json`.
    """
    if find_spec("jupyter_core") is None:  # a kernel of another kind
        return
    from jupyter_core.paths import jupyter_config_path  # noqa: PLC0415 (only a Jupyter has it)

    for folder in map(Path, reversed(jupyter_config_path())):
        parts = sorted(folder.joinpath(f"{JUPYTER_FILE}.d").glob("*.json"))
        yield from _layers("jupyter", section, [*parts, *_both(folder, JUPYTER_FILE)])


def ipython_layers(section: str) -> Iterator[Layer]:
    """Go through what IPython's configuration files would say to a kernel of the profile `default`."""
    if find_spec("IPython") is None:
        return
    from IPython.core.application import ENV_CONFIG_DIRS, SYSTEM_CONFIG_DIRS  # noqa: PLC0415 (when asked for)

    home = Path(os.environ.get("IPYTHONDIR") or os.path.expanduser("~/.ipython"))  # noqa: PTH111 (never fails)
    folders = [home / "profile_default", *map(Path, (*ENV_CONFIG_DIRS, *SYSTEM_CONFIG_DIRS))]
    for name in IPYTHON_FILES:
        for folder in reversed(folders):
            yield from _layers("ipython", section, _both(folder, name))


def kernel_layer(section: str) -> Layer | None:
    """Return what the IPython that runs here has read, from files and its command line; None without one."""
    ipython = sys.modules.get("IPython")  # a kernel has it; a script need not load it for this
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        return None
    settings = _section(shell.config, section)
    return Layer(Source("ipython", OF_IPYTHON), settings, _places(section) if settings else {})


def _places(section: str) -> dict[str, str]:
    """Return the file that each setting of the running IPython comes from; it does not say so itself."""
    application = Application.instance() if Application.initialized() else None
    found: dict[str, str] = {}
    for file in getattr(application, "loaded_config_files", ()):
        for layer in _layers("ipython", section, [Path(file)]):
            found |= dict.fromkeys(layer.section, file)
    typed = _section(getattr(application, "cli_config", {}), section)
    return found | dict.fromkeys(typed, COMMAND_LINE)


def _both(folder: Path, name: str) -> list[Path]:
    return [folder / f"{name}.py", folder / f"{name}.json"]


def _layers(kind: str, section: str, files: Iterable[Path]) -> Iterator[Layer]:
    """Read those of some files that are there and have the section."""
    for file in files:
        try:
            status = file.stat()
            settings = _section(_load(file, (status.st_mtime_ns, status.st_size)), section)
            problem = ""
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (Exception, SystemExit) as error:  # noqa: BLE001 (a file runs what its writer likes)
            settings, problem = {}, f"{file} cannot be read ({type(error).__name__}{_line(error)})."
        if settings or problem:
            yield Layer(Source(kind, str(file)), settings, problem=problem)


@lru_cache(maxsize=64)
def _load(file: Path, _state: tuple[int, int]) -> Config:
    """Return what a file says; it is run once for each state of it, as it may do other things, too.

    What it prints is no part of what a command writes: keys and JSON stand alone on standard output.
    """
    loader = PyFileConfigLoader if file.suffix == ".py" else JSONFileConfigLoader
    with redirect_stdout(sys.stderr):
        return loader(file.name, path=str(file.parent)).load_config()


def _section(config: Mapping[str, Any], section: str) -> dict[str, Any]:
    settings = config.get(section)
    return {**settings} if isinstance(settings, dict) else {}


def _line(error: BaseException) -> str:
    line = getattr(error, "lineno", None)
    return f", line {line}" if line else ""
