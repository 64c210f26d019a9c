"""Keeping the key in hand for later sessions: where it can be, and where it is; looked at only when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from arcgis_keywidget.errors import FormStepError
from arcgis_keywidget.form import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from arcgis_keywidget.form.outside import Outside, Place, Shelf
    from arcgis_keywidget.models import ApiKey, KeyCredential


class Keepsake:
    """What the page is told of the places, for one key at a time.

    Args:
        outside: has the places, and knows which keys end with the kernel.
        held: returns the credential in hand, None while there is none.
        tell: called when there is something new to tell.
    """

    def __init__(
        self, outside: Outside, held: Callable[[], KeyCredential | None], tell: Callable[[], None]
    ) -> None:
        self._vault = outside.vault
        self._ends_here = outside.ephemeral.is_ephemeral
        self._held = held
        self._tell = tell
        self._told: tuple[ApiKey, dict[str, Any]] | None = None

    @property
    def told(self) -> dict[str, Any] | None:
        """The places and what they hold of the key in hand; None until somebody has asked."""
        credential = self._held()
        mine = self._told and credential and self._told[0] is credential.key
        return self._told[1] if self._told and mine else None

    @property
    def kept(self) -> str:
        """The place that has the key in hand, as far as somebody has asked; empty where none has."""
        return (self.told or {}).get("kept") or ""

    async def look(self) -> None:
        """Ask the places.

        Raises:
            FormStepError: there is no key in hand.
        """
        credential, key = self._need()
        found = await self._vault.shelves(credential)
        now = self._held()
        if now is not None and now.key is key:  # else nobody asks about this one any more
            self._told = (key, _tell_of(found))
            self._tell()

    async def keep(self, where: str) -> None:
        """Keep the key in a place, and look again.

        Raises:
            FieldError: its name is another credential's.
            FormStepError: there is no key in hand, it ends with the kernel, or there is no such place.
            KeyWidgetError: it cannot be kept there.
        """
        credential, _ = self._need()
        if self._ends_here(credential.item_id):
            raise FormStepError(texts.ENDS_HERE, texts.ENDS_HERE_HINT)
        await self._vault.keep(credential, _place(where))
        await self.look()

    async def unkeep(self, where: str) -> None:
        """Drop the kept key from a place, and look again; the kernel still has it.

        Raises:
            FormStepError: there is no key in hand, or no such place.
            KeyWidgetError: it cannot be dropped.
        """
        await self._vault.unkeep(self._need()[0], _place(where))
        await self.look()

    def _need(self) -> tuple[KeyCredential, ApiKey]:
        credential = self._held()
        if credential is None or credential.key is None:
            raise FormStepError(texts.NO_KEY, texts.NO_KEY_HINT)
        return credential, credential.key


def _tell_of(found: Sequence[Shelf]) -> dict[str, Any]:
    return {
        "places": [
            {"id": shelf.id, "usable": shelf.usable, "why": shelf.why, "older": shelf.holds == "older"}
            for shelf in found
        ],
        "kept": next((shelf.id for shelf in found if shelf.holds == "key"), None),
    }


def _place(where: str) -> Place:
    if where not in {"keyring", ".env"}:
        raise FormStepError(texts.NO_PLACE, texts.NO_PLACE_HINT)
    return cast("Place", where)
