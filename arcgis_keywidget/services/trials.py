"""The trials of a check: one question each, the cheapest that tells the truth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from arcgis_keywidget._http import arcgis_services, is_loopback
from arcgis_keywidget.errors import KeyWidgetError, PortalError, PrivilegeError
from arcgis_keywidget.models import AccountKind, is_arcgis_com
from arcgis_keywidget.privileges import BASEMAPS, STATIC_TILES, canonical, catalogue
from arcgis_keywidget.services.key_check import Finding, State
from arcgis_keywidget.services.verdicts import told

if TYPE_CHECKING:
    from arcgis_keywidget.models import LocationServices
    from arcgis_keywidget.services.keyed import KeyedClient

_NONE = frozenset[str]()
_SERVICE = re.compile(r"https?://[^?#]+/rest/services/[^?#]+")
_COUNTED = frozenset({"Location services", "Spatial analysis"})
_STYLE = "styles/arcgis/imagery/standard"  # one of the shortest style documents
_TILES = "arcgis/streets/static"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    """What is asked with a key that its portal accepts.

    Attributes:
        privileges: what the portal lists as granted, canonical names.
        items: ids of the items that it lists as granted.
        services: where the key's basemaps are served.
        promised: privileges that the credential had when it was made.
    """

    client: KeyedClient
    privileges: frozenset[str]
    items: frozenset[str]
    services: LocationServices
    promised: frozenset[str]

    async def privilege(self, name: str) -> Finding:
        """Return the row of a privilege (1 request for basemaps and static tiles, else none)."""
        known = catalogue().get(canonical(name))
        what = known.label if known else name
        root = self._root(name)
        if root is not None:
            return await self._ask(what, name, root)
        if not self._granted(name):
            return self._missing(what, name)
        if name in {BASEMAPS, STATIC_TILES}:
            why = "The portal lists it, but names no such service."
        elif known is None or known.group[0] not in _COUNTED:
            why = "The portal lists it. A trial could change something in the portal."
        else:
            why = "The portal lists it. A trial would be counted, and may cost."
        return Finding(what=what, name=name, state=State.NOT_TESTED, why=why)

    async def item(self, item: str) -> Finding:
        """Return the row of an item (1 request, 1 more where it stands for a service)."""
        what, granted = f"Item {item}", item in self.items
        try:
            reply = await self.client.get(
                f"{self.client.key.portal}/sharing/rest/content/items/{item}", f="json"
            )
            document = reply.document(_NONE)
            title = document.get("title")
            what = title if isinstance(title, str) and title else what
            url = document.get("url")
            if isinstance(url, str) and _SERVICE.fullmatch(url):
                (await self.client.get(_secure(url), f="json")).document(_NONE)
        except PortalError as error:
            if isinstance(error, PrivilegeError) or error.message_code == "CONT_0001":
                return _closed(what, item, granted=granted)
            return told(what, item, error, self.client.key)
        except KeyWidgetError as error:
            return told(what, item, error, self.client.key)
        why = "It can be read." if granted else "It can be read, though the key was not made for it."
        return Finding(what=what, name=item, state=State.WORKS, why=why)

    async def _ask(self, what: str, name: str, url: str) -> Finding:
        query = {"echoToken": "false"} if name == BASEMAPS else {}
        try:
            (await self.client.get(url, f="json", **query)).document(_NONE)
        except PrivilegeError as error:
            if self._granted(name):
                return told(what, name, error, self.client.key)
            return self._missing(what, name)
        except KeyWidgetError as error:
            return told(what, name, error, self.client.key)
        return Finding(what=what, name=name, state=State.WORKS, why="The service answers.")

    def _root(self, name: str) -> str | None:
        """Return the address that tells of a privilege, None where none does for free."""
        if name == BASEMAPS and self.services.styles:
            return f"{self.services.styles}/{_STYLE}"
        if name == STATIC_TILES:
            root = self.services.static_tiles
            if root is None and self._granted(name) and is_arcgis_com(self.client.key.portal):
                # Only Location Platform grants it: then the portal's word for the account told too little.
                root = arcgis_services(AccountKind.LOCATION_PLATFORM).static_tiles
            return f"{root}/{_TILES}" if root else None
        return None

    def _granted(self, name: str) -> bool:
        """Whether the portal lists a privilege, or the wider one that it is a part of."""
        return any(name == held or name.startswith(f"{held}:") for held in self.privileges)

    def _missing(self, what: str, name: str) -> Finding:
        if name in self.promised:
            why = "The key was made with it, and has it no longer: its credential was changed in the portal."
            mend = "Put it back on the page of the credential, and generate the key again."
        else:
            why = "The key does not have this privilege."
            mend = "Make a key with it: KeyRequest(privileges=[...])."
        return Finding(what=what, name=name, state=State.REFUSED, why=why, mend=mend)


def _closed(what: str, item: str, *, granted: bool) -> Finding:
    if granted:
        why = "It is among the key's items, but does not open: it was deleted, or its owner hides it."
        mend = "Look for it in the portal; if it was replaced, make a key for the new one."
    else:
        why = "It is not among the items that this key was made for."
        mend = "Make a key that names it: KeyRequest(items=[...])."
    return Finding(what=what, name=item, state=State.REFUSED, why=why, mend=mend)


def _secure(url: str) -> str:
    # Items keep the address they were made with; their servers have spoken https for years.
    return url if is_loopback(urlsplit(url).hostname or "") else re.sub("^http:", "https:", url)
