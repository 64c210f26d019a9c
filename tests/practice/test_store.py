"""The portal's memory: what survives, what is kept of secrets, what is undone."""

from __future__ import annotations

import sqlite3

import pytest

from arcgis_keywidget.practice.store import Store


async def test_everything_survives_a_restart(open_portal, call_as, tmp_path):
    """Items, apps, keys and the user's token are good in the next run on the same file."""
    file = tmp_path / "class.sqlite"
    first = open_portal(store=file, items=20)
    ada = await call_as(first).sign_in()
    key, app = await ada.make_key()
    before = first.items_of("ada")
    first.close()
    second = open_portal(store=file, items=20)
    again = call_as(second)
    assert second.items_of("ada") == before
    assert (await again("portals/self", token=key))["appInfo"]["appId"] == app["client_id"]
    assert (await again("community/self", token=ada.token))["username"] == "ada"


async def test_only_this_runs_passwords_fit(open_portal, call_as, tmp_path):
    """New passwords in each run without a seed; the old ones end."""
    file = tmp_path / "class.sqlite"
    first = open_portal(store=file, seed=None)
    first.close()
    second = open_portal(store=file, seed=None)
    old = {"username": "ada", "password": first.users[0].password, "client": "requestip"}
    assert "error" in await call_as(second)("generateToken", **old)
    assert (await call_as(second).sign_in()).token


def test_a_seed_fixes_the_passwords(open_portal):
    """The same seed issues the same passwords, another one others; a repr shows none."""
    one, same, other = (open_portal(seed=seed) for seed in (5, 5, 6))
    assert one.users == same.users
    assert {user.password for user in one.users}.isdisjoint(user.password for user in other.users)
    assert one.users[0].password not in repr(one.users)


async def test_no_password_token_or_key_is_in_the_file(open_portal, call_as, tmp_path):
    """Only hashes of them; and the file is its owner's alone."""
    file = tmp_path / "class.sqlite"
    portal = open_portal(store=file)
    ada = await call_as(portal).sign_in()
    key, _ = await ada.make_key()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in (ada.token, key, *(user.password for user in portal.users)):
        assert secret.encode() not in kept
    assert file.stat().st_mode & 0o077 == 0


def test_a_temporary_store_is_removed(open_portal):
    """Nothing stays behind when the portal closes."""
    portal = open_portal()
    folder = portal.store.path.parent
    assert portal.store.path.exists()
    portal.close()
    assert not folder.exists()


def test_files_that_others_could_read_are_closed(open_portal, tmp_path):
    """Client secrets are in the store, so it is its owner's alone, whatever it was before; so is the log."""
    files = tmp_path / "class.sqlite", tmp_path / "log.jsonl"
    for file in files:
        file.touch(mode=0o644)
    open_portal(store=files[0], log=files[1])
    assert [file.stat().st_mode & 0o077 for file in files] == [0, 0]


def test_a_strange_file_is_refused(tmp_path):
    """Neither a text nor another program's database is overwritten."""
    text = tmp_path / "notes.txt"
    text.write_text("my notes, " * 200)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE mine (x)")
    database.close()
    for path in (text, other):
        before = path.read_bytes()
        with pytest.raises(ValueError, match="no store"):
            Store(path)
        assert path.read_bytes() == before


def test_a_broken_write_is_undone(portal):
    """Nothing of a transaction stays when it fails."""

    def fail_halfway():
        with portal.store.writing():
            portal.store.run("DELETE FROM items")
            raise KeyError

    with pytest.raises(KeyError):
        fail_halfway()
    assert len(portal.items_of("ada")) == len(portal.tables)
