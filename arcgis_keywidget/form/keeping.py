"""My keys: what the form does with the credentials that are there already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FormStepError
from arcgis_keywidget.form import texts
from arcgis_keywidget.form.bringing import Bringing
from arcgis_keywidget.form.inquiry import Inquiry
from arcgis_keywidget.form.keepsake import Keepsake
from arcgis_keywidget.form.phases import Event, Phase
from arcgis_keywidget.models import session_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from arcgis_keywidget.form.outside import Outside
    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.portal import KeyOutcome


class Keeping(Inquiry, Bringing):
    """A form's list of keys, and what is done with them; the arguments are those of `Entrance`.

    Attributes:
        keepsake: keeps the key in hand for later sessions.
        listed: the credentials of every listing by the ids of their items: a view may show an earlier one.
    """

    def __init__(self, outside: Outside, **beginning: Any) -> None:  # noqa: ANN401 (the arguments of `Entrance`)
        super().__init__(outside, **beginning)
        self.listed: dict[str, KeyCredential] = {}
        self.keepsake = Keepsake(outside, self._held, self.tell)

    async def keys(self) -> tuple[KeyCredential, ...]:
        """Return the credentials of the account as they are now; two views of the form may ask at once.

        Raises:
            KeyWidgetError: the portal did not answer.
        """
        portal, _ = await self.session()
        found = await self.ask(portal.list_keys())
        self.listed |= {one.item_id: one for one in found}
        return found

    async def generate(self, item: str, slot: int | None, days: int, *, may_end: bool) -> None:
        """Make a key in a credential that is there, and put it in the kernel.

        Args:
            item: id of the credential.
            slot: its slot; None for one without a live key.
            days: how long the key lives.
            may_end: whether a live key in the slot may be ended for it.

        Raises:
            FieldError: no such number of days; nothing was sent.
            KeyWidgetError: it failed or was cancelled; title and hint tell what remains.
        """
        portal, _ = await self.session()
        self.rules.check_days(days)
        self.progress = {"token": "started"}
        lives = timedelta(days=days)
        try:
            credential = await self.perform(
                Event.CREATE, lambda: portal.generate(item, slot, lives, replace=may_end)
            )
        except Exception as error:  # noqa: BLE001 (every error is shown in the form, and nowhere else)
            self.progress = {"token": "failed"}
            raise await self.fail(error) from None
        self.progress = {"token": "done"}
        await self.take(credential, Event.CREATED)

    async def revoke(self, item: str, slot: int) -> KeyCredential:
        """End the key of a slot; if it is in this kernel, it is taken out of it.

        Raises:
            KeyWidgetError: the portal refused, or did not answer.
        """
        portal, _ = await self.session()
        after = await self.ask(portal.revoke(item, slot))
        await self._drop_ended([after], {slot})
        return after

    async def change(
        self, item: str, *, title: str, summary: str, tags: Iterable[str], folder: str
    ) -> KeyCredential:
        """Change what costs nothing: title, summary, tags and folder; an empty folder is the root.

        Raises:
            FieldError: a text that the portal would refuse.
            KeyWidgetError: the portal refused, or did not answer.
        """
        portal, _ = await self.session()
        return await self.ask(
            portal.edit(item, title=title, summary=summary, tags=tuple(tags), folder=folder)
        )

    async def delete(self, items: Sequence[str]) -> tuple[KeyOutcome, ...]:
        """Delete credentials for good, one after the other; what became of each is told.

        Raises:
            KeyWidgetError: the session has ended.
        """
        portal, _ = await self.session()
        chosen = [self.listed[item] for item in items if item in self.listed]
        outcomes = await self.ask(portal.delete_keys(chosen))
        await self._drop_ended([one.credential for one in outcomes if one.state == "done"], {1, 2})
        return outcomes

    async def end_former(self) -> None:
        """Revoke the key that the one in hand has taken over from, in the credential's other slot.

        Raises:
            FormStepError: there is none.
            KeyWidgetError: the portal refused, or did not answer.
        """
        credential = self.credential
        former = former_slot(credential) if self.phase is Phase.READY else None
        if credential is None or former is None or self.portal is None:
            raise FormStepError(texts.NO_FORMER, texts.NO_FORMER_HINT)
        after = await self.ask(self.portal.revoke(credential, former))
        if self.credential is credential:  # else it was forgotten meanwhile, or there is another one
            self.credential = replace(after, key=credential.key)
        await self._drop_ended([after], {former})
        self.tell()

    def _held(self) -> KeyCredential | None:
        return self.credential if self.phase is Phase.READY else None

    async def _drop_ended(self, credentials: Iterable[KeyCredential], slots: set[int]) -> None:
        """Take out of the kernel, and out of hand, what opens nothing any more."""
        for credential in credentials:
            held = self.credential and self.credential.key
            if held and credential.holds(held) and held.slot in slots:
                self.credential = None
            for key in session_keys:
                if credential.holds(key) and key.slot in slots:
                    await self.outside.forget(key)


def slots_here(credential: KeyCredential) -> tuple[int, ...]:
    """Return the slots of a credential whose keys are in this kernel."""
    return tuple(key.slot for key in session_keys if key.slot and credential.holds(key))


def former_slot(credential: KeyCredential | None) -> int | None:
    """Return the slot whose live key a new one in the other slot may take over from, None where none is."""
    if credential is None or credential.key is None:
        return None
    others = [slot.number for slot in credential.live_slots() if slot.number != credential.key.slot]
    return others[0] if others else None
