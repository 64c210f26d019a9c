"""Five hundred clients at once: what was acknowledged is there, what was deleted is gone, all is whole."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from contextlib import closing

from bench.students import make_key

CLIENTS = 500


async def live(process, token, number):
    """One client's life: a folder, an item in it, a key; every third deletes its item again."""
    async with process.connected() as wire:
        title = f"Client {number}"
        folder = await wire.post("content/users/ada/createFolder", token, title=title)
        place = f"content/users/ada/{folder['folder']['id']}"
        item = (await wire.post(f"{place}/addItem", token, title=title, type="Web Map"))["id"]
        key = await make_key(wire, token, "ada", f"Key {number}")
        about = (await wire.post("portals/self", key))["appInfo"]
        if number % 3 == 0:
            await wire.post(f"{place}/items/{item}/delete", token)
            item = None
        await wire.post("content/users/ada", token, num="1")
    return title, folder["folder"]["id"], item, about["itemId"], hashlib.sha256(key.encode()).digest()


async def test_five_hundred_clients_at_once(start, tmp_path):
    """Each on its own connection, all at the same time, over real sockets."""
    file = tmp_path / "class.sqlite"
    process = start("--store", file)
    async with process.connected() as wire:
        token = await process.sign_in(wire)
    lives = await asyncio.gather(*(live(process, token, number) for number in range(CLIENTS)))
    assert process.stop() == (0, "", "")
    with closing(sqlite3.connect(file)) as store:
        rows = lambda sql: set(store.execute(sql))  # noqa: E731 (three words, used five times)
        assert rows("PRAGMA integrity_check") == {("ok",)}
        assert rows("PRAGMA foreign_key_check") == set()
        assert rows("SELECT title, id FROM folders") == {(title, folder) for title, folder, *_ in lives}
        placed = {(item, folder) for _, folder, item, *_ in lives if item}
        assert rows("SELECT id, folder FROM items WHERE folder IS NOT NULL") == placed
        assert rows("SELECT item, hash FROM key_tokens WHERE slot = 1") == {
            (life[3], life[4]) for life in lives
        }
