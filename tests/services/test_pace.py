"""How fast a service is asked, with a clock that only the waits move."""

from __future__ import annotations

import asyncio
import json

import pytest

from arcgis_keywidget._http import Reply
from arcgis_keywidget.errors import PortalError, PortalUnreachableError, QuotaError
from arcgis_keywidget.services.pace import Pace


class Watch:
    """A clock, and what was waited and told by it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []
        self.told: list[str] = []

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once, and give way to others."""
        if seconds:
            self.waits.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def pace(self, limit: int = 4) -> Pace:
        """A pace by this clock."""
        return Pace(limit, tell=self.told.append, sleep=self.sleep, clock=lambda: self.now)


def reply(status: int = 200, code: int = 0, retry_after: float | None = None) -> Reply:
    """An answer; with a code, one that says no inside HTTP 200."""
    body = json.dumps({"error": {"code": code, "message": "No."}} if code else {"count": 1})
    kind = "application/json"
    return Reply("gis.example.com", "/query", status, kind, body.encode(), retry_after=retry_after)


def answers(*outcomes: object):
    """Work that has one outcome after the other, and the number of its runs."""
    runs = []

    async def work() -> object:
        outcome = outcomes[min(len(runs), len(outcomes) - 1)]
        runs.append(outcome)
        await asyncio.sleep(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return work, runs


async def test_no_more_than_the_limit_are_under_way() -> None:
    """Forty pieces of work, four at once, each to its end."""
    pace, under_way, most = Pace(4), set(), 0

    async def work(number: int) -> int:
        nonlocal most
        under_way.add(number)
        most = max(most, len(under_way))
        await asyncio.sleep(0)
        under_way.discard(number)
        return number

    done = await asyncio.gather(*(pace.run(lambda number=number: work(number)) for number in range(40)))
    assert done == [*range(40)]
    assert most == 4


@pytest.mark.parametrize(
    "trouble",
    [
        reply(503),
        reply(200, code=500),
        PortalError("It could not do this (502).", code=502),
        PortalUnreachableError("Closed."),
        PortalUnreachableError("Late.", reason="timeout"),
    ],
    ids=["status", "inside", "error", "broken", "late"],
)
async def test_a_read_that_failed_is_tried_again(trouble: object) -> None:
    """Twice, after half a second and two, whichever way the trouble shows."""
    watch = Watch()
    work, runs = answers(trouble, trouble, reply())
    assert (await watch.pace().run(work)).document() == {"count": 1}
    assert len(runs) == 3
    assert [round(wait, 0) for wait in watch.waits] in ([0, 2], [1, 2])
    assert not watch.told


async def test_what_stays_in_trouble_is_the_last_error() -> None:
    """Three tries, then what the last one met."""
    work, runs = answers(reply(503))
    with pytest.raises(PortalError, match="could not do this") as caught:
        await Watch().pace().run(work)
    assert caught.value.code == 503
    assert len(runs) == 3


@pytest.mark.parametrize(
    "refusal",
    [
        PortalError("Refused.", code=400),
        PortalError("Never.", code=501),
        PortalUnreachableError("Certificate.", sent=False, reason="certificate"),
        PortalUnreachableError("Nobody of this name.", sent=False),
    ],
)
async def test_what_will_not_pass_is_not_repeated(refusal: Exception) -> None:
    """A refusal, a certificate, a host that never answered."""
    work, runs = answers(refusal)
    with pytest.raises(type(refusal)):
        await Watch().pace().run(work)
    assert len(runs) == 1


async def test_other_answers_are_returned_as_they_are() -> None:
    """What a refusal means is for those who asked."""
    work, runs = answers(reply(403))
    assert (await Watch().pace().run(work)).status == 403
    assert len(runs) == 1


async def test_a_ceiling_is_waited_out_once_and_told() -> None:
    """A minute and a little; then it goes on, or it is an error."""
    watch = Watch()
    work, runs = answers(reply(429), reply())
    await watch.pace().run(work)
    assert len(runs) == 2
    assert 60 <= sum(watch.waits) <= 66
    assert len(watch.told) == 1
    assert "too many requests" in watch.told[0]
    work, runs = answers(reply(429))
    with pytest.raises(QuotaError):
        await watch.pace().run(work)
    assert len(runs) == 2


async def test_all_wait_together() -> None:
    """What was under way meets the same ceiling: one pause, told once; nothing is sent while it lasts."""
    watch = Watch()
    pace, sent = watch.pace(), []

    async def work() -> Reply:
        sent.append(watch.now)
        await asyncio.sleep(0)
        return reply(429) if len(sent) <= 4 and watch.now < 1060 else reply()

    await asyncio.gather(*(pace.run(work) for _ in range(8)))
    assert len(watch.told) == 1
    assert sorted(sent)[:4] == [1000] * 4
    assert all(moment >= 1060 for moment in sorted(sent)[4:])
    assert len(sent) == 12


async def test_the_service_may_say_when() -> None:
    """Retry-After counts, but for what nobody would wait."""
    watch = Watch()
    work, _ = answers(reply(429, retry_after=5), reply())
    await watch.pace().run(work)
    assert 5 <= sum(watch.waits) < 6
    work, runs = answers(reply(429, retry_after=3600))
    with pytest.raises(QuotaError):
        await watch.pace().run(work)
    assert len(runs) == 1


def test_more_at_once_on_this_machine() -> None:
    """Four on real hosts."""
    assert Pace.for_host("https://services.arcgis.com/x/FeatureServer/0").limit == 4
    assert Pace.for_host("http://127.0.0.1:8000/x").limit == 32
    assert Pace.for_host("https://[half").limit == 4


async def test_who_listens_is_told_of_a_pause_while_it_listens() -> None:
    """Each job that shares the pace, and none that has ended."""
    watch, heard = Watch(), []
    pace = watch.pace()
    with pace.telling(heard.append):
        work, _ = answers(reply(429, retry_after=5), reply())
        await pace.run(work)
    work, _ = answers(reply(429, retry_after=5), reply())
    await pace.run(work)
    assert len(heard) == 1
    assert len(watch.told) == 2
