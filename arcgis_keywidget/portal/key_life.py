"""What somebody who is signed in can do with the keys that are there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import KeyCredential, Secret, is_item_id, select_keys
from arcgis_keywidget.models.expiry import end_of_life
from arcgis_keywidget.portal.edits import EditRun, KeyEdit
from arcgis_keywidget.portal.listing import list_credentials, read_whole
from arcgis_keywidget.portal.removal import KeyOutcome, delete_credential, for_each, why_not_deleted
from arcgis_keywidget.portal.signed_in import SignedIn
from arcgis_keywidget.portal.slots import SlotRun, end_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from arcgis_keywidget.models import Item

_WEEK = timedelta(days=7)


class KeyLife(SignedIn):
    """The part of `Portal` that keeps keys: list, generate, rotate, revoke, change, delete."""

    async def list_keys(
        self,
        *,
        ids: Iterable[str] | None = None,
        title: str | None = None,
        tag: str | None = None,
        owner: str = "",
        on_key: Callable[[KeyCredential], None] | None = None,
    ) -> tuple[KeyCredential, ...]:
        """Return the API key credentials of the account, by title, as they are now.

        It takes one request for 100 of them, one for the folders, and two for each, four at a time. Legacy
        keys are among them, and marked. No key is among them: the portal shows a key once.

        Args:
            ids: of items; all unless given, and none where the list is empty.
            title: large and small letters are the same; ``*`` stands for any letters, ``?`` for one.
            tag: the same.
            owner: a user name; one's own unless given. Administrators may look after others' keys.
            on_key: is told of each credential as it is read, in any order.
        """
        self._check_loop()
        whose = owner or self.account.username
        made = self._made if whose == self.account.username else {}
        found = await list_credentials(self._rest, whose, made, on_key)
        return select_keys(found, ids=ids, title=title, tag=tag)

    async def read_key(self, credential: KeyCredential | str) -> KeyCredential:
        """Return a credential as it is now (2 requests, 3 in a folder).

        Args:
            credential: one that was listed or made, or the id of one's own.

        Raises:
            PortalError: there is none (any more).
        """
        self._check_loop()
        one = self._named(credential)
        return (await read_whole(self._rest, one.owner or self.account.username, one.item_id)).credential

    async def find_key(self, key: str | Secret) -> KeyCredential | None:
        """Return the credential of the account that a key is of, None where there is none.

        The key is not sent anywhere: its last eight characters tell.
        """
        key = Secret(key)
        keys = await self.list_keys()
        return next((one for one in keys if one.holds(key)), None)

    async def generate(
        self,
        credential: KeyCredential | str,
        slot: int | None = None,
        expires: timedelta | date = _WEEK,
        *,
        replace: bool = False,
    ) -> KeyCredential:
        """Make a key in a slot of a credential (4 requests); it is in ``.key``, and shown this once.

        What fails or is cancelled half-way is taken back, and a key that was made is never lost.

        Args:
            credential: one that was listed or made, or its id.
            slot: 1 or 2; one without a live key unless given.
            expires: how long the key lives, or its last day (local time), or its exact end; 365 days at most.
            replace: whether a live key in this slot may be ended at once for the new one.

        Raises:
            FieldError: the slot holds a live key and may not be replaced, or ``expires`` cannot be.
            KeyWidgetError: both slots hold live keys, somebody else took the slot, or the portal refuses.
        """
        self._check_loop()
        ends = end_of_life(expires, datetime.now(UTC))
        run = SlotRun(self._rest, self.account, self._named(credential), ends, trust=self._trust)
        with self._job():
            return await run.make(slot, replace=replace)

    async def rotate(
        self, credential: KeyCredential | str, expires: timedelta | date = _WEEK
    ) -> KeyCredential:
        """Make the next key of a credential in its free slot, while the present one lives on (4 requests).

        Put the new key to work with `use`, and then end the old one: ``revoke(credential, old_slot)``.

        Raises:
            KeyWidgetError: both slots hold live keys: revoke the older one first.
        """
        return await self.generate(credential, None, expires)

    async def revoke(self, credential: KeyCredential | str, slot: int) -> KeyCredential:
        """End the key of a slot at once, for good; return the credential as it is then (up to 5 requests).

        Raises:
            FieldError: there is no such slot.
            KeyWidgetError: the portal refuses, or its answer is lost and the key still active.
        """
        self._check_loop()
        with self._job():
            return await end_key(self._rest, self.account, self._named(credential), slot)

    async def edit(  # noqa: PLR0913 (its arguments are the settings of a credential)
        self,
        credential: KeyCredential | str,
        *,
        title: str | None = None,
        summary: str | None = None,
        tags: Iterable[str] | None = None,
        folder: str | None = None,
        privileges: Iterable[str] | None = None,
        items: Iterable[str | Item] | None = None,
        referrers: Iterable[str] | None = None,
        private: bool = False,
        end_keys: bool = False,
    ) -> KeyCredential:
        """Change a credential, and return it as it is then; what is not given stays, what is so is not sent.

        Title, summary, tags and folder may change freely. **Other privileges, items or referrers end the live
        keys of both slots**: generate one again afterwards.

        Args:
            credential: one that was listed or made, or its id.
            title: of the item.
            summary: of the item; empty for none.
            tags: of the item, all of them.
            folder: title of a folder, made where there is none; empty for the root.
            privileges: all that its keys shall hold.
            items: all that its keys shall open.
            referrers: all that its keys shall be bound to.
            private: whether it is for a private application, which may hold general and admin privileges.
            end_keys: whether live keys may be ended by it.

        Raises:
            FieldError: a value that the portal would refuse.
            KeyWidgetError: live keys would end, and ``end_keys`` does not allow it: nothing is changed. Or
                the portal refuses; the hint tells what was changed already.
        """
        self._check_loop()
        wanted = KeyEdit(
            title=title,
            summary=summary,
            tags=tags,
            folder=folder,
            privileges=privileges,
            items=items,
            referrers=referrers,
            private=private,
        )
        with self._job():
            run = EditRun(self._rest, self.account, self._named(credential), wanted)
            return await run.make(end_keys=end_keys)

    async def delete(self, credential: KeyCredential | str) -> None:
        """Delete a credential for good: its keys end with it (1 request, 2 more where only its id is known).

        One that was listed or made, and is gone already, is no error.

        Raises:
            FieldError: no item id (field ``credential``).
            PortalError: it is protected against deletion, or not this account's; or an id is no credential's.
        """
        self._check_loop()
        one = self._named(credential)
        with self._job():
            if not one.owner:  # an id may be mistyped, of another kind of item, or somebody else's
                one = await self.read_key(one)
            await delete_credential(self._rest, self.account, one)
        self._made.pop(one.item_id, None)

    async def delete_keys(
        self,
        credentials: Iterable[KeyCredential],
        *,
        dry_run: bool = False,
        on_key: Callable[[KeyOutcome], None] | None = None,
    ) -> tuple[KeyOutcome, ...]:
        """Delete many credentials, one after the other; what fails is told, and the others are deleted.

        Running it again finishes what was stopped: what is gone already counts as done.

        Args:
            credentials: such as ``await portal.list_keys(tag="class-7")``.
            dry_run: whether only to tell what would be done.
            on_key: is told of each as it is done.
        """
        self._check_loop()
        return await for_each(
            credentials, self.delete, obstacle=why_not_deleted, dry_run=dry_run, on_key=on_key
        )

    async def revoke_keys(
        self,
        credentials: Iterable[KeyCredential],
        *,
        dry_run: bool = False,
        on_key: Callable[[KeyOutcome], None] | None = None,
    ) -> tuple[KeyOutcome, ...]:
        """End all live keys of many credentials, which stay; arguments and result as of `delete_keys`."""
        self._check_loop()

        async def work(one: KeyCredential) -> None:
            # As it is now, and whatever this machine's clock says of the ends.
            for slot in (await self.read_key(one)).slots:
                if slot.active:
                    await self.revoke(one, slot.number)

        return await for_each(credentials, work, obstacle=lambda _: "", dry_run=dry_run, on_key=on_key)

    def _named(self, credential: KeyCredential | str) -> KeyCredential:
        """Return a credential that is given by its id as far as that tells it."""
        if isinstance(credential, KeyCredential):
            return credential
        if not is_item_id(credential):
            raise FieldError("credential", "This is no item id; an id has 32 hexadecimal digits.")
        return KeyCredential(credential, "", credential, None, (), (), (), ())
