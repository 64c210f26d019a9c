"""What killed kernels have left in the portal: told after signing in, deleted when the person says so."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.form import texts
from arcgis_keywidget.form.alerts import Action, Alert
from arcgis_keywidget.form.keeping import Keeping
from arcgis_keywidget.form.phases import Event, Phase

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from arcgis_keywidget.portal import KeyOutcome, Portal


class Tidying(Keeping):
    """A form that offers to delete the keys of ended kernels; the arguments are those of `Entrance`."""

    looking: asyncio.Task[None] | None = None
    """What looks for them, beside all else; it makes nothing and fails in silence."""

    _named: tuple[str, ...] = ()
    """The items that the person was told of: what is found later is not deleted with them."""

    async def enter(
        self, event: Event, opening: Callable[[], Coroutine[Any, Any, Portal]], method: str | None = None
    ) -> None:
        """Sign in as `Entrance.enter` does, and look for what was left."""
        await super().enter(event, opening, method)
        self.look_for_leftovers()

    def look_for_leftovers(self) -> None:
        """Begin to look for what was left of whoever is signed in, beside all else."""
        if self.portal is not None:
            self.looking = asyncio.ensure_future(self._look_for_leftovers(self.portal))

    async def _look_for_leftovers(self, portal: Portal) -> None:
        with suppress(Exception):  # a courtesy; the next sign-in looks again
            found = await self.outside.ephemeral.find_left(portal)
            left = [one.credential for one in found if one.marked]
            if left and self.portal is portal and self.phase is Phase.SIGNED_IN:
                self._named = tuple(one.item_id for one in left)
                titles = [one.title for one in left]
                ways = (Action(texts.DELETE_LEFT, kind="delete-left"),)
                self.add(Alert("warn", texts.left_over(titles), texts.LEFT_OVER_HINT, ways))

    async def delete_left(self) -> None:
        """Delete what the person was told of; what became of each is told.

        Raises:
            KeyWidgetError: the session has ended.
        """
        portal, _ = await self.session()
        outcomes = await self.ask(self.outside.ephemeral.delete_left(portal, self._named))
        self.say(_told(outcomes), self.errors)


def _told(outcomes: Sequence[KeyOutcome]) -> Alert:
    done = [one.credential.title for one in outcomes if one.state == "done"]
    failed = [one for one in outcomes if one.state != "done"]
    gone = texts.left_deleted(done) if done else ""
    if not failed:
        return Alert("ok", gone or texts.NOTHING_LEFT, "")
    why = " ".join(texts.LEFT_FAILED.format(title=one.credential.title, why=one.why) for one in failed)
    return Alert("warn", texts.left_failed(len(failed)), f"{why} {gone}".rstrip())
