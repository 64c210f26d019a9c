"""Which process of which machine something is of, and whether that process is gone."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

State: TypeAlias = Literal["running", "gone", "unknown"]

_OWN_SPACE = "pid:[4026531836]"
"""Process numbers of a Linux machine itself, outside containers: the same on each (PROC_PID_INIT_INO)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process, as others can find it again.

    Attributes:
        host: name of the machine, or of the container.
        space: where process numbers count: which machine, which container; empty where that is not known.
        boot: since when the machine runs; empty where that is not known.
        number: the process number, which the machine gives anew one day.
        started: when it began, in the system's own words; empty where that is not known.
    """

    host: str
    space: str
    boot: str
    number: int
    started: str

    def state(self) -> State:
        """Whether it runs; of a process of another machine or container that cannot be said."""
        if not self.space or (self.host, self.space) != (socket.gethostname(), _space()):
            return "unknown"
        if self.boot != _boot():
            return "gone"
        started = _started(self.number)
        if not self.started or started == "":
            return "unknown"
        return "running" if started == self.started else "gone"  # another may have its number by now


def this_process() -> Process:
    """Return the process that this runs in."""
    number = os.getpid()
    return Process(
        host=socket.gethostname(),
        space=_space(),
        boot=_boot(),
        number=number,
        started=_started(number) or "",
    )


@cache
def _space() -> str:
    """Return a mark that differs between machines and containers, and does not show what it is made of."""
    if not sys.platform.startswith("linux"):
        return _digest(sys.platform, f"{uuid.getnode():x}")
    try:
        space = os.readlink("/proc/self/ns/pid")  # noqa: PTH115 (no path, but a text)
        shown = os.readlink("/proc/self")  # noqa: PTH115 (same)
    except OSError:
        return ""
    if shown != str(os.getpid()):  # /proc is of another container: its numbers are not ours
        return ""
    # Another container may get the same number, after a reboot or on another machine; and of a machine
    # without an id only its start tells it from others.
    machine = _text("/etc/machine-id")
    lasting = bool(machine) and space == _OWN_SPACE
    boot = "" if lasting else _boot()
    return _digest(machine, space, boot) if lasting or boot else ""


@cache
def _boot() -> str:
    return _text("/proc/sys/kernel/random/boot_id")


def _started(number: int) -> str | None:
    """Return when a process began, None where there is none, empty where that cannot be known."""
    if not sys.platform.startswith("linux"):
        return _told_by_psutil(number)
    try:
        state, *fields = Path(f"/proc/{number}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    except (OSError, ValueError):
        return ""
    return None if state in "ZX" else fields[18]  # field 22 of proc(5); a zombie does nothing any more


def _told_by_psutil(number: int) -> str | None:
    try:
        import psutil  # noqa: PLC0415 (it is there with ipykernel; elsewhere a day's silence tells)
    except ImportError:
        return ""
    try:
        return f"{psutil.Process(number).create_time():.2f}"
    except psutil.NoSuchProcess:
        return None
    except psutil.Error:
        return ""


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(("arcgis-keywidget", *parts)).encode()).hexdigest()[:16]


def _text(path: str) -> str:
    try:
        return Path(path).read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
