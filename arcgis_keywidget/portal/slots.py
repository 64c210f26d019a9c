"""The two places for keys in a credential: making a key in one of them, and ending it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace as changed
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import FieldError, KeyWidgetError, LeftBehindError, UnexpectedReplyError
from arcgis_keywidget.portal.credential import ask_token, key_of, set_expiry
from arcgis_keywidget.portal.listing import Whole, read_whole
from arcgis_keywidget.portal.undo import surely_not_done, to_its_end

if TYPE_CHECKING:
    from datetime import datetime

    from arcgis_keywidget.models import Account, ApiKey, KeyCredential, Secret, Slot
    from arcgis_keywidget.portal.credential import App, Issued
    from arcgis_keywidget.portal.rest import SharingRest


class SlotRun:
    """One run of making a key in a credential that is there; what stops it half-way is taken back.

    Args:
        rest: the portal, signed in.
        account: who is signed in.
        credential: where; it is read anew.
        ends: the end of the key (UTC).
        trust: further hosts that may see the key.
    """

    def __init__(
        self,
        rest: SharingRest,
        account: Account,
        credential: KeyCredential,
        ends: datetime,
        *,
        trust: tuple[str, ...],
    ) -> None:
        self._rest = rest
        self._account = account
        self._owner = credential.owner or account.username
        self._item = credential.item_id
        self._ends = ends
        self._trust = trust
        self._unseen = False  # whether there may be a key of this run that nobody has seen

    async def make(self, number: int | None, *, replace: bool) -> KeyCredential:
        """Make the key; 4 requests.

        Args:
            number: of the slot; None for one without a live key.
            replace: whether a live key may be ended for it.

        Raises:
            LeftBehindError: it failed, and a key that nobody has seen may be live in the slot.
        """
        whole = await read_whole(self._rest, self._owner, self._item)
        before = choose_slot(whole.credential, number, replace=replace)
        try:
            key = await self._make_key(whole, before)
        except GeneratorExit:  # the loop is gone, and with it the way to take anything back
            raise
        except BaseException as error:  # noqa: BLE001 (a cancel and an interrupt are taken back, too)
            gone = await to_its_end(self._take_back(whole, before))
            failure = error if gone else self._left_behind(whole.credential, before, error)
        else:
            slot = changed(before, active=True, expires=key.expires)
            return changed(_with_slot(whole.credential, slot), key=key)
        raise failure

    async def _make_key(self, whole: Whole, before: Slot) -> ApiKey:
        await set_expiry(self._rest, self._owner, self._item, self._ends, before.number)
        issued = await self._issue(whole.app, before)
        return key_of(
            self._rest,
            issued,
            self._ends,
            self._account,
            trust=self._trust,
            referrers=whole.credential.referrers,
        )

    async def _issue(self, app: App, before: Slot) -> Issued:
        """Ask for the key; where the answer is lost after the work was done, for another in its place."""
        taken = before.active
        self._unseen = True
        try:
            return await ask_token(self._rest, app, before.number, regenerate=taken)
        except KeyWidgetError as error:
            self._unseen = not surely_not_done(error)
            now = await self._look(before.number)
            if now is not None and now.active and not taken and not self._unseen:
                raise _taken(before.number) from None
            # Another notebook would have set a date of its own: then the key is not ours to replace.
            if now is None or not now.active or not self._unseen or not self._is_ours(now):
                raise
        return await ask_token(self._rest, app, before.number, regenerate=True)

    async def _look(self, number: int) -> Slot | None:
        """Return the slot as it is now, None where the portal does not tell."""
        with suppress(KeyWidgetError):
            return (await read_whole(self._rest, self._owner, self._item)).credential.slot(number)
        return None

    def _is_ours(self, slot: Slot) -> bool:
        """Whether a slot's date is this run's; some portals may keep the end of its day (UTC)."""
        return slot.expires in {self._ends, self._ends.replace(hour=23, minute=59, second=59)}

    async def _take_back(self, whole: Whole, before: Slot) -> bool:
        """Put the slot's date back and end a key that nobody will see; whether none may remain."""
        now = await self._look(before.number)
        if now is None:
            return not self._unseen
        if not self._is_ours(now) or (now.active and not self._unseen and not before.active):
            return True
        # A portal that is still at work on the key makes none in a slot without a date.
        unseen = self._unseen and not before.active
        date = None if unseen else before.expires
        with suppress(KeyWidgetError):
            await set_expiry(self._rest, self._owner, self._item, date, before.number)
            if not unseen:
                return not self._unseen
            after = await self._look(before.number)
            if after is not None and after.active and after.expires == date:
                await revoke_slot(self._rest, whole.app, before.number)
            return after is not None
        return not self._unseen

    def _left_behind(self, credential: KeyCredential, before: Slot, error: BaseException) -> LeftBehindError:
        cause = error if isinstance(error, KeyWidgetError) else None
        title = cause.title if cause else "Stopped, but not everything could be taken back."
        slot = f"slot {before.number} of '{credential.title}' ({self._item})"
        hint = f"A key that nobody has seen may be live in {slot}; revoke it."
        if before.active:
            hint = f"The old key in {slot} may have ended; make it again with replace=True."
        return LeftBehindError(title, hint, items=(self._item,), cause=cause)


async def end_key(
    rest: SharingRest, account: Account, credential: KeyCredential, number: int
) -> KeyCredential:
    """Revoke the key of a slot and return the credential as it is then; 5 requests, 2 for a free slot.

    Raises:
        FieldError: there is no such slot (field ``slot``).
        UnexpectedReplyError: the portal says that it is done, but the key is still active.
    """
    owner = credential.owner or account.username
    whole = await read_whole(rest, owner, credential.item_id)
    if not _slot(whole.credential, number).active:
        return whole.credential
    failure: KeyWidgetError = UnexpectedReplyError(
        f"The key in slot {number} of '{whole.credential.title}' is still active.", "Revoke it again."
    )
    try:
        await revoke_slot(rest, whole.app, number)
    except KeyWidgetError as error:
        if surely_not_done(error):
            raise
        failure = error  # it may have been done: the look tells
    after = await read_whole(rest, owner, credential.item_id)
    if _slot(after.credential, number).active:
        raise failure
    return after.credential


def choose_slot(credential: KeyCredential, number: int | None, *, replace: bool) -> Slot:
    """Return the slot for a new key: the one that is named, else one that holds no live key.

    Raises:
        FieldError: there is no such slot, or it holds a live key that may not be replaced (field ``slot``).
        KeyWidgetError: both hold live keys, or it has none.
    """
    if number is None:
        free = [slot for state in ("free", "ended") for slot in credential.slots if slot.state() == state]
        if free:
            return free[0]
        if credential.slots:
            raise KeyWidgetError(
                f"Both slots of '{credential.title}' hold live keys.",
                "Revoke one of them first, or name the slot whose key the new one shall replace.",
            )
    slot = _slot(credential, number)
    if slot.state() == "live" and not replace:
        raise FieldError(
            "slot",
            f"Slot {number} holds a live key; leave the slot out, or pass replace=True to end that key now.",
        )
    return slot


def _taken(number: int) -> KeyWidgetError:
    return KeyWidgetError(
        f"Slot {number} was taken a moment ago, by another notebook or person.",
        "That key is left alone; list the keys again.",
    )


def _slot(credential: KeyCredential, number: int | None) -> Slot:
    if credential.legacy:
        raise KeyWidgetError(
            f"'{credential.title}' is a legacy API key, which ArcGIS accepts no longer.",
            "Make a new key instead, and delete this one.",
        )
    slot = credential.slot(number) if number is not None else None
    if slot is None:
        raise FieldError("slot", "A credential has the slots 1 and 2.")
    return slot


def _with_slot(credential: KeyCredential, slot: Slot) -> KeyCredential:
    slots = tuple(slot if one.number == slot.number else one for one in credential.slots)
    return changed(credential, slots=slots)


async def revoke_slot(rest: SharingRest, app: App, number: int) -> None:
    """End the key of a slot by the secret of its application, which needs nobody signed in (1 request)."""
    form: dict[str, str | Secret] = {
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "apiToken": str(number),
    }
    reply = await rest.post_unsigned("oauth2/revokeToken", form)
    if reply.get("success") is not True:
        raise UnexpectedReplyError("The portal does not say that the key is revoked.", "Revoke it again.")
