"""Reading a file to be looked at, and putting another content in its place in one step."""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.scan.forms import may_hold_key, may_pack

_BLOCK = 8 << 20
_OVERLAP = 64
"""Bytes of a block that the next one begins with again: the beginning of a key may lie on the edge."""
_BINARY_LOOK = 8000  # as git does: a zero in the first 8000 bytes, and it is no text
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True, slots=True)
class Content:
    """What was read of a file, and what it was then.

    Attributes:
        data: all of it.
        state: the file's own marks: device, number, size and time of the last change.
    """

    data: bytes
    state: tuple[int, int, int, int]

    @property
    def text(self) -> str:
        """The text; bytes that are no UTF-8 are kept as letters that stand for nothing."""
        return self.data.decode(_WIDE.get(self.data[:2], "utf-8"), errors="replace")


def is_binary(path: Path) -> bool:
    """Whether a file is no text, by its beginning; UTF-16, which PowerShell writes, is one."""
    with path.open("rb") as file:
        start = file.read(_BINARY_LOOK)
    return b"\0" in start and start[:2] not in _WIDE


def read_candidate(path: Path) -> Content | None:
    """Return the content of a text file if it may hold a key, else None.

    A file without a key, however large, is never in memory as a whole.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        tail, packing = b"", False
        while block := file.read(_BLOCK):
            piece = tail + block
            packing = packing or may_pack(piece)  # what is packed may stand blocks behind its name
            if may_hold_key(piece, packing=packing) or block[:2] in _WIDE:
                return read_file(path)
            tail = block[-_OVERLAP:]
    return None


def read_file(path: Path) -> Content:
    """Return the content of a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return Content(file.read(), _state_of(os.fstat(file.fileno())))


def replace_file(path: Path, before: Content, data: bytes) -> None:
    """Put another content in a file's place, wholly or not at all; its owner and mode stay.

    Raises:
        KeyWidgetError: it is a link, has another name, or is no longer what was read.
        OSError: it cannot be written.
    """
    _refuse_others(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
    other = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            _dress_as(other, path.stat())
            os.fsync(file.fileno())
        _refuse_others(path)
        _refuse_changed(path, before)
        other.replace(path)
    except BaseException:
        other.unlink(missing_ok=True)
        raise
    _keep_folder(path.parent)


def _dress_as(file: Path, model: os.stat_result) -> None:
    """Give a new file the owner and the mode of the one it shall replace."""
    mine = file.stat()
    if (mine.st_uid, mine.st_gid) != (model.st_uid, model.st_gid):
        os.chown(file, model.st_uid, model.st_gid)
    file.chmod(stat.S_IMODE(model.st_mode))


def _refuse_others(path: Path) -> None:
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise KeyWidgetError("It is a symbolic link.", "Name the file that it leads to.")
    if found.st_nlink > 1:
        raise KeyWidgetError("It has another name (hard link), where the key would stay.", "Copy it first.")
    if not os.access(path, os.W_OK):
        raise KeyWidgetError("It is write-protected.", "Allow yourself to write it.")


def _refuse_changed(path: Path, before: Content) -> None:
    """Refuse a file that somebody else has written to, also if its marks are as they were."""
    now = read_file(path)
    same = hashlib.sha256(now.data).digest() == hashlib.sha256(before.data).digest()
    if not same or now.state != before.state:
        raise KeyWidgetError("It was changed since it was read.", "Save and close it, then run this again.")


def _state_of(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _keep_folder(folder: Path) -> None:
    """Write the new entry to the disk, where folders can be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
