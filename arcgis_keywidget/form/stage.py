"""Where one form stands: its phase, its one task, what was last said, and who is told of changes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from arcgis_keywidget.errors import UndoneError
from arcgis_keywidget.form import texts
from arcgis_keywidget.form.lane import Lane
from arcgis_keywidget.form.phases import Event, Phase, next_phase
from arcgis_keywidget.form.proof import Proof

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Mapping

    from arcgis_keywidget.form.alerts import Alert

T = TypeVar("T")


class Stage:
    """A phase that only the table of transitions moves, and at most one task that runs.

    Attributes:
        progress: the steps of the last task that has some, and their states.
        proof: the check of the key in hand; it is no task either.
        searches: where the person's searches run, the newest only; they are no task, as they make nothing.
    """

    def __init__(self) -> None:
        self.phase = Phase.SIGNED_OUT
        self.revision = 0
        self.errors: dict[str, str] = {}
        self.alert: Alert | None = None
        self.progress: dict[str, str] = {}
        self.searches = Lane()
        self.proof = Proof(self.tell)
        self.listeners: list[Callable[[], None]] = []
        self._task: asyncio.Task[Any] | None = None
        self.cancelling = False

    def move(self, event: Event, alert: Alert | None = None, errors: Mapping[str, str] | None = None) -> None:
        """Go where an event leads, and say this there instead of what was said before.

        Raises:
            FormStepError: the event cannot happen in this phase.
        """
        self.phase = next_phase(self.phase, event)
        if self.phase is not Phase.READY:
            self.proof.drop()
        self.say(alert, errors)

    def say(self, alert: Alert | None, errors: Mapping[str, str] | None = None) -> None:
        """Show an alert and messages at fields, in place of the last ones."""
        self.alert = alert
        self.errors = dict(errors or {})
        self.tell()

    def add(self, alert: Alert) -> None:
        """Show an alert without taking anything away: where one stands, its title and ways are told there."""
        standing = self.alert
        if standing and alert.title not in f"{standing.title} {standing.hint}":
            hint = f"{standing.hint} {alert.title}".lstrip()
            standing = replace(standing, hint=hint, actions=(*standing.actions, *alert.actions))
        self.say(standing or alert, self.errors)

    def tell(self) -> None:
        """Tell every listener that something changed."""
        self.revision += 1
        for listener in tuple(self.listeners):
            listener()

    async def perform(
        self,
        event: Event,
        work: Callable[[], Coroutine[Any, Any, T]],
        drop: Callable[[T], Awaitable[object]] | None = None,
    ) -> T:
        """Move on, and run the one task to its end.

        Args:
            event: what the task is, for the phase.
            work: the task.
            drop: takes back a result that came in spite of a cancel; without it, such a result counts.

        Raises:
            FormStepError: the event cannot happen in this phase; nothing was started.
            UndoneError: it was cancelled, and left nothing behind.
        """
        self.move(event)
        self.cancelling = False
        self._task = asyncio.ensure_future(work())
        done, _ = await asyncio.wait({self._task})
        self._task = None
        task = done.pop()
        if task.cancelled():
            raise UndoneError(texts.CANCELLED, texts.CANCELLED_HINT)
        result: T = task.result()
        if drop is not None and self.cancelling:
            await drop(result)
            raise UndoneError(texts.CANCELLED, texts.CANCELLED_HINT)
        return result

    async def cancel(self) -> None:
        """Cancel the running task, if there is one, and wait until what it had made is undone."""
        task = self._task
        if task is None:
            return
        if not self.cancelling:  # a second cancel would only disturb the undoing
            self.cancelling = True
            task.cancel()
        await asyncio.wait({task})
