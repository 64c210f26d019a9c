"""Tiles drawn by threads and by processes: each once, kept, and in spite of lost processes."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from arcgis_keywidget.practice.basemaps.cache import Tile, TileCache
from arcgis_keywidget.practice.basemaps.drawing import Drawing
from arcgis_keywidget.practice.basemaps.tiles import TileKey, draw_tile
from arcgis_keywidget.practice.basemaps.workers import Seat, Worker, WorkerLostError

KEY = TileKey("arcgis/streets", 3, 4, 2)
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and /proc")


@pytest.fixture
def open_drawing():
    """Opens drawings; closes them at the end."""
    opened = []

    def open_one(processes):
        opened.append(Drawing(processes))
        return opened[-1]

    yield open_one
    for drawing in opened:
        drawing.close()


def children_of(pid):
    """The processes that a process has started and that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = stat.read_text().split(" ", 1)
        except OSError:  # it ended meanwhile
            continue
        state, parent, *_ = rest.rpartition(")")[2].split()
        if int(parent) == pid and state != "Z":
            found.append(int(number))
    return found


def is_gone(pids):
    """Whether processes end, before long."""
    end = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize("processes", [0, 1])
async def test_forty_at_once_get_one_drawing(open_drawing, processes):
    """Everyone who asks at once gets the very same tile, and so does who asks later."""
    drawing = open_drawing(processes)
    tiles = await asyncio.gather(*(drawing.tile(KEY) for _ in range(40)))
    tiles.append(await drawing.tile(KEY))
    assert len({id(tile) for tile in tiles}) == 1
    assert tiles[0].content == draw_tile(*KEY)


async def test_one_who_gives_up_takes_nothing_from_the_others(open_drawing):
    """A request that is cancelled leaves the drawing to those who still wait."""
    drawing = open_drawing(0)
    hasty, patient = (asyncio.create_task(drawing.tile(KEY)) for _ in range(2))
    await asyncio.sleep(0)
    hasty.cancel()
    assert (await patient).content == draw_tile(*KEY)
    assert hasty.cancelled()


async def test_what_is_no_tile_is_refused_before_anyone_draws(open_drawing):
    """An unknown style, an unknown part and a place outside the pyramid start no process."""
    drawing = open_drawing(1)
    for key in (KEY._replace(style="arcgis/none"), KEY._replace(part="roads"), KEY._replace(z=23)):
        with pytest.raises(ValueError, match="There is no"):
            await drawing.tile(key)
    assert not drawing._threads


async def test_a_closed_portal_draws_no_more(open_drawing):
    """What waits when it closes is refused, and so is what comes later."""
    drawing = open_drawing(0)
    many = [asyncio.create_task(drawing.tile(KEY._replace(z=9, x=n))) for n in range(30)]
    await asyncio.sleep(0)
    await asyncio.to_thread(drawing.close)
    results = await asyncio.gather(*many, return_exceptions=True)
    assert any(isinstance(result, RuntimeError) for result in results)
    with pytest.raises(RuntimeError, match="closed"):
        await drawing.tile(KEY)


def test_fewer_than_no_processes_are_refused():
    """The number is checked at once."""
    with pytest.raises(ValueError, match="0 or more"):
        Drawing(-1)


def test_the_cache_keeps_what_was_asked_for_last():
    """It never holds more bytes than it may; the tile that nobody asked for longest goes first."""
    cache, keys = TileCache(250), [KEY._replace(x=n) for n in range(3)]
    cache.keep(keys[0], Tile.of(b"a" * 100))
    cache.keep(keys[1], Tile.of(b"b" * 100))
    cache.keep(keys[0], Tile.of(b"a" * 100))
    assert cache.find(keys[0])
    cache.keep(keys[2], Tile.of(b"c" * 100))
    assert [cache.find(key) is not None for key in keys] == [True, False, True]


def test_an_entity_tag_follows_the_content():
    """Equal tiles have equal tags, and others have others."""
    assert Tile.of(b"one").etag == Tile.of(b"one").etag != Tile.of(b"two").etag


@posix
def test_a_lost_worker_is_replaced():
    """Its tile is drawn by the next one."""
    seat = Seat()
    try:
        seat.warm(0)
        first = seat._worker.pid
        os.kill(first, signal.SIGKILL)
        assert seat.draw(*KEY) == draw_tile(*KEY)
        assert seat._worker.pid != first
    finally:
        seat.close()


def test_where_no_process_can_start_the_portal_draws_itself(monkeypatch):
    """A tile comes all the same."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert Seat().draw(*KEY) == draw_tile(*KEY)


def test_a_worker_that_cannot_draw_says_so():
    """A failure is an answer, not a silence; the process goes on."""
    worker = Worker()
    try:
        with pytest.raises(WorkerLostError):
            worker.draw(KEY._replace(style="arcgis/none"))
        assert worker.draw(KEY) == draw_tile(*KEY)
    finally:
        worker.close()


@posix
def test_a_worker_that_hangs_is_given_up():
    """Nobody waits for it for ever: it is killed, and told to be lost."""
    worker = Worker(longest=0.2)
    try:
        os.kill(worker.pid, signal.SIGSTOP)
        with pytest.raises(WorkerLostError):
            worker.draw(KEY)
    finally:
        worker.close()


@posix
def test_an_idle_worker_ends_with_a_killed_parent():
    """It waits for nothing but its standard input, which the system closes."""
    code = (
        "import time; from arcgis_keywidget.practice.basemaps.workers import Worker;"
        "worker = Worker(); worker.warm(0); print(worker.pid, flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    worker = int(parent.stdout.readline())
    assert children_of(parent.pid) == [worker]
    parent.kill()
    parent.communicate()
    assert is_gone([worker])


@posix
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_workers_end_with_the_portal(ending):
    """Whatever ends the command, Ctrl-C for its whole group too, no process stays and none complains."""
    child = subprocess.Popen(
        [sys.executable, "-m", "arcgis_keywidget.practice"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    )
    ready = json.loads(child.stdout.readline())
    reply = httpx.get(f"{ready['basemaps']['static']}/arcgis/streets/static/thumbnail", timeout=30)
    assert reply.content.startswith(b"\x89PNG")
    workers = children_of(child.pid)
    assert workers
    os.killpg(child.pid, ending)
    rest, complaints = child.communicate(timeout=20)
    assert (rest, complaints) == ("", "")
    assert child.returncode == (-ending if ending is signal.SIGKILL else 0)
    assert is_gone(workers)
