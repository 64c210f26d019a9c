"""What a kernel notes of its ephemeral keys, so that a later one finds what a killed one has left behind.

One small file a key, in Jupyter's data folder: that of runtime files may be emptied, and homes may be shared
by many machines. No file holds a secret, a key or a user name.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import stat
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from arcgis_keywidget.models import is_arcgis_com, is_item_id
from arcgis_keywidget.session.process import Process

if TYPE_CHECKING:
    from collections.abc import Iterator

SILENCE = timedelta(days=1)
"""A kernel that has not been heard of for so long is taken for gone; it writes about every hour, so that
clocks of two machines may differ by many hours."""

_LONGEST = timedelta(days=400)  # no key lives as long: what such a lease is of, nobody asks for any more
_MARKER = re.compile(r"akw-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OWN_ONLY = 0o700
_PROTOCOL = 1
_MOST_BYTES = 8_192
_MOST_FILES = 1_000
_LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A credential that shall end with a process.

    Attributes:
        portal: address of the portal.
        user: a mark of the user name, see `mark_of`.
        item: id of the credential's item.
        marker: the one-time mark among the item's type keywords.
        title: of the item.
        process: what it shall end with.
        heard: when that process wrote this last (UTC).
    """

    portal: str
    user: str
    item: str
    marker: str
    title: str
    process: Process
    heard: datetime

    def is_of(self, portal: str, username: str) -> bool:
        """Whether it is of a user of a portal."""
        same = portal == self.portal or (is_arcgis_com(portal) and is_arcgis_com(self.portal))
        return same and self.user == mark_of(username, self.marker)

    def is_left(self, now: datetime | None = None) -> bool:
        """Whether its process is gone: seen so on this machine, elsewhere not heard of for a day."""
        state = self.process.state()
        silent = (now or datetime.now(UTC)) - self.heard >= SILENCE
        return state == "gone" or (state == "unknown" and silent)  # a machine may have slept for days

    def is_stale(self, now: datetime) -> bool:
        """Whether nothing can come of it any more; an address of loopback serves a day at most."""
        loopback = urlsplit(self.portal).hostname in {"127.0.0.1", "localhost", "::1"}
        return now - self.heard >= (SILENCE if loopback else _LONGEST)


def mark_of(username: str, marker: str) -> str:
    """Return what tells whether a lease is of a user, and not who that is."""
    return hashlib.blake2b(username.casefold().encode(), key=marker.encode(), digest_size=16).hexdigest()


def write_lease(lease: Lease) -> None:
    """Write a lease, or write it anew, at once and not half.

    Raises:
        OSError: it cannot be written, or the folder is somebody else's.
    """
    folder = _folder(make=True)
    draft = folder / f"{lease.marker}.{secrets.token_hex(4)}.draft"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(_document(lease), file)
        draft.replace(_path(folder, lease.marker))
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def drop_lease(marker: str) -> None:
    """Remove a lease, if it is there."""
    with suppress(OSError):
        _path(_folder(), marker).unlink(missing_ok=True)


def read_lease(marker: str) -> Lease | None:
    """Return a lease as it is now, None where there is none."""
    with suppress(OSError):
        return _read(_path(_folder(), marker))
    return None


def read_leases() -> tuple[Lease, ...]:
    """Return all leases of this home, the oldest first; what is broken and old, or stale, is removed."""
    try:
        return tuple(sorted(_swept(_folder()), key=lambda lease: lease.heard))
    except OSError:
        return ()


def _swept(folder: Path) -> Iterator[Lease]:
    now = datetime.now(UTC)
    for path in sorted(folder.glob("akw-*"), key=_written, reverse=True)[:_MOST_FILES]:
        lease = _read(path) if path.suffix == ".json" else None
        if lease is not None and not lease.is_stale(now):
            yield lease
        elif lease is not None or _is_old(path, now):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _written(path: Path) -> float:
    """Return when a file was last written (seconds since 1970), 0 where that cannot be known."""
    with suppress(OSError):
        return path.lstat().st_mtime
    return 0.0


def _is_old(path: Path, now: datetime) -> bool:
    """Whether a file of this person's was last written more than a day ago."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return (
        _is_own(status)
        and stat.S_ISREG(status.st_mode)
        and now.timestamp() - status.st_mtime > SILENCE.total_seconds()
    )


def _path(folder: Path, marker: str) -> Path:
    if not _MARKER.fullmatch(marker):
        raise OSError("Not the name of a lease.")
    return folder / f"{marker}.json"


def _folder(*, make: bool = False) -> Path:
    """Return the folder of the leases, which only this person can read.

    Raises:
        OSError: there is none, or it is a link or somebody else's.
    """
    folder = _data_folder() / "arcgis-keywidget" / "leases"
    if make:
        folder.parent.mkdir(mode=_OWN_ONLY, parents=True, exist_ok=True)
        folder.mkdir(mode=_OWN_ONLY, exist_ok=True)
    for place in (folder.parent, folder):
        status = place.lstat()
        if not (stat.S_ISDIR(status.st_mode) and _is_own(status)):
            raise PermissionError("The folder of the leases is a link, or somebody else's.")
    if os.name == "posix" and stat.S_IMODE(status.st_mode) != _OWN_ONLY:
        folder.chmod(_OWN_ONLY)
    return folder


def _data_folder() -> Path:
    try:
        from jupyter_core.paths import jupyter_data_dir  # noqa: PLC0415 (scripts may be without it)
    except ImportError:
        return Path(os.environ.get("JUPYTER_DATA_DIR") or _home() / ".local" / "share" / "jupyter")
    return Path(jupyter_data_dir())


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a user whom the system does not know, as in some containers
        raise FileNotFoundError("There is no home.") from None


def _is_own(status: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or status.st_uid == os.getuid()


def _document(lease: Lease) -> dict[str, Any]:
    return {**asdict(lease), "heard": lease.heard.isoformat(), "protocol": _PROTOCOL}


def _read(path: Path) -> Lease | None:
    """Return what a file says; None where it is no lease, or not this person's."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        # Opened by open() itself, which closes what proves to be a folder.
        with open(path, "rb", opener=lambda name, _: os.open(name, flags)) as file:
            status = os.fstat(file.fileno())
            if not (_is_own(status) and stat.S_ISREG(status.st_mode)):
                return None
            text = file.read(_MOST_BYTES + 1)
        lease = _lease(json.loads(text))
    except (OSError, ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None
    return lease if path.name == f"{lease.marker}.json" else None


def _lease(document: Any) -> Lease:  # noqa: ANN401 (it may be anything)
    process = {name.name: document["process"][name.name] for name in fields(Process)}
    texts = {name: document[name] for name in ("portal", "user", "item", "marker", "title")}
    number, heard = process.pop("number"), datetime.fromisoformat(document["heard"])
    told = (*texts.values(), *process.values())
    right = (
        document["protocol"] == _PROTOCOL
        and all(isinstance(one, str) and len(one) <= _LONGEST_TEXT for one in told)
        and isinstance(number, int)
        and not isinstance(number, bool)
        and number > 0
        and heard.tzinfo is not None
        and urlsplit(texts["portal"]).hostname  # raises a ValueError at what is no address
        and is_item_id(texts["item"])
        and _MARKER.fullmatch(texts["marker"])
    )
    if not right:
        raise ValueError("Not a lease.")
    return Lease(**texts, process=Process(number=number, **process), heard=heard.astimezone(UTC))
