"""The portal's memory: one SQLite file, one writer, committed before the reply leaves.

Tokens are kept as SHA-256 and passwords under scrypt. Client secrets are kept as they are, because
`registeredAppInfo` returns them; therefore the file is readable by its owner only.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import threading
import weakref
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VERSION = 2
SCHEMA = """
CREATE TABLE people (
  username TEXT PRIMARY KEY, salt BLOB NOT NULL, hash BLOB NOT NULL, created INTEGER NOT NULL
);
CREATE TABLE folders (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL COLLATE NOCASE, created INTEGER NOT NULL,
  UNIQUE (owner, title)
);
CREATE TABLE items (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, folder TEXT REFERENCES folders ON DELETE CASCADE,
  type TEXT NOT NULL, title TEXT NOT NULL COLLATE NOCASE, access TEXT NOT NULL DEFAULT 'private',
  created INTEGER NOT NULL, modified INTEGER NOT NULL, keywords TEXT NOT NULL, tags TEXT NOT NULL,
  fields TEXT NOT NULL,
  expires1 INTEGER NOT NULL DEFAULT -1, expires2 INTEGER NOT NULL DEFAULT -1,
  protected INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX items_in_folder ON items (owner, folder, created);
CREATE INDEX items_by_title ON items (owner, folder, title);
CREATE INDEX items_by_change ON items (owner, folder, modified);
CREATE TABLE apps (
  item TEXT PRIMARY KEY REFERENCES items ON DELETE CASCADE, client_id TEXT UNIQUE NOT NULL,
  client_secret TEXT NOT NULL, type TEXT NOT NULL, redirect_uris TEXT NOT NULL, referrers TEXT NOT NULL,
  privileges TEXT NOT NULL, personal INTEGER NOT NULL, registered INTEGER NOT NULL, modified INTEGER NOT NULL
);
CREATE TABLE key_tokens (
  hash BLOB PRIMARY KEY, item TEXT NOT NULL REFERENCES apps ON DELETE CASCADE, slot INTEGER NOT NULL,
  expires INTEGER NOT NULL, UNIQUE (item, slot)
);
CREATE TABLE grants (
  id INTEGER PRIMARY KEY, client TEXT NOT NULL, app TEXT REFERENCES apps ON DELETE CASCADE, username TEXT,
  redirect_uri TEXT NOT NULL, challenge TEXT NOT NULL, method TEXT NOT NULL, minutes INTEGER NOT NULL
);
CREATE TABLE grant_tokens (
  hash BLOB PRIMARY KEY, grant_id INTEGER NOT NULL REFERENCES grants ON DELETE CASCADE, kind TEXT NOT NULL,
  expires INTEGER NOT NULL, spent INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE access_tokens (
  hash BLOB PRIMARY KEY, maker TEXT NOT NULL, username TEXT, expires INTEGER NOT NULL, referer TEXT, ip TEXT,
  grant_id INTEGER REFERENCES grants ON DELETE CASCADE,
  parent BLOB REFERENCES access_tokens ON DELETE CASCADE
);
CREATE INDEX access_tokens_of_parent ON access_tokens (parent);
CREATE INDEX grants_of_app ON grants (app);
CREATE INDEX grant_tokens_of_grant ON grant_tokens (grant_id);
CREATE INDEX access_tokens_of_grant ON access_tokens (grant_id);
CREATE TABLE sessions (hash BLOB PRIMARY KEY, family TEXT NOT NULL, expires INTEGER NOT NULL);
CREATE TABLE catalogue (
  item TEXT PRIMARY KEY REFERENCES items ON DELETE CASCADE, owner TEXT NOT NULL, title TEXT NOT NULL,
  type TEXT NOT NULL, keywords TEXT NOT NULL, tags TEXT NOT NULL, snippet TEXT NOT NULL,
  description TEXT NOT NULL, access TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL,
  words TEXT NOT NULL
);
CREATE TABLE pending (item TEXT NOT NULL REFERENCES items ON DELETE CASCADE, due REAL NOT NULL);
CREATE INDEX pending_by_due ON pending (due);
PRAGMA user_version = 2;
"""
# One process at a time: two portals on one file would end each other's passwords.
SETTINGS = (
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
    " PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
)
_OUTSIDE = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY),
    *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
}
PATIENCE = 1.0
"""Seconds to wait for a file that another process holds."""


class StoreError(OSError):
    """The file cannot be written: the disk is full, or it is read-only, or another process holds it."""


class Store:
    """A SQLite file, opened; a temporary one that is removed at `close` when no path is given.

    Args:
        path: the file; made if absent.

    Raises:
        ValueError: the file is no practice store.
        StoreError: it cannot be written.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self.temporary = path is None
        directory = tempfile.mkdtemp(prefix="practice-portal-") if path is None else None
        self.path = Path(directory or "", "portal.sqlite") if path is None else Path(path)
        self.path.touch(mode=0o600)
        self._lock = threading.RLock()
        try:
            self._database = _open(self.path)
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
            reason = "is in use by another process" if busy else f"cannot be used: {error}"
            raise StoreError(f"The store {self.path} {reason}.") from None
        except (sqlite3.DatabaseError, ValueError):
            raise ValueError(f"{self.path} is no store of a practice portal.") from None
        with suppress(OSError):  # another's file, which that person lets us write
            self.path.chmod(0o600)
        self._discard = weakref.finalize(self, _discard, self._database, directory)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one writer's place; commit at the end, undo everything when an error leaves the block.

        A block inside another one is part of it.

        Raises:
            StoreError: the file cannot be written; nothing of the block is kept.
        """
        with self._lock:
            if self._database.in_transaction:
                yield
                return
            try:
                self._database.execute("BEGIN IMMEDIATE")
                yield
                self._database.execute("COMMIT")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in _OUTSIDE:
                    raise
                raise StoreError(f"The practice portal's store cannot be written: {error}.") from None
            finally:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")

    def run(self, sql: str, *values: Any) -> int:  # noqa: ANN401 (whatever SQLite stores)
        """Execute one statement and return the number of rows that it changed."""
        with self._lock:
            return self._database.execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Iterable[tuple[Any, ...] | dict[str, Any]]) -> None:
        """Execute one statement for many rows."""
        with self._lock:
            self._database.executemany(sql, rows)

    def one(self, sql: str, *values: Any) -> sqlite3.Row | None:  # noqa: ANN401 (whatever SQLite stores)
        """The first row, or None."""
        with self._lock:
            row: sqlite3.Row | None = self._database.execute(sql, values).fetchone()
            return row

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:  # noqa: ANN401 (whatever SQLite stores)
        """Every row."""
        with self._lock:
            return self._database.execute(sql, values).fetchall()

    def count(self, sql: str, *values: Any) -> int:  # noqa: ANN401 (whatever SQLite stores)
        """The single number that a statement gives."""
        with self._lock:
            return int(self._database.execute(sql, values).fetchone()[0])

    def clear(self, kept: bytes | None = None) -> None:
        """Forget everything but the people, and the person's token with the hash `kept`."""
        tables = {row["name"] for row in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        with self.writing():
            self.run("PRAGMA defer_foreign_keys = ON")
            # The way it was got goes; the token itself stays.
            self.run("UPDATE access_tokens SET grant_id = NULL WHERE hash IS ?", kept)
            self.run("DELETE FROM access_tokens WHERE hash IS NOT ?", kept)
            for table in sorted(tables - {"people", "access_tokens"}):
                self.run(f"DELETE FROM {table}")  # noqa: S608 (our own schema's names)

    def close(self) -> None:
        """Close the file; remove it if it was temporary."""
        with self._lock:
            self._discard()


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, PATIENCE, check_same_thread=False, isolation_level=None)
    database.row_factory = sqlite3.Row
    try:
        known = _knows(database)
        database.executescript(SETTINGS if known else f"{SETTINGS} BEGIN; {SCHEMA} COMMIT")
    except (sqlite3.DatabaseError, ValueError):
        database.close()
        raise
    return database


def _knows(database: sqlite3.Connection) -> bool:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if version != VERSION and (version or tables):
        raise ValueError(version)
    return bool(tables)


def _discard(database: sqlite3.Connection, directory: str | None) -> None:
    database.close()
    if directory:
        shutil.rmtree(directory, ignore_errors=True)
