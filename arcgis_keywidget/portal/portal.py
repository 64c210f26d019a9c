"""A portal, as Python talks to it: awaited, or blocking."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Self, TypedDict

from arcgis_keywidget._http import TIMEOUT, Client, TrustedHosts, normalise_address
from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import (
    Account,
    Folder,
    Secret,
    origin_of,
)
from arcgis_keywidget.portal.account import read_account
from arcgis_keywidget.portal.rest import SharingRest
from arcgis_keywidget.portal.signed_in import SignedIn
from arcgis_keywidget.portal.signin import generate_token

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from arcgis_keywidget._http import Transport, Verify
    from arcgis_keywidget.portal.blocking import BlockingPortal

_TOKEN = re.compile(r"\s*[!-~]+\s*")


class PortalOptions(TypedDict, total=False):
    """The keyword arguments of `Portal`."""

    transport: Transport | None
    referer: str | None
    trust: Iterable[str]
    verify: Verify
    timeout: float


class Portal(SignedIn):
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
