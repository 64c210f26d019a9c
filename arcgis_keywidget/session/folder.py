"""Files of one folder, written whole or not at all, and never through a symbolic link."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.models import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OURS = ".arcgis-keywidget."
_LARGEST = 1 << 20  # bytes; a file of settings is some thousands
_PATIENCE = 5.0  # seconds; who is alive holds the lock for some milliseconds
_PAUSE = 0.02
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | getattr(os, "O_BINARY", 0)
# Where the system can, names are looked up in the folder that was opened, whatever its path leads to by now.
_BY_HANDLE = {os.open, os.rename, os.unlink, os.stat} <= os.supports_dir_fd


class ChangedError(Exception):
    """Somebody else has written the file since it was read."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read.

    Attributes:
        text: all of it; bytes that are no UTF-8 come back as they were.
        mode: its permissions.
        mark: changes whenever the file does.
    """

    text: Secret
    mode: int
    mark: tuple[int, ...]


class Folder:
    """A folder for a ``with`` block, opened once.

    Raises:
        KeyWidgetError: it is not there, or is none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def __enter__(self) -> Self:
        try:
            if _BY_HANDLE:
                self._handle = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
            elif not self.path.is_dir():
                raise NotADirectoryError
        except OSError as error:
            title = f"There is no folder {self.path}, or it cannot be read ({error.strerror or 'none'})."
            raise KeyWidgetError(title, "Name a file in a folder of yours.") from None
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def read(self, name: str, *, private: bool) -> Document | None:
        """Return a file, None where there is none.

        Args:
            name: in this folder.
            private: whether it must be this person's, and nobody else's to read.

        Raises:
            KeyWidgetError: it is a link or no plain file, cannot be read, or is not private.
        """
        try:
            handle = self._open(name, _READ)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._trouble(name, error) from None
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            self._check(name, status, private=private)
            text = Secret(file.read(_LARGEST).decode(errors="surrogateescape"))
        return Document(text, stat.S_IMODE(status.st_mode), _mark(status))

    def write(self, name: str, text: Secret, before: Document | None, *, mode: int) -> None:
        """Put a text in the place of a file, at once: whoever reads sees all of the old one or of the new.

        Args:
            name: in this folder.
            text: the whole file.
            before: the file as it was read, None where there was none.
            mode: its permissions.

        Raises:
            ChangedError: it is not as it was read; read it again.
            KeyWidgetError: it cannot be written, or others could read what should be private.
        """
        self.check_writable(name, before)
        draft = draft_of(name)
        try:
            self._write_new(draft, text, mode)
            if self._mark_of(name) != (before and before.mark):
                raise ChangedError
            self._rename(draft, name)
        except OSError as error:
            raise self._trouble(name, error) from None
        finally:
            with contextlib.suppress(OSError):
                self._unlink(draft)

    def check_writable(self, name: str, document: Document | None) -> None:
        """Refuse a file that its person has made read-only: another one in its place would not be asked.

        Raises:
            KeyWidgetError: it is.
        """
        if document is not None and not document.mode & stat.S_IWUSR:
            path = self.path / name
            raise KeyWidgetError(f"{path} is read-only.", f"Let it be written first: chmod u+w {path}")

    @contextlib.contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Keep other processes of ours from a file meanwhile; what they left half done is removed.

        A lock whose owner was killed is broken after some seconds.

        Raises:
            KeyWidgetError: nothing can be written in this folder.
        """
        lock = f"{name}{_OURS}lock"
        try:
            self._lock(lock)
        except OSError as error:
            raise self._trouble(name, error) from None
        try:
            self._sweep(name, lock)
            yield
        finally:
            with contextlib.suppress(OSError):
                self._unlink(lock)

    def _lock(self, lock: str) -> None:
        seen, since = None, time.monotonic()
        while True:
            try:
                os.close(self._open(lock, _NEW, 0o600))
            except FileExistsError:
                mark = self._mark_of(lock)
                if mark != seen:
                    seen, since = mark, time.monotonic()
                elif time.monotonic() - since > _PATIENCE:
                    with contextlib.suppress(FileNotFoundError):
                        self._unlink(lock)
                time.sleep(_PAUSE)
            else:
                return

    def _sweep(self, name: str, lock: str) -> None:
        """Remove drafts of processes that were killed: who holds the lock has begun none yet."""
        with contextlib.suppress(OSError):
            for other in os.listdir(self._handle or self.path):  # noqa: PTH208 (of a handle)
                if other.startswith(f"{name}{_OURS}") and other != lock:
                    self._unlink(other)

    def _write_new(self, draft: str, text: Secret, mode: int) -> None:
        handle = self._open(draft, _NEW, 0o600)
        with os.fdopen(handle, "wb") as file:
            if hasattr(os, "fchmod"):
                os.fchmod(handle, mode)
                if stat.S_IMODE(os.fstat(handle).st_mode) & 0o077 & ~mode:
                    title = f"Others could read a file in {self.path}: its file system keeps no permissions."
                    raise KeyWidgetError(title, "Choose a folder on a disk of this machine.")
            file.write(text.reveal().encode(errors="surrogateescape"))
            file.flush()
            os.fsync(handle)

    def _check(self, name: str, status: os.stat_result, *, private: bool) -> None:
        path = self.path / name
        if not stat.S_ISREG(status.st_mode):
            raise KeyWidgetError(f"{path} is no plain file.", "Name another one.")
        if status.st_size >= _LARGEST:
            raise KeyWidgetError(f"{path} is too large for a file of settings.", "Name another one.")
        if not private or not hasattr(os, "geteuid"):  # Windows keeps a person's folders to that person
            return
        if status.st_uid != os.geteuid():
            raise KeyWidgetError(f"{path} belongs to another user.", "Keep keys in a file of your own.")
        mode = stat.S_IMODE(status.st_mode)
        if mode & 0o077:
            title = f"Others on this machine may read {path} (mode {mode:o})."
            raise KeyWidgetError(title, f"Keep it to yourself first: chmod 600 {path}")

    def _trouble(self, name: str, error: OSError) -> KeyWidgetError:
        path, words = self.path / name, error.strerror or type(error).__name__
        if self._is_link(name):
            title = f"{path} is a symbolic link, which keys are not written through."
            return KeyWidgetError(title, "Name the file itself.")
        if isinstance(error, PermissionError):
            return KeyWidgetError(f"{path} may not be read or written here ({words}).", "Name another file.")
        return KeyWidgetError(f"{path} cannot be read or written ({words}).", "Name another file.")

    def _at(self, name: str) -> tuple[Any, dict[str, int]]:
        """Return how a system call names a file of this folder."""
        if self._handle is None:
            return self.path / name, {}
        return name, {"dir_fd": self._handle}

    def _open(self, name: str, flags: int, mode: int = 0) -> int:
        if self._handle is None and self._is_link(name):  # where opening cannot refuse it
            raise OSError
        path, at = self._at(name)
        return os.open(path, flags, mode, **at)

    def _unlink(self, name: str) -> None:
        path, at = self._at(name)
        os.unlink(path, **at)

    def _rename(self, name: str, target: str) -> None:
        if self._handle is None:
            (self.path / name).replace(self.path / target)
            return
        os.rename(name, target, src_dir_fd=self._handle, dst_dir_fd=self._handle)
        os.fsync(self._handle)

    def _mark_of(self, name: str) -> tuple[int, ...] | None:
        path, at = self._at(name)
        try:
            return _mark(os.stat(path, follow_symlinks=False, **at))  # noqa: PTH116 (by a handle)
        except FileNotFoundError:
            return None

    def _is_link(self, name: str) -> bool:
        path, at = self._at(name)
        try:
            status = os.stat(path, follow_symlinks=False, **at)  # noqa: PTH116 (by a handle)
        except OSError:
            return False
        return stat.S_ISLNK(status.st_mode)


def draft_of(name: str) -> str:
    """Return a name for a file that shall take the place of another one."""
    return f"{name}{_OURS}{secrets.token_hex(4)}"


def _mark(status: os.stat_result) -> tuple[int, ...]:
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
