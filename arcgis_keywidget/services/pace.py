"""How fast a service is asked: so many requests at once, pauses that it asks for, reads tried again."""

from __future__ import annotations

import asyncio
import math
import random
import time
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Self, TypeVar
from urllib.parse import urlsplit

from arcgis_keywidget._http import Reply, is_loopback
from arcgis_keywidget.errors import PortalError, PortalUnreachableError, QuotaError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

T = TypeVar("T")

IN_FLIGHT = 4
"""Requests at once; services publish no figure, so this is what a careful browser would do."""
IN_FLIGHT_HERE = 32
"""Requests at once on this machine, where nobody else is kept waiting."""
PAUSE = 60.0
"""Seconds until a ceiling on requests is lifted (hosted layers count by the minute), unless it says when."""
LONGEST_PAUSE = 300.0
"""Seconds; whoever asks for more than that is not waited for."""
BACKOFF = (0.5, 2.0)
"""Seconds before a read that failed is tried again, so many times."""

_JITTER = (
    0.1  # share of a wait by which it may be longer: clients that stopped together shall not start together
)
_IN_VAIN = frozenset({HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.HTTP_VERSION_NOT_SUPPORTED})


class Pace:
    """A limit on what is in flight, shared by the reads of one job; belongs to the loop that first uses it.

    Args:
        limit: how many requests may be under way at once.
        tell: called with one plain sentence before a pause that takes long.
        sleep: waits for some seconds.
        clock: the time in seconds, from anywhere.
    """

    def __init__(
        self,
        limit: int = IN_FLIGHT,
        *,
        tell: Callable[[str], None] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limit = limit
        self._listeners = [tell] if tell else []
        self._slots = asyncio.Semaphore(limit)
        self._sleep = sleep
        self._clock = clock
        self._paused = self._resumes = -math.inf
        self._answered = False

    @classmethod
    def for_host(cls, url: str, *, tell: Callable[[str], None] | None = None) -> Self:
        """Return a pace that suits the host of an address."""
        try:
            here = is_loopback(urlsplit(url).hostname or "")
        except ValueError:  # half an address, which goes nowhere
            here = False
        return cls(IN_FLIGHT_HERE if here else IN_FLIGHT, tell=tell)

    @contextmanager
    def telling(self, tell: Callable[[str], None]) -> Iterator[None]:
        """Call also this one with a sentence before a pause, while the block runs."""
        self._listeners.append(tell)
        try:
            yield
        finally:
            self._listeners.remove(tell)

    async def run(self, work: Callable[[], Awaitable[T]]) -> T:
        """Await a free slot, then the work, which is a read: it is repeated when the trouble may pass.

        A ceiling on requests (429) is waited out once, by everything at this pace together; a server in
        trouble (5xx), a connection that broke and an answer that is late are tried again after 0.5 and 2
        seconds. These are seen in an answer as well as in an error. Other refusals are returned as they are.

        Raises:
            QuotaError, PortalError, PortalUnreachableError: what the last try met.
        """
        async with self._slots:
            waits, paused = iter(BACKOFF), False
            while True:
                await self._pass_gate()
                began = self._clock()
                try:
                    outcome = _checked(await work())
                except QuotaError as error:
                    if paused or (error.retry_after or 0) > LONGEST_PAUSE:
                        raise
                    paused, wait = True, 0.0
                    self._pause(error, began)
                except (PortalError, PortalUnreachableError) as error:
                    next_wait = next(waits, None) if self._may_pass(error) else None
                    if next_wait is None:
                        raise
                    wait = _spread(next_wait)
                else:
                    self._answered = True
                    return outcome
                await self._sleep(wait)

    async def _pass_gate(self) -> None:
        """Wait while a pause lasts; another answer may have made it longer meanwhile."""
        while (rest := self._resumes - self._clock()) > 0:
            await self._sleep(rest)

    def _pause(self, error: QuotaError, began: float) -> None:
        """Begin a pause, unless one has begun since this request left: it knew nothing of that one."""
        if self._paused >= began:
            return
        wait = _spread(PAUSE if error.retry_after is None else error.retry_after)
        self._paused = self._clock()
        self._resumes = self._paused + wait
        for tell in self._listeners:
            tell(f"{error.title} Going on in {wait:.0f} s.")

    def _may_pass(self, error: PortalError | PortalUnreachableError) -> bool:
        """Whether to try again; a host that has not answered yet may be a mistyped one."""
        if isinstance(error, PortalUnreachableError):
            return error.reason not in {"certificate", "proxy"} and (error.sent or self._answered)
        return error.code >= HTTPStatus.INTERNAL_SERVER_ERROR and error.code not in _IN_VAIN


def _checked(outcome: T) -> T:
    """Return what the work gave; a reply that only says "not now" becomes its error."""
    if isinstance(outcome, Reply):
        code = max(outcome.status, outcome.code)
        if code == HTTPStatus.TOO_MANY_REQUESTS or code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            outcome.content()
    return outcome


def _spread(seconds: float) -> float:
    return seconds * (1 + _JITTER * random.random())  # noqa: S311 (no secret)
