"""Search for a secret in everything that a session leaves behind, in every dress it may wear there."""

from __future__ import annotations

import base64
import json
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def dresses(secret: str) -> dict[str, bytes]:
    """Return the ways in which a text may be written down, by name."""
    plain = secret.encode()
    ways = {
        "plain": plain,
        "URL-encoded": quote(secret, safe="").encode(),
        "form-encoded": quote_plus(secret).encode(),
        "JSON": json.dumps(secret)[1:-1].encode(),
        "Python": ascii(secret)[1:-1].encode(),
        "hexadecimal": plain.hex().encode(),
        "UTF-16 LE": secret.encode("utf-16-le"),
        "UTF-16 BE": secret.encode("utf-16-be"),
    }
    for offset in range(3):
        ways[f"base64 at {offset}"] = _inside_base64(plain, offset)
    return ways


def _inside_base64(plain: bytes, offset: int) -> bytes:
    """Return the characters that do not depend on what stands before and after."""
    whole = base64.b64encode(bytes(offset) + plain)
    first = (offset * 8 + 5) // 6
    last = (offset + len(plain)) * 8 // 6
    return whole[first:last]


def find(secrets: Mapping[str, str], places: Mapping[str, bytes]) -> list[str]:
    """Return where which secret was found: ``password (base64 at 1) in jupyter.log``."""
    return [
        f"{name} ({way}) in {place}"
        for name, secret in secrets.items()
        for way, needle in dresses(secret).items()
        for place, content in places.items()
        if needle in content or needle.replace(b"+", b"-").replace(b"/", b"_") in content
    ]


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path; databases also as their rows."""
    places = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = str(path.relative_to(folder))
        with suppress(FileNotFoundError):  # a database's journal comes and goes
            places[name] = path.read_bytes()
        if places.get(name, b"").startswith(
            b"SQLite format 3"
        ):  # a long value is scattered over the file's pages
            places[f"rows of {name}"] = b"\n".join(_values(path))
    return places


def _values(path: Path) -> Iterator[bytes]:
    database = sqlite3.connect(path)
    try:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 (names of its own tables)
                yield from (value if isinstance(value, bytes) else str(value).encode() for value in row)
    finally:
        database.close()
