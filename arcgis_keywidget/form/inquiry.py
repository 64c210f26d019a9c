"""What is asked while the settings are filled in, of the portal and of the settings themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget.form.checks import key_errors, repeatable
from arcgis_keywidget.form.code import Entry, key_code
from arcgis_keywidget.form.draft import DEFAULT_ADDRESS, PRACTICE
from arcgis_keywidget.form.entrance import Entrance
from arcgis_keywidget.form.entry import referrer_of
from arcgis_keywidget.privileges import privilege_tree

if TYPE_CHECKING:
    from arcgis_keywidget.models import Folder, ItemLookup, ItemPage
    from arcgis_keywidget.privileges import PrivilegeNode


class Inquiry(Entrance):
    """A form's questions; the arguments are those of `Entrance`."""

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
        return key_errors(self.draft, account)

    async def code(self) -> str:
        """Return the settings as Python; no request.

        Raises:
            FieldError: a setting is wrong, so that there is nothing to repeat.
        """
        if self.account is not None:
            self.refuse(key_errors(self.draft, self.account))
        address = self.portal.url if self.portal else self.draft.portal
        known, method = address in {DEFAULT_ADDRESS, PRACTICE}, self.way or self.draft.method
        entry = Entry(
            address="" if known else address,
            authority=self.draft.ca_file.strip(),
            method=method,
            referer=(referrer_of(self.draft) or "") if method == "token" else "",
            client_id=self.draft.client_id.strip() or self.choices.client_for(self.draft.portal),
        )
        return key_code(repeatable(self.draft), entry)
