"""Web addresses: how people write a portal's address, and what counts as one origin."""

from __future__ import annotations

import ipaddress
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import SplitResult, urlsplit

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import is_arcgis_com

_DEFAULT_PORTS = {"http": 80, "https": 443}
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


def origin_of(address: str) -> str:
    """Return scheme, host and port; a scheme's default port is left out.

    Raises:
        ValueError: the port is no number.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    suffix = "" if port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f":{port}"
    return f"{parts.scheme}://{host}{suffix}"


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
    parts = _split(text.strip())
    host = _ascii_host(parts.hostname or "")
    scheme = parts.scheme or ("http" if is_loopback(host) else "https")
    if scheme not in _DEFAULT_PORTS:
        raise FieldError("portal", f"A portal's address begins with https://, {_EXAMPLE}.")
    if scheme == "http" and not is_loopback(host):
        raise FieldError(
            "portal", "Write https:// instead of http://: a password would be readable on its way."
        )
    host = host_lists()["portal_aliases"].get(host, host)
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{parts.port}" if parts.port is not None else ""
    origin = origin_of(f"{scheme}://{netloc}")
    return origin if is_arcgis_com(origin) else origin + _portal_path(parts.path)


def _split(text: str) -> SplitResult:
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
        host = host.rstrip(".").encode("idna").decode()
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
