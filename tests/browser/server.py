"""A server of notebooks in a process of its own, on loopback, until its block ends."""

from __future__ import annotations

import socket
import subprocess
import time
from typing import TYPE_CHECKING, Self
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

START_SECONDS = 60


def free_port() -> int:
    """Ask the system for a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A process that serves at an address.

    Args:
        command: what starts it.
        health: an address that answers once it serves.
        log: the file for all that it prints.
        cwd: the folder that it runs in.
        env: its environment, None for that of the tests.
    """

    def __init__(
        self,
        command: Sequence[str],
        health: str,
        log: Path,
        cwd: Path,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.log = log
        self._command = command
        self._health = health
        self._cwd = cwd
        self._env = env
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command, env=self._env, stdout=log, stderr=subprocess.STDOUT, cwd=self._cwd
            )
        self._await_start(self._process)
        return self

    def __exit__(self, *_: object) -> None:
        process = self._process
        assert process is not None
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _await_start(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                with urlopen(self._health, timeout=5) as reply:  # noqa: S310 (loopback)
                    reply.read()
            except OSError:
                time.sleep(0.1)
            else:
                return
        self.__exit__()
        raise AssertionError(f"{self._health} did not answer:\n{self.log.read_text()[-4000:]}")
