"""How a kernel's proxy and the Jupyter server find each other: small files of one person, one a process.

Imports the standard library only: the server reads them, too.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import socket
import stat
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

PROTOCOL = 1
"""Kernel and server may be installed apart; files of another protocol are not there."""

_ID = re.compile(r"[0-9a-f]{32}")
_MOST_BYTES = 4096
_SOON = 0.2  # seconds; on one machine, whoever listens is there at once


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelFile:
    """Where the proxy of a kernel listens.

    Attributes:
        port: on 127.0.0.1.
        secret: both sides show that they know it; so nobody takes the port after the kernel's death.
    """

    port: int
    secret: str = field(repr=False)
    host: str = field(default_factory=socket.gethostname)
    protocol: int = PROTOCOL

    def __post_init__(self) -> None:
        if not (_is_port(self.port) and _ID.fullmatch(str(self.secret))):
            raise ValueError("Not a kernel's file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerFile:
    """A Jupyter server that has the route.

    Attributes:
        base_url: path that it serves below, with a slash at both ends.
        origin: under which address pages on this machine see it; empty where they are elsewhere.
    """

    base_url: str
    origin: str = ""
    host: str = field(default_factory=socket.gethostname)
    protocol: int = PROTOCOL

    def __post_init__(self) -> None:
        if not (isinstance(self.base_url, str) and re.fullmatch(r"/([\w.~%@+-]+/)*", self.base_url)):
            raise ValueError("Not a server's file.")


T = TypeVar("T", KernelFile, ServerFile)


def kernel_path(folder: Path, name: str) -> Path:
    """Return the path of a kernel's file.

    Raises:
        ValueError: the name is not 32 hexadecimal digits.
    """
    if not _ID.fullmatch(name):
        raise ValueError("Not the name of a kernel's proxy.")
    return folder / f"akw-{name}.json"


def server_path(folder: Path, process: int) -> Path:
    """Return the path of a server's file; homes may be shared by machines, which count processes alike."""
    machine = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
    return folder / f"akw-server-{machine}-{process}.json"


def write(path: Path, content: KernelFile | ServerFile) -> None:
    """Write a file that only this person can read, at once and not half."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(content), file)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def read(path: Path, kind: type[T]) -> T | None:
    """Return what a file says; None where there is none, or none of this person's and of this machine."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        if not _is_own(os.fstat(file.fileno())):
            return None
        text = file.read(_MOST_BYTES + 1)
    try:
        document = json.loads(text)
        content = kind(**{one.name: document[one.name] for one in fields(kind)})
    except (ValueError, TypeError, KeyError):
        return None
    here = content.host == socket.gethostname() and content.protocol == PROTOCOL
    return content if here else None


def remove(path: Path) -> None:
    """Remove a file, if it is there."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove the files of this machine's kernels that were killed: nobody listens where they say."""
    for path in folder.glob("akw-*.json"):
        kernel = read(path, KernelFile)
        if kernel is not None and not _listens(kernel.port):
            remove(path)


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_SOON):
            return True
    except ConnectionRefusedError:
        return False
    except OSError:  # busy, perhaps
        return True


def _is_own(status: os.stat_result) -> bool:
    """Whether it is a plain file of this person that nobody else may read or write."""
    if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
        return False
    if not hasattr(os, "getuid"):  # Windows keeps the folder itself to its person
        return True
    return status.st_uid == os.getuid() and not stat.S_IMODE(status.st_mode) & 0o077


def _is_port(port: object) -> bool:
    return isinstance(port, int) and not isinstance(port, bool) and 0 < port < 1 << 16
