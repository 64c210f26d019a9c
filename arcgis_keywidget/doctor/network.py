"""The way to a portal: proxy, certificates, the portal itself, and its clock."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from arcgis_keywidget._http import Client, TrustedHosts, is_loopback, normalise_address, proxy_for
from arcgis_keywidget.doctor.rows import failure, ok, warning
from arcgis_keywidget.doctor.software import version_of
from arcgis_keywidget.errors import FieldError, KeyWidgetError, PortalUnreachableError
from arcgis_keywidget.models import Network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arcgis_keywidget._http import Reply
    from arcgis_keywidget.doctor.rows import Row

_ELSEWHERE = ("192.0.2.1", 9)  # an address for documentation; nothing is sent to it
_ANY_PORTAL = "https://www.arcgis.com"
_PLAIN = Network()
_SKEW, _MUCH_SKEW = 60, 600
"""Seconds between the portal's clock and ours: from here on ends of keys are told wrong, by minutes."""
_SYNCHRONISE = (
    "Have this machine keep its time (NTP): ends of keys are told wrong, certificates may be refused."
)


def look_at_proxy(network: Network = _PLAIN) -> Iterator[Row]:
    """Tell which proxy the settings name, and what is reached without it.

    Proxies of the configuration count instead of the environment's; other programs know the latter alone.
    """
    if network.proxies:
        place = proxy_for(_ANY_PORTAL, network.proxies)
        yield ok("proxy of the configuration", place or "none for portals")
    proxies = {kind: place for kind, place in getproxies().items() if kind in {"http", "https", "all"}}
    if not proxies:
        yield ok("proxy", "none is set")
        return
    for kind, proxy in proxies.items():
        place = place_of(proxy)
        if place:
            yield ok(f"proxy for {kind}", place)
        else:
            remedy = f"Write it like http://proxy.example.com:8080 in {kind.upper()}_PROXY."
            yield failure(f"proxy for {kind}", "what is set is no address", remedy)
    missing = [host for host in ("127.0.0.1", "localhost") if not proxy_bypass(host)]
    if missing:
        remedy = (
            "Add 127.0.0.1 and localhost to NO_PROXY: Jupyter and map libraries talk to this machine itself."
        )
        yield warning("NO_PROXY", f"lacks {' and '.join(missing)}", remedy)
    else:
        yield ok("NO_PROXY", "covers this machine itself")


def look_at_certificates(network: Network = _PLAIN) -> Iterator[Row]:
    """Tell whose certificates are trusted; those of the configuration are so beside the others."""
    if network.ca_bundle:
        yield _certificate_file(str(network.ca_bundle), "ca_bundle")
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if file:
        yield _certificate_file(file, "SSL_CERT_FILE")
    elif folder:
        there = Path(folder).is_dir()
        remedy = "Name a folder that is there, or a file in SSL_CERT_FILE."
        found = f"the folder {folder} (SSL_CERT_DIR)"
        yield ok("certificates", found) if there else failure("certificates", f"{found} is not there", remedy)
    else:
        yield ok("certificates", f"those of certifi {version_of('certifi')}")
    others = [name for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE") if os.environ.get(name)]
    if others and not (file or folder or network.ca_bundle):
        remedy = f"If your organization needs it, set SSL_CERT_FILE to what {others[0]} names."
        yield warning(
            "certificates of others", f"{' and '.join(others)} set, which other programs read", remedy
        )


def look_at_portal(portal: str, seconds: float, network: Network = _PLAIN) -> Iterator[Row]:
    """Ask a portal for its description.

    Args:
        portal: its address.
        seconds: to wait for an answer.
        network: the certificates and proxies that the configuration names.
    """
    try:
        address = normalise_address(portal)
    except FieldError as error:
        yield failure("portal", "the address cannot be one of a portal", error.message)
        return
    before = datetime.now(UTC)
    try:
        reply = asyncio.run(_ask(address, seconds, network))
        reply.document()
    except PortalUnreachableError as error:
        yield failure(
            "portal", _why(error, address, seconds, proxy_for(address, network.proxies)), error.hint
        )
    except FieldError as error:
        yield failure("portal", "nothing was sent", error.message)
    except KeyWidgetError as error:
        yield failure("portal", f"{address} answers, but not as a portal: {error.title}", error.hint)
    else:
        way = f" through the proxy {place}" if (place := proxy_for(address, network.proxies)) else ""
        yield ok("portal", f"{address} answers{way}")
        yield _clock(reply, before, datetime.now(UTC))


def place_of(proxy: str) -> str:
    """Return host and port of a proxy's address, without user and password; empty where it has none."""
    place = proxy.rpartition("://")[2].rpartition("@")[2]
    with suppress(ValueError):
        parts = urlsplit(f"//{place}")
        if parts.hostname and (parts.port is None or parts.port):
            return parts.netloc
    return ""


async def _ask(address: str, seconds: float, network: Network) -> Reply:
    hosts = TrustedHosts(address)
    async with Client(hosts, referer=None, network=network, timeout=seconds) as client:
        return await client.send("GET", f"{address}/sharing/rest/info", query={"f": "json"})


def _why(error: PortalUnreachableError, address: str, seconds: float, proxy: str) -> str:
    if error.reason == "certificate" and not proxy:
        issuer = _issuer(address, seconds)
        return f"{error.title} Its issuer is {issuer}." if issuer else error.title
    host = urlsplit(address).hostname or ""
    offline = "" if proxy or is_loopback(host) or error.sent else _offline(host)
    return f"{error.title} {offline}".rstrip()


def _offline(host: str) -> str:
    """Say how this machine is cut off, if it is; nothing is sent but a question to its name server."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            return "This machine is offline: it has no way to other networks."
    try:
        socket.getaddrinfo(host, None)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            return "No name server answers: this machine is offline, or only a proxy leads out."
    return ""


def _issuer(address: str, seconds: float) -> str:
    """Return who signed the certificate of a server that is not trusted; empty where it does not tell.

    The standard library reads only trusted certificates: so this one, and no other, is trusted for a second
    connection, over which nothing is sent.
    """
    parts = urlsplit(address)
    place = (parts.hostname or "", parts.port or 443)
    with suppress(OSError, ValueError):
        pem = ssl.get_server_certificate(place, timeout=seconds)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        context.load_verify_locations(cadata=pem)
        with socket.create_connection(place, timeout=seconds) as raw, context.wrap_socket(raw) as secure:
            found: Any = secure.getpeercert() or {}
        names = dict(pair for parts_of_name in found.get("issuer", ()) for pair in parts_of_name)
        return str(names.get("commonName") or names.get("organizationName") or "")[:100]
    return ""


def _certificate_file(file: str, setting: str) -> Row:
    found = f"{file} ({setting})"
    try:
        count = len(ssl.create_default_context(cafile=file).get_ca_certs())
    except OSError:
        remedy = f"Name a file in PEM form, or unset {setting}."
        return failure("certificates", f"{found} cannot be read as certificates", remedy)
    return ok("certificates", f"{found}, {count:,} authorities")


def _clock(reply: Reply, before: datetime, after: datetime) -> Row:
    if reply.date is None:
        return ok("clock", "the portal does not tell its own")
    # The header has whole seconds, and was written at some moment between the two.
    behind = (reply.date - after).total_seconds()
    ahead = (before - reply.date).total_seconds() - 1
    skew = max(behind, ahead, 0.0)
    if skew < _SKEW:
        return ok("clock", "as the portal's")
    found = f"{round(skew):,} s {'behind' if behind > ahead else 'ahead of'} the portal's"
    return (failure if skew >= _MUCH_SKEW else warning)("clock", found, _SYNCHRONISE)
