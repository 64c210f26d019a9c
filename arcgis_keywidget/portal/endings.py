"""Ending keys that were made to end with their process, by that process or for one that was killed."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arcgis_keywidget._http import need
from arcgis_keywidget.errors import KeyWidgetError, PortalError
from arcgis_keywidget.models import KeyCredential
from arcgis_keywidget.portal.removal import delete_credential
from arcgis_keywidget.portal.rest import content_of
from arcgis_keywidget.portal.signed_in import SignedIn
from arcgis_keywidget.portal.slots import revoke_slot
from arcgis_keywidget.portal.undo import delete_item

if TYPE_CHECKING:
    from arcgis_keywidget.portal.credential import App, MadeItem
    from arcgis_keywidget.portal.rest import SharingRest

_REVOCATIONS = (0.0, 0.5)
_REVOKING = 1.5
"""Seconds for the keys to end before their item is deleted: a process waits three for all of it."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """The credential of a process that is gone.

    Attributes:
        credential: as far as its item tells; it may hold live keys.
        marked: whether it still carries the mark that it was made with; else it is not deleted.
    """

    credential: KeyCredential
    marked: bool


class Endings(SignedIn):
    """The part of `Portal` that ends what was made to end."""

    async def end_made(self, made: MadeItem) -> bool:
        """End the keys of what `create_key` made, and delete its item; return whether that is gone.

        Its keys end by the secret of their application, so nobody needs to be signed in; a closed portal can
        do it, too. The item is deleted while whoever made it is still signed in. Never fails.
        """
        rest, account = self._rest, self._account
        # A free slot takes no harm, and which ones are live may have changed since.
        revocations = () if made.app is None else (_end_slot(rest, made.app, number) for number in (1, 2))
        ending = asyncio.gather(*revocations)
        await asyncio.wait([ending], timeout=_REVOKING)  # one that hangs shall not cost the deletion
        mine = account is not None and account.username == made.owner
        if mine and await delete_item(rest, made.owner, made.item_id):
            ending.cancel()
            return True
        await ending
        return False

    async def find_leftover(self, item_id: str, marker: str) -> Leftover | None:
        """Return one's own item by its id and the mark of its making, None where it is gone (1 request).

        Raises:
            KeyWidgetError: the portal did not tell.
        """
        self._check_loop()
        owner = self.account.username
        try:
            document = await self._rest.get(f"{content_of(owner)}/items/{item_id}")
        except PortalError as error:
            if error.message_code == "CONT_0001":  # it does not exist; a gateway's 404 says nothing of it
                return None
            raise
        item = need(document, "item", dict)
        keywords = item.get("typeKeywords")
        title, protected = item.get("title"), item.get("protected") is True
        credential = KeyCredential(
            *(item_id, "", title if isinstance(title, str) else item_id, None, (), (), (), ()),
            owner=owner,
            protected=protected,
        )
        return Leftover(credential, isinstance(keywords, list) and marker in keywords)

    async def delete_leftover(self, item_id: str, marker: str) -> bool:
        """Delete one's own item if it carries this mark, and with it its keys; return whether it is gone.

        Raises:
            KeyWidgetError: the portal refused, or did not answer.
        """
        found = await self.find_leftover(item_id, marker)
        if found is None or not found.marked:
            return found is None
        with self._job():
            await delete_credential(self._rest, self.account, found.credential)
        return True


async def _end_slot(rest: SharingRest, app: App, number: int) -> None:
    for pause in _REVOCATIONS:
        await asyncio.sleep(pause)
        with suppress(KeyWidgetError):
            await revoke_slot(rest, app, number)
            return
