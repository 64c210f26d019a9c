"""Start the practice portal as a child process: one for the whole kernel, gone when the kernel is gone."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from typing import IO, Any

from arcgis_keywidget.errors import KeyWidgetError, MissingExtraError
from arcgis_keywidget.form import texts
from arcgis_keywidget.models import Secret

_NEEDS = ("hypercorn", "PIL", "python_multipart", "starlette")
_PATIENCE = 30.0  # seconds until the child must serve; a cold start takes about two on a small machine
_FAREWELL = 5.0  # seconds to end by itself once its stdin is closed
_LAST_WORDS = 300  # characters of the child's stderr that an error quotes


@dataclass(frozen=True, slots=True)
class PracticeSite:
    """A practice portal that serves, and the first of its users, who may create keys."""

    url: str
    username: str
    password: Secret


class PracticeProcess:
    """The child process; `start` gives its site, `stop` ends it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "arcgis_keywidget.practice", "--with-parent", "--port", "0"]
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the process)
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr
        )
        self.pid = self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def read_site(self, patience: float = _PATIENCE) -> PracticeSite:
        """Wait for the one JSON line that says where it serves.

        Raises:
            KeyWidgetError: it ended, said something else, or said nothing within ``patience`` seconds.
        """
        assert self._process.stdout is not None  # noqa: S101 (opened as a pipe above)
        alarm = threading.Timer(patience, self._process.kill)
        alarm.start()
        try:
            return _site(json.loads(self._process.stdout.readline()))
        except (ValueError, KeyError, IndexError, TypeError):
            raise KeyWidgetError(
                "The practice portal did not start.",
                f"Its last words: {self.stop()}. Try again, or run `arcgis-keywidget practice` yourself.",
            ) from None
        finally:
            alarm.cancel()

    def stop(self) -> str:
        """End the process, kindly first and after five seconds by force; return the last line it wrote."""
        try:
            self._process.communicate(timeout=_FAREWELL)  # closes stdin, which is the sign to end
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        with self._stderr as stderr:
            stderr.seek(0)
            lines = stderr.read().decode(errors="replace").strip().splitlines()
        return lines[-1][-_LAST_WORDS:] if lines else "none"


def _site(ready: dict[str, Any]) -> PracticeSite:
    user = ready["users"][0]
    return PracticeSite(ready["portal"], user["username"], Secret(user["password"]))


_lock = threading.Lock()
_running: list[tuple[PracticeProcess, PracticeSite]] = []  # none or one
if hasattr(os, "register_at_fork"):  # not on Windows; the process belongs to the parent of a fork
    os.register_at_fork(after_in_child=_running.clear)


def available() -> bool:
    """Return whether the libraries of the practice portal are installed; none of them is imported."""
    return all(find_spec(name) for name in _NEEDS)


def practice_site() -> PracticeSite:
    """Return the practice portal of this kernel, started now if none runs; blocks for some seconds.

    Raises:
        MissingExtraError: the practice extra is not installed.
        KeyWidgetError: it did not start.
    """
    if not available():
        raise MissingExtraError(*texts.NO_PRACTICE)
    with _lock:
        if _running and _running[0][0].alive:
            return _running[0][1]
        stop_practice()
        process = PracticeProcess()
        _running.append((process, process.read_site()))
        return _running[0][1]


@atexit.register
def stop_practice() -> None:
    """End the practice portal of this kernel, if one was started."""
    while _running:
        _running.pop()[0].stop()
