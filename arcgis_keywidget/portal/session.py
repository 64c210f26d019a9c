"""The session of a portal: its connections, who is signed in, and the ways to sign in and out."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self, TypedDict

from arcgis_keywidget._http import TIMEOUT, Client, TrustedHosts, normalise_address
from arcgis_keywidget.errors import FieldError, SignInError
from arcgis_keywidget.models import (
    Account,
    Folder,
    KeyCredential,
    Network,
    Secret,
    Transcript,
    default_network,
    is_arcgis_com,
    origin_of,
)
from arcgis_keywidget.portal.account import read_account
from arcgis_keywidget.portal.brought_key import check_key, check_referer, inspect_key
from arcgis_keywidget.portal.gis import read_gis
from arcgis_keywidget.portal.oauth import CodeSignIn, begin_sign_in, trade_code
from arcgis_keywidget.portal.rest import SharingRest
from arcgis_keywidget.portal.signin import check_token, generate_token
from arcgis_keywidget.portal.undo import to_its_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Unpack

    from arcgis_keywidget._http import Transport, Verify
    from arcgis_keywidget.portal.rest import SessionParts


class PortalOptions(TypedDict, total=False):
    """The keyword arguments of `Portal`."""

    transport: Transport | None
    referer: str | None
    trust: Iterable[str]
    verify: Verify
    network: Network | None
    timeout: float
    transcript: Transcript | None


class PortalSession:
    """What every use of a portal needs first; `Portal` describes the arguments."""

    def __init__(
        self,
        url: str = "https://www.arcgis.com",
        *,
        transport: Transport | None = None,
        referer: str | None = None,
        trust: Iterable[str] = (),
        verify: Verify = True,
        network: Network | None = None,
        timeout: float = TIMEOUT,
        transcript: Transcript | None = None,
    ) -> None:
        if isinstance(trust, str):
            raise TypeError("trust: a list of hosts, not one text.")
        self.url = normalise_address(url)
        self.origin = origin_of(self.url)
        self.transcript = Transcript() if transcript is None else transcript
        self.verify = verify
        self._trust = tuple(trust)
        self._referer = referer or self.url
        usual = network or default_network.current()
        own = usual.amended(verify)
        self._client = Client(
            TrustedHosts(self.url, (*self._trust, *own.trust)),
            referer=self._referer,
            transport=transport,
            network=own,
            timeout=timeout,
            transcript=self.transcript,
        )
        # What is as it is for the whole session is read anew where a key is used.
        self._network = None if network is None and own is usual else own
        self._rest = self._unsigned()
        self._account: Account | None = None
        self._folders: dict[str, Folder] = {}
        self._made: dict[str, None] = {}  # credentials that the portal's index may not know yet
        self._jobs: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> bool:
        """Sign out and close the connections; return what `sign_out` does."""
        if self._loop is None:
            return False
        try:
            return await self.sign_out()
        finally:
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
        token = await generate_token(self._unsigned(), username, password, self._referer)
        return await self._enter(self._asking(token=token, way="password"))

    async def sign_in_with_token(self, token: str | Secret) -> Account:
        """Sign in with the token of a user that was made elsewhere (1 request).

        A token that is bound to a Referer needs the same one here: ``Portal(..., referer=...)``.

        Raises:
            FieldError: the token is empty, or an API key by its shape; nothing is sent.
            SignInError: the portal does not accept it, or it is no person's.
        """
        token = Secret(token)
        self._check_loop()
        return await self._enter(self._asking(token=check_token(token)))

    def begin_code_sign_in(self, client_id: str | None = None) -> CodeSignIn:
        """Return the page at which a person signs in in the browser, in whatever way the portal knows.

        It shows a code, which `sign_in_with_code` takes. Nothing is sent here.

        Args:
            client_id: of an application that is registered in the portal with the redirect URL
                ``urn:ietf:wg:oauth:2.0:oob``; from ARCGIS_CLIENT, or else ARCGIS_CLIENT_ID, when None.

        Raises:
            FieldError: there is none; says how to get one.
        """
        return begin_sign_in(self.url, client_id)

    async def sign_in_with_code(self, code: str | Secret, page: CodeSignIn) -> Account:
        """Sign in with the code that the portal's page showed (2 requests).

        The session is renewed while it is in use, for about two weeks.

        Args:
            code: the code, or the page's title, or its whole address.
            page: what `begin_code_sign_in` returned.

        Raises:
            FieldError: no code, or one that is wrong, used, too old, or of another page or portal; or the
                person said no (field ``code``). Or the portal does not know the application (``client_id``).
            KeyWidgetError: the portal cannot be reached, or does not answer as a portal does.
        """
        code = Secret(code)
        self._check_loop()
        grant = await trade_code(self._unsigned(), code, page)
        return await self._enter(self._asking(grant=grant))

    async def sign_in_with_gis(self, gis: object) -> Account:
        """Sign in as whoever is signed in to a `GIS` of Esri's package arcgis (1 request).

        Its token is used with its Referer, and left alone when signing out here; it is not renewed.

        Raises:
            FieldError: no GIS, or one of another portal, with nobody signed in, or with an API key.
            SignInError: the portal does not accept its token, or it is no person's.
        """
        self._check_loop()
        session = await read_gis(gis)
        of_esri = is_arcgis_com(session.url) and is_arcgis_com(self.url)  # one portal under several names
        if session.url != self.url and not of_esri:
            message = f"This GIS is of {session.url}; make the portal with Portal(**portal_options_of(gis))."
            raise FieldError("gis", message)
        rest = self._asking(token=session.token, referer=session.referer)
        return await self._enter(rest)

    async def sign_out(self) -> bool:
        """Forget the session, and end it at the portal where it was begun here in the browser.

        A key that is being made with it is made, or undone, to its end first: that needs the session. Both
        happen even if the caller is cancelled meanwhile.

        Other tokens cannot be ended at the portal before their time, or are somebody else's to end.

        Returns:
            Whether the portal says that it has ended the session. If not, its tokens may be good until their
            own end: they are others, nobody was signed in, or the portal did not answer within 3 seconds.
        """
        self._check_loop()
        last, self._rest = self._rest, self._unsigned()
        self._account, self._folders, self._made = None, {}, {}
        return await to_its_end(self._end(last))  # nobody could end it later

    async def inspect_key(self, key: str | Secret, *, referrer: str | None = None) -> KeyCredential:
        """Return what an API key is and opens, with the key ready for `use` (1 request).

        Nobody needs to be signed in, and whoever is remains so.

        Args:
            key: the key, as it was pasted.
            referrer: one of the referrers that it was made for, if it was made for some.

        Raises:
            FieldError: no key by its shape, or an older kind (field ``key``); or no referrer (``referrer``).
            SignInError: it is a person's or an application's token, and no key.
            TokenError: the portal does not accept it: expired, revoked, of another portal or referrer.
            KeyWidgetError: the portal cannot be reached, or does not answer as a portal does.
        """
        key = Secret(key)
        self._check_loop()
        referer, whole = check_referer(referrer), check_key(key)
        rest = self._asking(token=whole, referer=referer)
        return await inspect_key(rest, whole, referer=referer, trust=self._trust)

    def _unsigned(self) -> SharingRest:
        return self._asking()

    def _asking(self, **session: Unpack[SessionParts]) -> SharingRest:
        return SharingRest(self.url, self._client, network=self._network, **session)

    async def _enter(self, rest: SharingRest) -> Account:
        """Find out whose token it is, and let that be the session; an OAuth session before it ends."""
        try:
            account = await read_account(rest)
        except (Exception, asyncio.CancelledError):
            if rest.grant is not None:
                await to_its_end(rest.grant.revoke())
            raise
        last, self._rest = self._rest, rest
        self._account, self._folders, self._made = account, {}, {}
        await to_its_end(self._end(last))
        return account

    @contextmanager
    def _job(self) -> Iterator[None]:
        """Keep the session and the connections while something is made that may have to be undone."""
        over = asyncio.Event()
        self._jobs.add(over)
        try:
            yield
        finally:
            self._jobs.remove(over)
            over.set()

    async def _end(self, last: SharingRest) -> bool:
        """End a session at the portal, once no job needs it; return whether it has ended there."""
        while self._jobs:
            await next(iter(self._jobs)).wait()
        if last.grant is None:
            return False
        with self._job():  # who closes the portal meanwhile waits for this, too
            return await last.grant.revoke()

    def _check_loop(self) -> None:
        if self._loop is None:
            raise RuntimeError(
                "This portal is not open: use `async with Portal(...) as portal`, or Portal.connect(...)."
            )
        if asyncio.get_running_loop() is not self._loop:
            raise RuntimeError(
                "This portal belongs to another event loop; one from Portal.connect(...) works anywhere."
            )
