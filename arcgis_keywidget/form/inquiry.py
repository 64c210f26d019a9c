"""What is asked while the settings are filled in, of the portal and of the settings themselves."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.form.checks import key_errors, repeatable
from arcgis_keywidget.form.code import Entry, key_code
from arcgis_keywidget.form.draft import DEFAULT_ADDRESS, PRACTICE
from arcgis_keywidget.form.entrance import Entrance
from arcgis_keywidget.form.entry import referrer_of
from arcgis_keywidget.form.naming import named, picked, unnamed
from arcgis_keywidget.form.phases import Phase
from arcgis_keywidget.privileges import privilege_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from arcgis_keywidget.form.phases import Event
    from arcgis_keywidget.models import Folder, ItemLookup, ItemPage
    from arcgis_keywidget.portal import Portal
    from arcgis_keywidget.privileges import PrivilegeNode


class Inquiry(Entrance):
    """A form's questions; the arguments are those of `Entrance`."""

    async def enter(
        self, event: Event, opening: Callable[[], Coroutine[Any, Any, Portal]], method: str | None = None
    ) -> None:
        """Sign in as `Entrance.enter` does, and begin to name the items of a request."""
        await super().enter(event, opening, method)
        self.name_items()

    def name_items(self) -> None:
        """Begin to ask, beside all else and in silence, what items are called that only have their ids."""
        ids = unnamed(self.draft.items)
        if self.portal is not None and self.account is not None and ids:
            self.stop_naming()
            self.naming = asyncio.ensure_future(self._name_items(self.portal, ids))

    async def _name_items(self, portal: Portal, ids: Iterable[str]) -> None:
        with suppress(Exception):  # a courtesy: whether they can be opened is told at Create key
            found = await portal.find_items(" ".join(ids))
            self.draft = replace(self.draft, items=named(self.draft.items, map(picked, found.items)))
            if self.phase is Phase.SIGNED_IN:
                self._keep()
            self.tell()

    async def items(self, text: str, start: int, *, kinds: str, owner: str) -> ItemPage:
        """Search for items that a key may open; a search that is under way gives way.

        Raises:
            FormStepError: a newer search took the place of this one.
            KeyWidgetError: the portal did not answer.
        """
        portal, _ = await self.session()
        search = portal.search_items
        return await self.searches.ask(lambda: self.ask(search(text, start=start, kinds=kinds, owner=owner)))

    async def lookup(self, text: str) -> ItemLookup:
        """Return the items that a pasted text names."""
        portal, _ = await self.session()
        return await self.ask(portal.find_items(text))

    async def folders(self) -> tuple[Folder, ...]:
        """Return the folders of the account."""
        portal, _ = await self.session()
        return await self.ask(portal.folders())

    async def privileges(self, *, private: bool) -> tuple[PrivilegeNode, ...]:
        """Return every privilege that keys may hold, as this account sees it; no request."""
        _, account = await self.session()
        return privilege_tree(account, private=private)

    async def check(self) -> dict[str, str]:
        """Return all that is wrong with the settings, by field; no request."""
        _, account = await self.session()
        return key_errors(self.draft, account, self.rules)

    async def code(self) -> str:
        """Return the settings as Python; no request.

        Raises:
            FieldError: a setting is wrong, so that there is nothing to repeat.
        """
        if self.account is not None:
            self.refuse(key_errors(self.draft, self.account, self.rules))
        address = self.portal.url if self.portal else self.draft.portal
        known, method = address in {DEFAULT_ADDRESS, PRACTICE}, self.way or self.draft.method
        entry = Entry(
            address="" if known else address,
            authority=self.draft.ca_file.strip(),
            method=method,
            referer=(referrer_of(self.draft) or "") if method == "token" else "",
            client_id=self.draft.client_id.strip() or self.choices.client_for(self.draft.portal),
        )
        return key_code(repeatable(self.draft), entry, ephemeral=self.draft.ephemeral)
