"""A portal, as Python talks to it: awaited, or blocking."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Self, TypedDict

from arcgis_keywidget._http import TIMEOUT, Client, TrustedHosts, normalise_address
from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import FieldError, SignInError
from arcgis_keywidget.models import (
    Account,
    AccountKind,
    Folder,
    ItemLookup,
    ItemPage,
    KeyCredential,
    Secret,
    origin_of,
)
from arcgis_keywidget.portal.account import assume_kind, read_account, with_role_name
from arcgis_keywidget.portal.content import list_folders, query_for, search_items
from arcgis_keywidget.portal.keys import KeyRun, Step
from arcgis_keywidget.portal.lookup import find_items
from arcgis_keywidget.portal.rest import SharingRest
from arcgis_keywidget.portal.signin import generate_token
from arcgis_keywidget.privileges import check_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Unpack

    from arcgis_keywidget._http import Transport, Verify
    from arcgis_keywidget.models import KeyRequest
    from arcgis_keywidget.portal.blocking import BlockingPortal

_TOKEN = re.compile(r"\s*[!-~]+\s*")


class PortalOptions(TypedDict, total=False):
    """The keyword arguments of `Portal`."""

    transport: Transport | None
    referer: str | None
    trust: Iterable[str]
    verify: Verify
    timeout: float


class Portal:
    """An ArcGIS portal: Online, Location Platform, Enterprise 11.4 or later, or the practice portal.

    Enter it with ``async with``; it then belongs to that event loop. `Portal.connect` gives the same methods
    blocking, and works anywhere.

    Args:
        url: the portal's address, as the browser shows it.
        transport: stands in for the network, such as `httpx.ASGITransport`.
        referer: the Referer of every request, which binds the session; the portal's address unless given.
        trust: further hosts, or origins, that may see this portal's tokens and keys, such as its servers.
        verify: False, or the file of an authority's certificate, for portals with a certificate of their own.
        timeout: seconds to wait for each answer.

    Raises:
        FieldError: no address of a portal (field ``portal``), or no host (field ``trust``).

    Attributes:
        url: the address, normalised, without ``/sharing/rest``.
        origin: its scheme, host and port.
    """

    def __init__(
        self,
        url: str = "https://www.arcgis.com",
        *,
        transport: Transport | None = None,
        referer: str | None = None,
        trust: Iterable[str] = (),
        verify: Verify = True,
        timeout: float = TIMEOUT,
    ) -> None:
        if isinstance(trust, str):
            raise TypeError("trust: a list of hosts, not one text.")
        self.url = normalise_address(url)
        self.origin = origin_of(self.url)
        self._trust = tuple(trust)
        self._referer = referer or self.url
        self._client = Client(
            TrustedHosts(self.url, self._trust),
            referer=self._referer,
            transport=transport,
            verify=verify,
            timeout=timeout,
        )
        self._rest = SharingRest(self.url, self._client)
        self._account: Account | None = None
        self._folders: dict[str, Folder] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    @classmethod
    def connect(cls, url: str = "https://www.arcgis.com", **options: Unpack[PortalOptions]) -> BlockingPortal:
        """Return a portal whose methods block; close it, or use it in a ``with`` block."""
        from arcgis_keywidget.portal.blocking import BlockingPortal  # noqa: PLC0415 (it is made of this class)

        portal = cls(url, **options)
        run(portal.__aenter__())
        return BlockingPortal(portal)

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Forget the session and close the connections."""
        if self._loop is not None:
            await self.sign_out()
            await self._client.aclose()
            self._loop = None

    def __repr__(self) -> str:
        who = f"signed in as {self._account.username}" if self._account else "signed out"
        return f"<Portal {self.url}, {who}>"

    @property
    def signed_in(self) -> bool:
        """Whether a person is signed in."""
        return self._account is not None

    @property
    def account(self) -> Account:
        """Who is signed in.

        Raises:
            SignInError: nobody is.
        """
        if self._account is None:
            raise SignInError(
                "Nobody is signed in to this portal.", "Call sign_in(username, password) first."
            )
        return self._account

    async def sign_in(self, username: str, password: str | Secret) -> Account:
        """Sign in with a user name and password of the portal's own (2 requests).

        Raises:
            FieldError: one of them is empty, or ``verify`` holds no certificates; nothing is sent.
            SignInError: the portal does not accept them.
            KeyWidgetError: the portal cannot be reached, or does not answer as a portal does.
        """
        password = Secret(password)
        self._check_loop()
        return await self._enter(await generate_token(self._rest, username, password, self._referer))

    async def sign_in_with_token(self, token: str | Secret) -> Account:
        """Sign in with the token of a user that was made elsewhere (1 request).

        A token that is bound to a Referer needs the same one here: ``Portal(..., referer=...)``.

        Raises:
            FieldError: the token is empty; nothing is sent.
            SignInError: the portal does not accept it, or it is no person's.
        """
        token = Secret(token)
        self._check_loop()
        if not _TOKEN.fullmatch(token.reveal()):
            raise FieldError("token", "Paste a token: letters, digits and a few signs, without blanks.")
        return await self._enter(Secret(token.reveal().strip()))

    async def _enter(self, token: Secret) -> Account:
        rest = SharingRest(self.url, self._client)
        rest.token = token
        self._account = await read_account(rest)
        self._rest, self._folders = rest, {}
        return self._account

    async def sign_out(self) -> None:
        """Forget the session; tokens of this kind cannot be ended at the portal before their time."""
        self._check_loop()
        self._rest = SharingRest(self.url, self._client)
        self._account, self._folders = None, {}

    async def refresh_account(self) -> Account:
        """Read the account anew: its privileges may have changed (1 request, see `read_account`).

        Raises:
            SignInError: nobody is signed in, or the session has ended.
        """
        self._check_loop()
        known = self.account
        account = await read_account(self._rest)
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
        self._account = await with_role_name(self._rest, self.account)
        return self._account

    async def folders(self) -> tuple[Folder, ...]:
        """Return the account's folders, by title (1 request)."""
        self._check_loop()
        found = await list_folders(self._rest, self.account.username)
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
        self, request: KeyRequest, *, on_step: Callable[[Step], None] | None = None
    ) -> KeyCredential:
        """Make an API key credential and its key: 4 requests, 5 with a new folder.

        What fails or is cancelled half-way is taken back, and a key that was made is never lost.

        Args:
            request: the settings.
            on_step: is told of each step as it is answered.

        Raises:
            FieldError: a privilege that the account may not grant; nothing is sent.
            PrivilegeError: the account may not make keys; nothing is sent where that is known.
            KeyWidgetError: the first request failed; nothing was made.
            UndoneError: a later one failed, and what had been made was removed.
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
            on_step=on_step,
        )
        return await key_run.make()

    def _check_loop(self) -> None:
        if self._loop is None:
            raise RuntimeError(
                "This portal is not open: use `async with Portal(...) as portal`, or Portal.connect(...)."
            )
        if asyncio.get_running_loop() is not self._loop:
            raise RuntimeError(
                "This portal belongs to another event loop; one from Portal.connect(...) works anywhere."
            )
