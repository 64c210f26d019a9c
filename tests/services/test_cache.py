"""What was fetched lately, and is not fetched again."""

from __future__ import annotations

import asyncio

import pytest

from arcgis_keywidget.models import Resource
from arcgis_keywidget.services.cache import Cache


class Larder:
    """Gives ten bytes, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def fetch(self) -> Resource:
        """Ten bytes."""
        self.asked += 1
        await asyncio.sleep(0)
        return Resource(b"0123456789", "image/png")


async def test_two_who_want_the_same_wait_for_one_request() -> None:
    """And the next is given what is held."""
    cache, larder = Cache(), Larder()
    both = await asyncio.gather(cache.get("a", larder.fetch), cache.get("a", larder.fetch))
    assert both[0] is both[1] is await cache.get("a", larder.fetch)
    assert larder.asked == 1


async def test_who_stops_waiting_takes_nothing_from_the_others() -> None:
    """A map that was closed does not end the request of the next."""
    cache, larder = Cache(), Larder()
    one = asyncio.ensure_future(cache.get("a", larder.fetch))
    other = asyncio.ensure_future(cache.get("a", larder.fetch))
    await asyncio.sleep(0)
    one.cancel()
    assert (await other).content
    assert larder.asked == 1


async def test_a_request_ends_with_the_last_who_waits_for_it() -> None:
    """After Ctrl-C nothing goes on, and whoever asks next begins anew."""
    cache, larder, ended = Cache(), Larder(), asyncio.Event()

    async def hang() -> Resource:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError

    both = [asyncio.ensure_future(cache.get("a", hang)) for _ in range(2)]
    await asyncio.sleep(0)
    for one in both:
        await asyncio.sleep(0)
        assert not ended.is_set()
        one.cancel()
    await asyncio.wait(both)
    assert (await cache.get("a", larder.fetch)).content
    assert ended.is_set()


async def test_the_memory_is_bounded() -> None:
    """What came first leaves first."""
    cache, larder = Cache(25), Larder()
    for name in "abca":
        await cache.get(name, larder.fetch)
    assert larder.asked == 4
    await cache.get("c", larder.fetch)
    assert larder.asked == 4


async def test_nothing_is_kept_for_long() -> None:
    """A key that was revoked meanwhile shows nothing any more."""
    now = [0.0]
    cache, larder = Cache(clock=lambda: now[0]), Larder()
    await cache.get("a", larder.fetch)
    now[0] = 599
    await cache.get("a", larder.fetch)
    assert larder.asked == 1
    now[0] = 601
    await cache.get("a", larder.fetch)
    assert larder.asked == 2


async def test_a_failure_is_told_and_not_kept() -> None:
    """The next who asks may be luckier."""
    cache, larder = Cache(), Larder()

    async def fail() -> Resource:
        raise LookupError

    with pytest.raises(LookupError):
        await cache.get("a", fail)
    assert (await cache.get("a", larder.fetch)).content
