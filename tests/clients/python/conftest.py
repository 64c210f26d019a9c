"""Esri's `arcgis` package, as published, in an environment of its own, before a practice portal with TLS."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from arcgis_keywidget.practice import PracticePortal, serve
from tests.clients.calls import keep_calls
from tests.clients.visitor import SECONDS, Visitor, read_document, run_script

HERE = Path(__file__).parent
INTERPRETER = "KEYWIDGET_ARCGIS_PYTHON"
"""Names the interpreter that has the package; `make test-matrix` makes it."""
REFERER = "http"
"""What the package sends unless told otherwise."""


class Arcgis(Visitor):
    """Runs the scripts of this folder as one person.

    Args:
        running: the portal, with TLS: the package turns every `http` into `https`.
        username: the person.
        home: where the package may keep what it keeps in a person's home.
    """

    def __init__(self, running, username="ada", *, home) -> None:
        super().__init__(running, username, referer=REFERER)
        self.home = home

    @property
    def password(self) -> dict[str, str]:
        """The arguments of `GIS` for a password."""
        return {"username": self.user.username, "password": self.user.password}

    def run(self, script, options=None, **given) -> dict:
        """What a script prints; it is given the portal's address, the arguments of `GIS`, and `given`."""
        return run_script(self._command(script), self._given(options, given), HOME=str(self.home))

    def run_and_paste(self, script, paste, options=None, **given) -> dict:
        """The same, with a person who opens the address that the package asks for and pastes what she gets.

        Args:
            script: which one.
            paste: from the address to the text to paste.
            options: the arguments of `GIS`.
            given: the rest of what the script is given.
        """
        noted = self.home / "address"
        # The package opens a browser; Python's own `webbrowser` takes any program for one.
        browser = f"{sys.executable} {HERE / 'note_address.py'} {noted} %s"
        with subprocess.Popen(
            self._command(script),
            **dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE),
            text=True,
            env={"PATH": os.environ["PATH"], "HOME": str(self.home), "BROWSER": browser},
            start_new_session=True,  # without a terminal, so that what is asked is read from standard input
        ) as process:
            try:
                process.stdin.write(json.dumps(self._given(options, given)) + "\n")
                process.stdin.flush()
                address = _wait_for(noted, process)
                typed = f"{paste(address)}\n" if address else ""
                output, errors = process.communicate(typed, timeout=SECONDS)
            except BaseException:
                process.kill()
                raise
        return read_document(process.returncode, output, errors)

    def _given(self, options, given) -> dict:
        return {"url": self.running.https_url, "options": {"verify_cert": False, **(options or {})}, **given}

    def _command(self, script) -> list[Path]:
        return [_interpreter(), HERE / script]


def _wait_for(noted, process) -> str:
    """The address that the package wanted to have opened; empty when it ended without one."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        if noted.exists() and (address := noted.read_text()):
            return address
        time.sleep(0.05)
    return ""


def _interpreter() -> Path:
    named = os.environ.get(INTERPRETER)
    assert named, f"{INTERPRETER} names no interpreter with the arcgis package; `make test-matrix` makes one."
    assert Path(named).exists(), f"{named} is no interpreter; `make test-matrix` makes one."
    return Path(named)


@pytest.fixture(scope="session")
def package_version():
    """The version of the package that is tested."""
    question = "from importlib.metadata import version; print(version('arcgis'))"
    return subprocess.check_output([_interpreter(), "-c", question], text=True).strip()


@pytest.fixture
def open_arcgis(tmp_path, package_version):
    """Opens portals of any kind for the package; what it asked is kept for the matrix."""
    opened = []
    with ExitStack() as stack:

        def open_one(username="ada", **options) -> Arcgis:
            # A store of its own, so that the certificate is made beside it, not in the person's home.
            portal = stack.enter_context(closing(PracticePortal(store=tmp_path / "portal.sqlite", **options)))
            running = stack.enter_context(serve(portal, tls=True))
            opened.append(Arcgis(running, username, home=tmp_path))
            return opened[-1]

        yield open_one
    for arcgis in opened:
        keep_calls("arcgis", package_version, arcgis.requests)


@pytest.fixture
def arcgis(open_arcgis):
    """The package as Ada, who may create keys, uses it with a Location Platform portal."""
    return open_arcgis()


@pytest.fixture
def client_id(arcgis):
    """An app of Ada's, such as somebody with single sign-on makes."""
    item = arcgis.call("content/users/ada/addItem", title="Notebooks", type="Application")["id"]
    redirects = '["urn:ietf:wg:oauth:2.0:oob"]'
    return arcgis.register(item, appType="multiple", redirect_uris=redirects)["client_id"]
