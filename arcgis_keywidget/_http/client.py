"""The one HTTP client: where a request may go, how it carries its token, what becomes of its failure."""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
from functools import lru_cache
from typing import TYPE_CHECKING, Self, TypeAlias
from urllib.parse import urlsplit

import httpx

from arcgis_keywidget import __version__
from arcgis_keywidget._http.address import is_loopback
from arcgis_keywidget._http.replies import Reply
from arcgis_keywidget.errors import FieldError, HostRefusedError, PortalUnreachableError, UnexpectedReplyError
from arcgis_keywidget.models import Secret, origin_of

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

    from arcgis_keywidget._http.hosts import TrustedHosts

Transport: TypeAlias = httpx.AsyncBaseTransport
Verify: TypeAlias = "bool | str | Path | ssl.SSLContext"

TIMEOUT = 30.0
"""Seconds to wait for an answer; connecting may take 10 of them."""

_CONNECT = 10.0
_MOST_BYTES = 32 * 1024 * 1024
_MOST_REDIRECTS = 3
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

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
        timeout: seconds to wait for an answer.
    """

    def __init__(
        self,
        hosts: TrustedHosts,
        *,
        referer: str | None,
        transport: Transport | None = None,
        verify: Verify = True,
        timeout: float = TIMEOUT,
    ) -> None:
        self._hosts = hosts
        self._transport = transport
        self._verify = verify
        self._timeout = httpx.Timeout(timeout, connect=min(_CONNECT, timeout))
        self._headers = {"User-Agent": f"arcgis-keywidget/{__version__}"}
        if referer:
            self._headers["Referer"] = referer
        self._clients: dict[bool, httpx.AsyncClient] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    async def send(
        self,
        method: str,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str | Secret] | None = None,
        token: Secret | None = None,
    ) -> Reply:
        """Send one request and return its answer, whatever it says; it is never sent twice.

        Raises:
            FieldError: ``verify``, or SSL_CERT_FILE, holds no certificates; nothing is sent.
            HostRefusedError: the address, or one it leads on to, may not see the token.
            PortalUnreachableError: no connection, no trusted certificate, no answer in time.
            UnexpectedReplyError: an answer without end, or one that leads in circles.
        """
        self._hosts.check(url)
        client = self._client_for(url)
        failure: BaseException
        try:
            return await self._follow(client, method, url, query, form, token)
        except asyncio.CancelledError as error:
            failure = error.with_traceback(None)  # the frames of httpx hold the header
        except (httpx.HTTPError, OSError) as error:
            failure = _unreachable(error, urlsplit(url).hostname or "")
        except (httpx.InvalidURL, UnicodeError):
            failure = PortalUnreachableError(
                "This was not sent: it holds a character that cannot be sent, or is too long.",
                "Half a character or a control character may have come along when it was pasted.",
                sent=False,
            )
        raise failure  # out here it has no context: that would keep httpx's request, and with it the token

    async def _follow(
        self,
        client: httpx.AsyncClient,
        method: str,
        url: str,
        query: Mapping[str, str] | None,
        form: Mapping[str, str | Secret] | None,
        token: Secret | None,
    ) -> Reply:
        request = client.build_request(
            method, url, params=query, data=form and {name: _plain(value) for name, value in form.items()}
        )
        for _ in range(1 + _MOST_REDIRECTS):
            response = await client.send(request, auth=_Bearer(token) if token else None, stream=True)
            try:
                following = response.next_request
                if following is None:
                    sent = [*(form or {}).values(), token]
                    secrets = tuple(value for value in sent if isinstance(value, Secret))
                    return await _read(response, secrets)
                _check_redirect(request, following)
            finally:
                await response.aclose()
            request = following
        raise UnexpectedReplyError(
            f"{urlsplit(url).hostname} sends requests in circles.", "Check the portal's address."
        )

    def _client_for(self, url: str) -> httpx.AsyncClient:
        # A proxy from the environment cannot reach this machine's own addresses.
        local = is_loopback(urlsplit(url).hostname or "")
        if local not in self._clients:
            self._clients[local] = httpx.AsyncClient(
                http2=True,
                transport=self._transport,
                verify=_certificates(self._verify, os.environ.get("SSL_CERT_FILE")),
                timeout=self._timeout,
                headers=self._headers,
                trust_env=not local,
            )
        return self._clients[local]


@lru_cache(maxsize=8)
def _certificates(verify: Verify, cert_file: str | None) -> ssl.SSLContext:
    """Return a context, once for each setting: reading the authorities takes some 20 ms.

    httpx reads SSL_CERT_FILE itself; here it tells settings apart.
    """
    try:
        if isinstance(verify, bool | ssl.SSLContext):
            source = f"SSL_CERT_FILE, which names {cert_file},"
            return httpx.create_ssl_context(verify=verify)
        source = str(verify)
        return ssl.create_default_context(cafile=verify)
    except OSError:  # a file that is not there, a folder, no certificates inside (ssl.SSLError is one)
        message = f"{source} cannot be read as certificates; name a file in PEM form."
        raise FieldError("verify", message) from None


def _plain(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value


async def _read(response: httpx.Response, sent: tuple[Secret, ...]) -> Reply:
    host = response.url.host
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > _MOST_BYTES:
            raise UnexpectedReplyError(
                f"{host} sends more than {_MOST_BYTES >> 20} MB.", "Ask for less, such as fewer rows."
            )
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Reply(host, response.url.path, response.status_code, kind, bytes(body), sent)


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


def _unreachable(error: Exception, host: str) -> PortalUnreachableError:
    sent = not isinstance(error, _NEVER_SENT)
    if isinstance(error, httpx.TimeoutException):
        return PortalUnreachableError(
            f"{host} did not answer in time.", "It may be busy, or your network slow; try again.", sent=sent
        )
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return PortalUnreachableError(
            f"The certificate of {host} is not trusted on this machine.",
            "If it is your organization's own, name its authority's file in SSL_CERT_FILE, or as verify=.",
            sent=False,
        )
    if not sent:
        return PortalUnreachableError(
            f"{host} cannot be reached.", "Check the address, your network and your VPN or proxy.", sent=False
        )
    return PortalUnreachableError(
        f"{host} closed the connection without an answer.", "Try again in a moment."
    )
