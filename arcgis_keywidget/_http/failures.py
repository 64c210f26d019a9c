"""Why no answer came: the network, a proxy, a certificate; told in words that say what to do."""

from __future__ import annotations

import re
import socket
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from arcgis_keywidget._http.address import is_loopback
from arcgis_keywidget.errors import PortalUnreachableError
from arcgis_keywidget.models import Proxies

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEVER_SENT = (
    *(httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout),
    *(httpx.ProxyError, httpx.UnsupportedProtocol),
)
_NONE = Proxies()
_STATUS = re.compile(r"\d{3}\b")
_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG")

_CERTIFICATES = (
    # what OpenSSL says, what that means, and what to do
    (
        "certificate has expired",
        "The certificate of {host} has expired.",
        "Its administrator has to renew it; check that the date of this machine is right, too.",
    ),
    (
        "not yet valid",
        "The certificate of {host} is not valid yet.",
        "Check that the date of this machine is right.",
    ),
    (
        "mismatch",
        "The certificate that answers for {host} is for another host name.",
        "Write the portal's address as its administrator gives it; a proxy may stand between, too.",
    ),
    (
        "",
        "The certificate of {host} is not trusted on this machine.",
        "If it is your organization's or a proxy's, name its authority's file: SSL_CERT_FILE or verify=.",
    ),
)


def unreachable(error: Exception, url: str, proxies: Proxies = _NONE) -> PortalUnreachableError:
    """Return the error for a request to an address that got no answer, or none that could be read."""
    proxy = proxy_for(url, proxies)
    if isinstance(error, httpx.ProxyError):
        return _refused_by(proxy, str(error))
    if isinstance(error, httpx.TimeoutException):
        return _late(error, url, proxy)
    tls = _tls_trouble(" ".join(map(str, _causes(error))), url)
    if tls is not None:
        return tls
    if isinstance(error, _NEVER_SENT):
        return _no_connection(error, url, proxy)
    hint = "Try again in a moment."
    if urlsplit(url).scheme == "http":
        hint += f" If HTTPS is spoken there, write https://{_place(url)}."
    host = urlsplit(url).hostname
    return PortalUnreachableError(f"{host} closed the connection without an answer.", hint)


def _no_connection(error: Exception, url: str, proxy: str) -> PortalUnreachableError:
    if proxy:
        return _no_proxy(f"The proxy {proxy} cannot be reached.")
    host, hint = urlsplit(url).hostname, "Check the address, your network and your VPN."
    hint += "" if is_loopback(host or "") else " Where only a proxy leads out, name it in HTTPS_PROXY."
    if any(isinstance(cause, socket.gaierror) for cause in _causes(error)):
        return PortalUnreachableError(f"No machine of the name {host} is found.", hint, sent=False)
    return PortalUnreachableError(f"{host} cannot be reached.", hint, sent=False)


def unusable_proxy() -> PortalUnreachableError:
    """Return the error for a proxy setting that no connection can be made from."""
    hint = "Write it like http://proxy.example.com:8080 in HTTPS_PROXY, or name hosts without it in NO_PROXY."
    title = "The proxy that this machine's settings name cannot be used."
    return PortalUnreachableError(title, hint, sent=False, reason="proxy")


def proxy_for(url: str, proxies: Proxies = _NONE) -> str:
    """Return host and port of the proxy for an address; empty where there is none.

    Args:
        url: where a request goes.
        proxies: those that are set; the environment's where there are none.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host):
        return ""
    if proxies:
        named = proxies.find(url)
        proxy = named.reveal() if named else ""
    else:
        settings = getproxies()
        proxy = "" if proxy_bypass(host) else settings.get(parts.scheme) or settings.get("all") or ""
    # A password may hold any sign, also one that would end the host's part of an address.
    place = proxy.rpartition("://")[2].rpartition("@")[2]
    try:
        return urlsplit(f"//{place}").netloc
    except ValueError:  # no address, so nothing to name
        return ""


def _place(address: str) -> str:
    """Return host and port, without user name, password and path."""
    return urlsplit(address).netloc.rpartition("@")[2]


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _refused_by(proxy: str, answer: str) -> PortalUnreachableError:
    name = f"The proxy {proxy}" if proxy else "The proxy"
    status = _STATUS.match(answer)
    code = int(status[0]) if status else 0
    if code == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return PortalUnreachableError(
            f"{name} asks for a user name and password (407).",
            "Put them into HTTPS_PROXY, like http://user:password@proxy.example.com:8080; ask who runs it.",
            sent=False,
            reason="proxy",
        )
    return _no_proxy(f"{name} does not let this through{f' ({code})' if code else ''}.")


def _no_proxy(title: str) -> PortalUnreachableError:
    hint = "Check HTTPS_PROXY; if the portal is reached without a proxy, name its host in NO_PROXY."
    return PortalUnreachableError(title, hint, sent=False, reason="proxy")


def _late(error: httpx.TimeoutException, url: str, proxy: str) -> PortalUnreachableError:
    hint = "It may be busy, or your network slow; try again."
    if isinstance(error, httpx.ConnectTimeout):
        hint = "Check the address, your network, your VPN and your proxy (HTTPS_PROXY, NO_PROXY); try again."
    if proxy:
        hint += f" The way leads through the proxy {proxy}."
    return PortalUnreachableError(
        f"{urlsplit(url).hostname} did not answer in time.",
        hint,
        sent=not isinstance(error, _NEVER_SENT),
        reason="timeout",
    )


def _tls_trouble(words: str, url: str) -> PortalUnreachableError | None:
    host, place = urlsplit(url).hostname, _place(url)
    if "CERTIFICATE_VERIFY_FAILED" in words:
        title, hint = next((title, hint) for said, title, hint in _CERTIFICATES if said in words)
        return PortalUnreachableError(title.format(host=host), hint, sent=False, reason="certificate")
    if any(sign in words for sign in _NO_TLS):
        hint = f"Check the port; a practice portal without TLS is at http://{place}."
        return PortalUnreachableError(f"{place} speaks plain HTTP, not HTTPS.", hint, sent=False)
    if "[SSL" in words:
        hint = "Its TLS may be too old, or something between does not understand it; ask its administrator."
        return PortalUnreachableError(f"No secure connection to {place} could be made.", hint, sent=False)
    return None
