"""Web addresses: how people write the address of a portal or of one of its servers."""

from __future__ import annotations

import ipaddress
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import SplitResult, urlsplit

import idna

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import is_arcgis_com, origin_of

_NO_ADDRESS_HAS = re.compile(r"[\s\\<>\"'{}|^`\x00-\x1f\x7f]")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_PAGES = frozenset(
    {"home", "sharing", "portaladmin", "index.html"}
)  # behind these, a page of the portal follows
_EXAMPLE = "such as https://www.arcgis.com"


@cache
def host_lists() -> dict[str, Any]:
    """Return the lists of data/hosts.json."""
    text = files("arcgis_keywidget").joinpath("data/hosts.json").read_text(encoding="utf-8")
    lists: dict[str, Any] = json.loads(text)
    return lists


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def normalise_address(text: str) -> str:
    """Return a portal's address as its REST root needs it: scheme, host, port and web adaptor.

    A missing scheme becomes https (http on this machine); pages of the portal (`/home/...`), `/sharing/rest`,
    queries and fragments are cut off; the host is written in lower case and ASCII.

    Raises:
        FieldError: no address, or one that no token may be sent to (field ``portal``).
    """
    parts = _split(text)
    origin = _safe_origin(parts)
    host = origin.removeprefix("https://")
    if host in host_lists()["portal_aliases"]:
        origin = f"https://{host_lists()['portal_aliases'][host]}"
    return origin if is_arcgis_com(origin) else origin + _portal_path(parts.path)


def normalise_host(text: str) -> str:
    """Return a host as people name it beside a portal: alone, which means any port, or as an origin.

    With a scheme or a port it is an origin; what follows the host is cut off.

    Raises:
        FieldError: no host, or one that no token may be sent to (field ``trust``).
    """
    try:
        parts = _split(text)
        origin = _safe_origin(parts)
    except FieldError:
        message = (
            "Name each host like 'gis.example.com', 'gis.example.com:6443' or 'https://gis.example.com'."
        )
        raise FieldError("trust", message) from None
    alone = not parts.scheme and parts.port is None
    return urlsplit(origin).hostname or "" if alone else origin


def _safe_origin(parts: SplitResult) -> str:
    host = _ascii_host(parts.hostname or "")
    scheme = parts.scheme or ("http" if is_loopback(host) else "https")
    if scheme not in {"http", "https"}:
        raise FieldError("portal", f"A portal's address begins with https://, {_EXAMPLE}.")
    if scheme == "http" and not is_loopback(host):
        raise FieldError(
            "portal", "Write https:// instead of http://: a password would be readable on its way."
        )
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{parts.port}" if parts.port is not None else ""
    return origin_of(f"{scheme}://{netloc}")


def _split(text: str) -> SplitResult:
    text = text.strip()
    if not text:
        raise FieldError("portal", f"Write the address of your portal, {_EXAMPLE}.")
    if _NO_ADDRESS_HAS.search(text):
        raise FieldError("portal", f"This has a character that no web address has; write it {_EXAMPLE}.")
    if "://" not in text:
        if re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", text, re.IGNORECASE):
            raise FieldError("portal", f"A portal's address begins with https://, {_EXAMPLE}.")
        text = f"//{text.lstrip('/')}"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise FieldError("portal", f"This is no web address; write it {_EXAMPLE}.") from None
    if "@" in parts.netloc:
        raise FieldError("portal", "Leave user name and password out of the address.")
    return parts


def _ascii_host(host: str) -> str:
    try:
        if ":" in host:
            return str(ipaddress.IPv6Address(host))
        # As browsers do it; Python's own codec is of 2003, and leads some names to other people's domains.
        host = host.rstrip(".")
        host = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except ValueError:  # UnicodeError is one too
        host = ""
    if not _HOST.fullmatch(host):
        raise FieldError("portal", f"This has no host name; write it {_EXAMPLE}.")
    return host


def _portal_path(path: str) -> str:
    kept: list[str] = []
    for word in path.split("/"):
        if word.lower() in _PAGES:
            break
        if word in {".", ".."}:
            raise FieldError("portal", "Leave '..' out of the address.")
        kept.append(word)
    return "".join(f"/{word}" for word in kept if word)
