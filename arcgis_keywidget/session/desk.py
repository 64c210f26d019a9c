"""The places for keys, asked for a form: on threads of their own, and never waited for too long."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.session import vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.session.kept_key import Where

T = TypeVar("T")

_LOOK = 10.0
"""Seconds to wait for a place; a locked keyring may ask its person meanwhile."""

_WRITE = 60.0
"""Seconds for who has just asked for it to answer what the keyring asks."""


@dataclass(frozen=True, slots=True)
class Shelf(vault.Place):
    """A place for the key of one credential.

    Attributes:
        holds: ``key``: this key; ``older``: another one of its credential; empty: neither.
    """

    holds: str = ""


class VaultDesk:
    """What a form may ask of the places.

    Args:
        look: seconds to wait for what a place says.
        write: seconds to wait until it has written.
    """

    def __init__(self, look: float = _LOOK, write: float = _WRITE) -> None:
        self._look = look
        self._write = write

    async def shelves(self, credential: KeyCredential) -> tuple[Shelf, ...]:
        """Return the places, asked at the same time, and which of them has the key of a credential."""
        keyring, file = await asyncio.gather(
            self._shelf("keyring", credential), self._shelf(".env", credential)
        )
        return keyring, file

    async def keep(self, credential: KeyCredential, where: Where) -> None:
        """Keep a key as `vault.keep` does.

        Raises:
            KeyWidgetError: it cannot be kept there, or the place has not answered in time.
        """
        await aside(lambda: vault.keep(credential, where), self._write)

    async def unkeep(self, credential: KeyCredential, where: Where) -> None:
        """Drop every kept key of a credential from a place; those that are kept elsewhere stay.

        Raises:
            KeyWidgetError: it cannot be dropped, or the place has not answered in time.
        """
        await aside(lambda: vault.drop(credential, where), self._write)

    async def _shelf(self, where: Where, credential: KeyCredential) -> Shelf:
        try:
            place, holds = await aside(lambda: vault.survey(where, credential), self._look)
        except KeyWidgetError as error:
            return Shelf(where, usable=False, why=str(error))
        return Shelf(where, usable=place.usable, why=place.why, holds=holds)


async def aside(work: Callable[[], T], seconds: float) -> T:
    """Return what some work returns that may block, or never end.

    Its thread is a daemon: the process does not wait for it, as it would for one of an executor.

    Raises:
        KeyWidgetError: it has not ended in time; it may go on, and end later.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(settled: Callable[[], None]) -> None:
        if not done.done():
            settled()

    def run() -> None:
        try:
            outcome = work()
        except Exception as error:  # noqa: BLE001 (it belongs to who waits)
            problem = error
            told: Callable[[], None] = lambda: done.set_exception(problem)  # noqa: E731 (one of two)
        else:
            told = lambda: done.set_result(outcome)  # noqa: E731 (same)
        with suppress(RuntimeError):  # the loop may be gone by then
            loop.call_soon_threadsafe(settle, told)

    threading.Thread(target=run, name="arcgis-keywidget-vault", daemon=True).start()
    try:
        async with asyncio.timeout(seconds):
            return await done
    except TimeoutError:
        title = f"It has not answered within {seconds:g} seconds."
        hint = "It may ask to be unlocked, in a window on the kernel's machine. Look again then."
        raise KeyWidgetError(title, hint) from None
