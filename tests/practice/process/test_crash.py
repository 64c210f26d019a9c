"""kill -9 in the middle of writing: after the next start on the same store every acknowledged key works."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, suppress

import pytest

from bench.students import make_key

WRITERS = 8
AT_ONCE = 500  # hypercorn lets a connection go after a thousand requests
GONE = (OSError, asyncio.IncompleteReadError)


async def write(process, token, acknowledged):
    """Make keys until the portal is gone."""
    async with process.connected() as wire:
        with suppress(*GONE):
            while True:
                acknowledged.append(await make_key(wire, token, "ada", "A key"))


async def find_items(process, keys):
    """The item of each key, as the portal tells it to the key's bearer."""
    items = []
    for at in range(0, len(keys), AT_ONCE):
        async with process.connected() as wire:
            for key in keys[at : at + AT_ONCE]:
                items.append((await wire.post("portals/self", key))["appInfo"]["itemId"])  # noqa: PERF401 (awaits)
    return items


async def one_round(process, acknowledged, enough):
    """Writers at work until so many keys are acknowledged; then the portal is killed while they go on."""
    assert all(await find_items(process, acknowledged))
    async with process.connected() as wire:
        token = await process.sign_in(wire)
        writers = [asyncio.create_task(write(process, token, acknowledged)) for _ in range(WRITERS)]
        before = len(acknowledged)
        while len(acknowledged) < before + enough:  # noqa: ASYNC110 (the list is all that the writers share)
            await asyncio.sleep(0.002)
        process.child.kill()
        await asyncio.gather(*writers)


@pytest.mark.parametrize("rounds", [pytest.param(4), pytest.param(25, marks=pytest.mark.matrix)])
async def test_every_acknowledged_key_survives_a_kill(start, tmp_path, rounds):
    """Several rounds on one store, killed after more keys each time; then the file is looked at."""
    file, acknowledged = tmp_path / "class.sqlite", []
    for number in range(rounds):
        process = start("--store", file)
        await one_round(process, acknowledged, 3 + 5 * number)
        process.kill()
    process = start("--store", file)
    items = set(await find_items(process, acknowledged))
    assert len(items) == len(acknowledged) >= 12
    assert process.stop() == (0, "", "")
    with closing(sqlite3.connect(file)) as store:
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store.execute("PRAGMA foreign_key_check").fetchall() == []
        kept = {item for (item,) in store.execute("SELECT item FROM key_tokens")}
        assert items <= kept
