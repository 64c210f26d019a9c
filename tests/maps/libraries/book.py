"""A notebook that a real kernel runs, cell by cell, in a home of its own, and all that it leaves behind."""

from __future__ import annotations

import base64
import os
import re
import warnings
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import nbformat
from nbclient import NotebookClient

from tests.leaks.search import read_folder

if TYPE_CHECKING:
    from pathlib import Path

    from arcgis_keywidget import ApiKey

SECONDS = 120
FOLDERS = {
    "HOME": "home",
    "TMPDIR": "tmp",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "settings",
    "XDG_DATA_HOME": "data",
    "IPYTHONDIR": "ipython",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "MPLCONFIGDIR": "matplotlib",
}
USE_KEY = """import os, warnings
from arcgis_keywidget import ApiKey, basemap, use
from arcgis_keywidget.models import LocationServices

given = os.environ.pop
services = LocationServices(styles=given("STYLES", None), static_tiles=given("STATIC_TILES", None))
use(ApiKey(given("KEY"), portal=given("PORTAL"), services=services))"""
PLAIN = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def environment(key: ApiKey) -> dict[str, str]:
    """Return the variables from which `USE_KEY` takes a key and what is known of it."""
    services = {"STYLES": key.services.styles, "STATIC_TILES": key.services.static_tiles}
    known = {"KEY": str.__str__(key), "PORTAL": key.portal, **services}
    return {name: value for name, value in known.items() if value}


class Book:
    """A notebook and its kernel.

    Args:
        home: an empty folder for everything that the kernel writes.
        key: what the kernel is given, in its environment.
    """

    def __init__(self, home: Path, key: ApiKey) -> None:
        self.home = home
        self.notebook = nbformat.v4.new_notebook(metadata=PLAIN)
        self._environment = {**os.environ, **environment(key)}
        for name, folder in FOLDERS.items():
            (home / folder).mkdir()
            self._environment[name] = str(home / folder)
        self._client = NotebookClient(self.notebook, timeout=SECONDS, allow_errors=True)

    def __enter__(self) -> Self:
        self._client.reset_execution_trackers()
        self._kernel = self._client.setup_kernel(env=self._environment, cwd=str(self.home))
        self._kernel.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self._kernel.__exit__(*exception)

    def run(self, code: str) -> list[Any]:
        """Run a new cell; return its outputs."""
        self.notebook.cells.append(nbformat.v4.new_code_cell(code))
        self._client.execute_cell(self.notebook.cells[-1], len(self.notebook.cells) - 1)
        return list(self.notebook.cells[-1].outputs)

    def show(self, code: str) -> str:
        """Run a new cell that must not fail; return what it shows as text."""
        outputs = self.run(code)
        assert not (failed := text_of_errors(outputs)), failed
        return "".join(one.get("text") or one.get("data", {}).get("text/plain", "") for one in outputs)

    def fail(self, code: str) -> str:
        """Run a new cell that must fail; return its traceback."""
        failed = text_of_errors(self.run(code))
        assert failed, f"this did not fail:\n{code}"
        return failed

    def leave(self) -> dict[str, bytes]:
        """Save the notebook in every way, also packed things unpacked; return all that there is to find."""
        from nbconvert import HTMLExporter

        places = {"notebook": nbformat.writes(self.notebook).encode()}
        self._client.set_widgets_metadata()
        places["notebook with widget state"] = nbformat.writes(self.notebook).encode()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says which outputs a page cannot show
            places["page"] = HTMLExporter().from_notebook_node(self.notebook)[0].encode()
        places |= read_folder(self.home)
        return {**places, **unpacked(places)}


def text_of_errors(outputs: list[Any]) -> str:
    """The tracebacks among outputs."""
    return "\n".join("\n".join(one["traceback"]) for one in outputs if one["output_type"] == "error")


def unpacked(places: dict[str, bytes]) -> dict[str, bytes]:
    """What is packed with gzip or zlib somewhere in these, also inside base64."""
    found = {}
    for place, content in places.items():
        texts = [content]
        for run in re.findall(rb"[A-Za-z0-9+/\\]{64,}={0,2}", content):
            with suppress(ValueError):
                texts.append(base64.b64decode(run.replace(b"\\n", b"") + b"==="))
        for number, text in enumerate(texts):
            for start in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x9c\xda]", text):
                with suppress(zlib.error):
                    plain = zlib.decompressobj(47).decompress(text[start.start() :], 50_000_000)
                    found[f"{place}, unpacked at {number}:{start.start()}"] = plain
    return found
