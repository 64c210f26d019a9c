from __future__ import annotations

import base64
import sqlite3
from contextlib import closing
from urllib.parse import quote

import pytest

from tests.leaks.search import find, read_folder

SECRET = "Zäh/moor+97 \"otter's"

PLACES = {
    "plain": SECRET.encode(),
    "URL-encoded": f"/token?p={quote(SECRET, safe='')}".encode(),
    "JSON": rb'{"p": "Z\u00e4h/moor+97 \"otter' + b"'s\"}",
    "Python": rb"('Z\xe4h/moor+97 " + b"\"otter\\'s')",
    "UTF-16 LE": SECRET.encode("utf-16-le"),
    "base64 at 0": base64.b64encode(SECRET.encode() + b"tail"),
    "base64 at 1": base64.b64encode(b"{" + SECRET.encode()),
    "base64 at 2": base64.b64encode(b'{"' + SECRET.encode() + b'"}'),
    "base64url": base64.urlsafe_b64encode(b"x" + SECRET.encode()),
    "hexadecimal": SECRET.encode().hex().encode(),
}


@pytest.mark.parametrize("dress", PLACES)
def test_finds_every_dress(dress):
    """A secret is found however it was written down."""
    assert find({"password": SECRET}, {"file": PLACES[dress]})


def test_finds_nothing_where_nothing_is():
    """A part of the secret, or another secret, is no leak."""
    assert find({"password": SECRET}, {"file": SECRET[:-1].encode(), "other": b"correct horse"}) == []


def test_reads_long_rows_of_a_database(tmp_path):
    """SQLite scatters long values over pages; the rows are searched as well as the file."""
    with closing(sqlite3.connect(tmp_path / "history.sqlite")) as database, database:
        database.execute("CREATE TABLE history (source TEXT)")
        database.execute("INSERT INTO history VALUES (?)", ("x" * 4060 + SECRET + "x" * 9000,))
    places = read_folder(tmp_path)
    found = find({"password": SECRET}, places)
    assert any("rows of history.sqlite" in line for line in found)
