"""A process of its own that draws tiles; both ends of the pipe to it.

It is a plain child of this interpreter, so a user's `__main__` is never run again. It ends when its standard
input does: the system closes that when the portal's process ends, whatever ended it. In a process group of
its own it hears no Ctrl-C.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from contextlib import suppress
from threading import Timer
from typing import Any, BinaryIO, cast

from arcgis_keywidget.practice.basemaps.tiles import TileKey, draw_tile, warm

_LENGTH = struct.Struct(">I")
_END = 2.0  # seconds that a process gets to end
_TRIES = 2
LONGEST = 30.0
"""Seconds that one request may take; a process that needs more hangs, and is killed."""
_NEW_GROUP = 0x200  # CREATE_NEW_PROCESS_GROUP, which `subprocess` names on Windows only
_APART: dict[str, Any] = {"creationflags": _NEW_GROUP} if sys.platform == "win32" else {"process_group": 0}
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.stdin.buffer.readline());"
    f"from {__name__} import work; work(sys.stdin.buffer, sys.stdout.buffer)"
)


class WorkerLostError(Exception):
    """The process ended, or failed to draw."""


class Worker:
    """A process that draws for one thread.

    Args:
        longest: seconds after which one request is given up, and the process killed.
    """

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._process = subprocess.Popen(  # noqa: S603 (this interpreter, this package)
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **_APART,
        )
        self._requests, self._replies = (
            cast("BinaryIO", self._process.stdin),
            cast("BinaryIO", self._process.stdout),
        )
        with suppress(OSError):
            self._send(sys.path)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def draw(self, key: TileKey) -> bytes:
        """One tile as PNG.

        Raises:
            WorkerLostError: the process is gone or of no use; close it.
        """
        return self._ask(list(key))

    def warm(self, step: int) -> None:
        """Get a level ready, see `tiles.warm`.

        Raises:
            WorkerLostError: the process is gone or of no use; close it.
        """
        self._ask(step)

    def close(self) -> None:
        """End the process."""
        with suppress(OSError):
            self._requests.close()
        try:
            self._process.wait(_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._replies.close()

    def _ask(self, request: object) -> bytes:
        watch = Timer(self._longest, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            self._send(request)
            return _receive(self._replies)
        except OSError as error:
            raise WorkerLostError from error
        finally:
            watch.cancel()

    def _send(self, request: object) -> None:
        self._requests.write(json.dumps(request).encode() + b"\n")
        self._requests.flush()


class Seat:
    """The place of one worker: one that is lost is replaced, and its tile drawn all the same."""

    def __init__(self) -> None:
        self._worker: Worker | None = None

    def draw(self, *key: Any) -> bytes:  # noqa: ANN401 (as `tiles.draw_tile`)
        """One tile; drawn here when two workers in a row are lost over it."""
        for _ in range(_TRIES):
            try:
                return self._seated().draw(TileKey(*key))
            except (WorkerLostError, OSError):
                self.close()
        return draw_tile(*key)

    def warm(self, step: int) -> None:
        """Get a level ready, see `tiles.warm`."""
        try:
            self._seated().warm(step)
        except (WorkerLostError, OSError):
            self.close()

    def close(self) -> None:
        """End the worker."""
        if self._worker:
            self._worker.close()
            self._worker = None

    def _seated(self) -> Worker:
        if self._worker is None:
            self._worker = Worker()
        return self._worker


def _receive(pipe: BinaryIO) -> bytes:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size or head == bytes(_LENGTH.size):
        raise WorkerLostError
    (length,) = _LENGTH.unpack(head)
    content = pipe.read(length)
    if len(content) < length:
        raise WorkerLostError
    return content


def work(requests: BinaryIO, replies: BinaryIO) -> None:
    """Draw until the requests end; the other end of a `Worker`."""
    for line in iter(requests.readline, b""):
        request = json.loads(line)
        try:
            content = draw_tile(*request) if isinstance(request, list) else _warm(request)
        except Exception:  # noqa: BLE001 (whatever it is: the other end draws by itself, and tells)
            content = b""
        replies.write(_LENGTH.pack(len(content)) + content)
        replies.flush()


def _warm(step: int) -> bytes:
    warm(step)
    return b"warm"
