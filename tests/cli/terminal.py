"""A command at a terminal of its own: what is typed, and what a person sees."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = [sys.executable, "-c", "import sys; from arcgis_keywidget.cli import main; sys.exit(main())"]


def clean_environ() -> dict[str, str]:
    """An environment without keys, client ids and widths."""
    unwanted = {"ARCGIS_API_KEY", "ESRI_API_KEY", "ARCGIS_CLIENT", "ARCGIS_CLIENT_ID", "COLUMNS", "LINES"}
    return {name: value for name, value in os.environ.items() if name not in unwanted} | {"TERM": "xterm"}


class Terminal:
    """Runs a command with standard input and error, and output unless that goes to a file, at a terminal.

    Args:
        argv: the command.
        columns: how wide the terminal is.
        output: a file for standard output.

    Attributes:
        seen: all that has been shown so far.
    """

    def __init__(self, *argv: str, columns: int = 200, output: Path | None = None) -> None:
        self.seen = ""
        self._screen, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (40, columns))
        out = theirs if output is None else os.open(output, os.O_WRONLY | os.O_CREAT, 0o600)
        self.child = subprocess.Popen(
            [*COMMAND, *argv],
            stdin=theirs,
            stdout=out,
            stderr=theirs,
            env=clean_environ(),
            start_new_session=True,
        )
        for file in {theirs, out}:
            os.close(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()
        os.close(self._screen)

    def read_until(self, mark: str) -> None:
        """Wait until a text has been shown after what was read before."""
        start = len(self.seen)
        while mark not in self.seen[start:]:
            self.seen += os.read(self._screen, 4096).decode()

    def look(self) -> str:
        """All that has been shown by now, without waiting."""
        while select.select([self._screen], [], [], 0)[0]:
            self.seen += os.read(self._screen, 4096).decode()
        return self.seen

    def answer(self, mark: str, text: str) -> None:
        """Wait for a question, and type a line."""
        self.read_until(mark)
        self.type(text)

    def answer_unseen(self, mark: str, text: str) -> None:
        """Wait for a question whose answer does not show, and type a line."""
        self.read_until(mark)
        while termios.tcgetattr(self._screen)[3] & termios.ECHO:  # what is typed before is discarded
            time.sleep(0.01)
        self.type(text)

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self._screen, f"{text}\n".encode())

    def end(self) -> int:
        """Wait for the end, reading what comes; the exit status."""
        with suppress(OSError):  # how the end of a terminal is told
            while more := os.read(self._screen, 4096):
                self.seen += more.decode()
        return self.child.wait(timeout=30)
