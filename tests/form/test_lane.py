"""Searches: the newest only, and never an older answer after a newer one."""

from __future__ import annotations

import asyncio

import pytest

from arcgis_keywidget.errors import FormStepError
from arcgis_keywidget.form.lane import Lane


class Portal:
    """Answers when it is told to, and counts who waits at the same time."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.waiting = 0
        self.most = 0
        self.answer = asyncio.Event()

    async def search(self, text: str) -> str:
        """Answer with the text."""
        self.asked.append(text)
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        try:
            await self.answer.wait()
            return text
        finally:
            await asyncio.sleep(0)  # as closing a connection takes a moment
            self.waiting -= 1


async def test_newer_search_takes_the_place_of_the_older() -> None:
    """Of five quick searches only the last is answered, and there was never more than one on its way."""
    lane, portal, ended = Lane(), Portal(), []

    async def ask(text: str) -> None:
        try:
            ended.append(await lane.ask(lambda: portal.search(text)))
        except FormStepError as error:
            ended.append(error.title)

    tasks = []
    for text in "abcde":
        tasks.append(asyncio.ensure_future(ask(text)))
        await asyncio.sleep(0)
    await asyncio.sleep(0.01)
    portal.answer.set()
    await asyncio.gather(*tasks)
    assert ended[-1] == "e"
    assert all("newer search" in title for title in ended[:-1])
    assert (portal.most, portal.asked[-1]) == (1, "e")


async def test_search_after_search_is_answered() -> None:
    """One after the other, each has its answer; a failure is the failure of its own question only."""
    lane, portal = Lane(), Portal()
    portal.answer.set()
    assert await lane.ask(lambda: portal.search("a")) == "a"

    async def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await lane.ask(fail)
    assert await lane.ask(lambda: portal.search("b")) == "b"


async def test_cleared_lane_asks_nothing_more() -> None:
    """Who clears the lane waits until the question has let go."""
    lane, portal = Lane(), Portal()
    task = asyncio.ensure_future(lane.ask(lambda: portal.search("a")))
    await asyncio.sleep(0.01)
    await lane.clear()
    assert portal.waiting == 0
    with pytest.raises(asyncio.CancelledError):
        await task
