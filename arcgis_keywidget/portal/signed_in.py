"""What somebody who is signed in to a portal can ask of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from arcgis_keywidget.portal.account import assume_kind, read_account, with_role_name
from arcgis_keywidget.portal.content import list_folders, query_for, search_items
from arcgis_keywidget.portal.keys import KeyRun, Step
from arcgis_keywidget.portal.lookup import find_items
from arcgis_keywidget.portal.session import PortalSession
from arcgis_keywidget.privileges import check_request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from arcgis_keywidget.models import (
        Account,
        AccountKind,
        Folder,
        ItemLookup,
        ItemPage,
        KeyCredential,
        KeyRequest,
    )
    from arcgis_keywidget.portal.credential import MadeItem
    from arcgis_keywidget.portal.rest import SharingRest


class SignedIn(PortalSession):
    """The half of `Portal` that needs somebody to be signed in: account, content, keys."""

    async def refresh_account(self) -> Account:
        """Read the account anew: its privileges may have changed (1 request, see `read_account`).

        Raises:
            SignInError: nobody is signed in, or the session has ended.
        """
        self._check_loop()
        _ = self.account
        return await self._reread(self._rest)

    async def _reread(self, rest: SharingRest) -> Account:
        """Read the account of a session; it is this portal's if that is still its session."""
        account, known = await read_account(rest), self._account
        if rest is not self._rest or known is None:
            return account
        if known.kind_certain and not account.kind_certain:  # the person has said what it is
            account = assume_kind(self.url, account, known.kind)
        self._account = account
        return account

    def assume_kind(self, kind: AccountKind) -> Account:
        """Take the account for one of another product, where the portal does not tell (no request).

        Raises:
            FieldError: Enterprise tells itself, so it is never a guess (field ``kind``).
        """
        self._account = assume_kind(self.url, self.account, kind)
        return self._account

    async def name_role(self) -> Account:
        """Ask what the role of the account is called (1 request for a custom role, else none)."""
        self._check_loop()
        rest, before = self._rest, self.account
        account = await with_role_name(rest, before)
        if rest is self._rest and before is self._account:  # signed out, or read anew, while it was asked
            self._account = account
        return account

    async def folders(self) -> tuple[Folder, ...]:
        """Return the account's folders, by title (1 request)."""
        self._check_loop()
        rest = self._rest
        found = await list_folders(rest, self.account.username)
        if rest is self._rest:  # else they are another person's by now
            self._folders = {folder.title: folder for folder in found}
        return found

    async def search_items(
        self, text: str = "", start: int = 1, num: int = 50, *, kinds: str = "layers", owner: str = ""
    ) -> ItemPage:
        """Return a page of items that a key could open, the last changed first (1 request).

        Args:
            text: words that each item must contain.
            start: number of the first, counted from 1.
            num: how many, at most 100.
            kinds: ``layers``, ``maps``, ``files`` or ``all``.
            owner: a user name; empty for one's own items, ``*`` for all that the account can see and that
                are not public.

        Raises:
            FieldError: no such kinds; nothing is sent.
        """
        self._check_loop()
        query = query_for(self.account.username, text, kinds, owner)
        return await search_items(self._rest, query, start, num)

    async def find_items(self, text: str) -> ItemLookup:
        """Return the items that a pasted text names, in its order (1 request for each, 2 for a service).

        Args:
            text: item ids, addresses of items, maps, applications and services, between blanks, commas or
                line ends; 100 at most.

        Raises:
            KeyWidgetError: the session has ended, or the portal cannot be reached. What is wrong with a
                single text is told in the result.
        """
        self._check_loop()
        return await find_items(self._rest, text)

    async def create_key(
        self,
        request: KeyRequest,
        *,
        on_step: Callable[[Step], None] | None = None,
        on_made: Callable[[MadeItem], Awaitable[None]] | None = None,
    ) -> KeyCredential:
        """Make an API key credential and its key: 4 requests, 5 with a new folder.

        What fails or is cancelled half-way is taken back, and a key that was made is never lost.

        Args:
            request: the settings.
            on_step: is told of each step as it is answered.
            on_made: is awaited with what it takes to end the key, for `end_made`: once there is an item, and
                once it is registered; what fails there is taken back as any other step.

        Raises:
            FieldError: a privilege that the account may not grant; nothing is sent. Or the portal refused one
                that was withdrawn meanwhile, or an item that cannot be seen any more: everything is removed,
                and `account` is as the portal tells it now.
            PrivilegeError: the account may not make keys; nothing is sent where that is known.
            WayRefusedError: the portal makes no keys for a session that was opened in this way; may be the
                ``cause`` of an UndoneError.
            KeyWidgetError: the first request failed; nothing was made.
            UndoneError: a later one failed, and what had been made was removed; its ``cause`` says why.
            LeftBehindError: something could not be removed; its ids are named.
        """
        self._check_loop()
        privileges = check_request(self.account, request)
        key_run = KeyRun(
            self._rest,
            self.account,
            self._folders,
            request,
            privileges=privileges,
            trust=self._trust,
            reread=partial(self._reread, self._rest),
            on_step=on_step,
            on_made=on_made,
        )
        with self._job():
            credential = await key_run.make()
        self._made[credential.item_id] = None
        return credential
