"""The one HTTP client: where a request may go, how it carries its token, what becomes of its failure."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Self, TypeAlias
from urllib.parse import urlsplit

import httpx

from arcgis_keywidget import __version__
from arcgis_keywidget._http.address import is_loopback
from arcgis_keywidget._http.certificates import certificates
from arcgis_keywidget._http.failures import unreachable, unusable_proxy
from arcgis_keywidget._http.replies import Reply, read_delay
from arcgis_keywidget.errors import HostRefusedError, PortalUnreachableError, UnexpectedReplyError
from arcgis_keywidget.models import Exchange, Secret, default_network, origin_of

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from arcgis_keywidget._http.hosts import TrustedHosts
    from arcgis_keywidget.models import Network, Transcript, Verify

Transport: TypeAlias = httpx.AsyncBaseTransport

TIMEOUT = 30.0
"""Seconds to wait for an answer; connecting may take 10 of them."""

_CONNECT = 10.0
_MOST_BYTES = 32 * 1024 * 1024
_MOST_REDIRECTS = 3

for _name in ("hpack.hpack", "hpack.table"):  # their debug lines spell out every header, and so the token
    logging.getLogger(_name).addFilter(lambda record: record.levelno > logging.DEBUG)


class _Bearer(httpx.Auth):
    """Puts a token in the header that ArcGIS reads first, and that no proxy takes for its own."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["X-Esri-Authorization"] = f"Bearer {self._token.reveal()}"
        yield request


class Client:
    """Connections to the hosts that may see one portal's token; belongs to the loop that entered it.

    Args:
        hosts: where requests may go at all.
        referer: the Referer of every request; tokens and keys may be bound to it.
        transport: stands in for the network, such as `httpx.ASGITransport`.
        verify: False, or the file of an authority's certificate, or a context, for portals with their own.
        network: certificates and proxies where ``verify`` is True; the session's default unless given.
        timeout: seconds to wait for an answer.
        transcript: notes every exchange, by its names and figures.
    """

    def __init__(
        self,
        hosts: TrustedHosts,
        *,
        referer: str | None,
        transport: Transport | None = None,
        verify: Verify = True,
        network: Network | None = None,
        timeout: float = TIMEOUT,
        transcript: Transcript | None = None,
    ) -> None:
        self._network = (network or default_network.current()).amended(verify)
        self._hosts = hosts
        self._transcript = transcript
        self._transport = transport
        self._timeout = httpx.Timeout(timeout, connect=min(_CONNECT, timeout))
        self._headers = {"User-Agent": f"arcgis-keywidget/{__version__}"}
        if referer:
            self._headers["Referer"] = referer
        self._clients: dict[Secret | bool, httpx.AsyncClient] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        while self._clients:  # two may close at once
            await self._clients.popitem()[1].aclose()

    async def send(
        self,
        method: str,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str | Secret] | None = None,
        token: Secret | None = None,
        referer: str | None = None,
        most_bytes: int = _MOST_BYTES,
    ) -> Reply:
        """Send one request and return its answer, whatever it says; it is never sent twice.

        Args:
            method: ``GET`` or ``POST``.
            url: where to.
            query: parameters of the address; never a secret.
            form: fields of the body.
            token: travels in the header.
            referer: the Referer of this request alone.
            most_bytes: of the answer; a longer one is not read.

        Raises:
            FieldError: ``verify``, or SSL_CERT_FILE, holds no certificates; nothing is sent.
            HostRefusedError: the address, or one it leads on to, may not see the token.
            PortalUnreachableError: no connection, no trusted certificate, a proxy, no answer in time.
            UnexpectedReplyError: an answer without end, or one that leads in circles.
        """
        self._hosts.check(url)
        failure: BaseException
        parts = _Parts(method, url, query, form, token, referer, most_bytes)
        try:
            return await self._follow(self._client_for(url), parts)
        except asyncio.CancelledError as error:
            failure = error.with_traceback(None)  # the frames of httpx hold the header
        except (httpx.HTTPError, OSError) as error:
            failure = unreachable(error, url, self._network.proxies)
        except (httpx.InvalidURL, UnicodeError):
            failure = PortalUnreachableError(
                "This was not sent: it holds a character that cannot be sent, or is too long.",
                "Half a character or a control character may have come along when it was pasted.",
                sent=False,
            )
        raise failure  # out here it has no context: that would keep httpx's request, and with it the token

    async def _follow(self, client: httpx.AsyncClient, parts: _Parts) -> Reply:
        request = parts.request(client)
        for _ in range(1 + _MOST_REDIRECTS):
            reply, following = await self._exchange(client, request, parts)
            if following is None:
                return reply
            _check_redirect(request, following)
            request = following
        raise UnexpectedReplyError(
            f"{request.url.host} sends requests in circles.", "Check the portal's address."
        )

    async def _exchange(
        self, client: httpx.AsyncClient, request: httpx.Request, parts: _Parts
    ) -> tuple[Reply, httpx.Request | None]:
        """Send one request and note it, whatever becomes of it."""
        began, reply, token = perf_counter(), None, parts.token
        try:
            response = await client.send(request, auth=_Bearer(token) if token else None, stream=True)
            try:
                reply = await _read(response, parts)
            finally:
                await response.aclose()
            return reply, response.next_request
        finally:
            if self._transcript is not None:
                exchange = Exchange(
                    method=request.method,
                    url=str(request.url.copy_with(query=None, fragment=None)),
                    # The query of a redirect is the server's, and may hold whatever it was sent.
                    query=tuple(name for name in parts.query or () if name in request.url.params),
                    form=tuple(parts.form or ()),
                    authorized=token is not None,
                    status=reply.status if reply else 0,
                    code=reply.code if reply else 0,
                    milliseconds=(perf_counter() - began) * 1000,
                )
                self._transcript.add(exchange)

    def _client_for(self, url: str) -> httpx.AsyncClient:
        """Return the connections for an address: straight, or by a proxy that is set or the environment's."""
        # A proxy cannot reach this machine's own addresses.
        local = is_loopback(urlsplit(url).hostname or "")
        proxies = self._network.proxies
        proxy = None if local else proxies.find(url)
        way = proxy or not (local or proxies)
        if way not in self._clients:
            verify = certificates(self._network)
            with suppress(ValueError, ImportError, httpx.InvalidURL):  # no address; SOCKS without its package
                self._clients[way] = httpx.AsyncClient(
                    http2=True,
                    transport=self._transport,
                    verify=verify,
                    proxy=proxy.reveal().strip() if proxy and not self._transport else None,
                    timeout=self._timeout,
                    headers=self._headers,
                    trust_env=way is True,
                )
        if way not in self._clients:
            raise unusable_proxy()
        return self._clients[way]


@dataclass(frozen=True, slots=True)
class _Parts:
    """What one request is made of."""

    method: str
    url: str
    query: Mapping[str, str] | None
    form: Mapping[str, str | Secret] | None
    token: Secret | None
    referer: str | None
    most_bytes: int

    @property
    def secrets(self) -> tuple[Secret, ...]:
        values = [*(self.form or {}).values(), self.token]
        return tuple(value for value in values if isinstance(value, Secret))

    def request(self, client: httpx.AsyncClient) -> httpx.Request:
        form = self.form and {name: _plain(value) for name, value in self.form.items()}
        headers = {"Referer": self.referer} if self.referer else None
        return client.build_request(self.method, self.url, params=self.query, data=form, headers=headers)


def _plain(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value


async def _read(response: httpx.Response, parts: _Parts) -> Reply:
    host = response.url.host
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > parts.most_bytes:
            raise UnexpectedReplyError(
                f"{host} sends more than {parts.most_bytes >> 20} MB.",
                "Ask for less, such as fewer rows.",
                too_long=True,
            )
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    later = read_delay(response.headers.get("retry-after", ""))
    return Reply(host, response.url.path, response.status_code, kind, bytes(body), parts.secrets, later)


def _check_redirect(request: httpx.Request, following: httpx.Request) -> None:
    """Refuse to follow to another origin, and to repeat a form as a plain GET."""
    host = request.url.host
    if origin_of(str(request.url)) != origin_of(str(following.url)):
        raise HostRefusedError(
            f"{host} sends this request on to {following.url.host}.",
            "The token stays here. If that is your portal's new address, write that one.",
        )
    if request.method != following.method:
        raise UnexpectedReplyError(
            f"{host} sends this request on to a page of its own.", "Check the portal's address."
        )
