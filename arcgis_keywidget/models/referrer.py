"""The web pages that a key may be bound to: one entry of the list, checked."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from arcgis_keywidget.errors import FieldError

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_EXAMPLE = "https://app.example.com"
_WILD = "https://*.example.com"
_LONGEST = 253  # characters of a host name (RFC 1035)
_LONGEST_PORT = 5
_LAST_PORT = 65_535
_PORT_OF = {"http": 80, "https": 443}
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def check_referrer(text: str) -> str:
    """Return a referrer as browsers send it: scheme, host, and the port where it is not the usual one.

    That it begins with a scheme, and that ``*`` stands for sub-domains only, is documented. The rest is ours:
    a path is not known to count, and what cannot be the beginning of a Referer would make a key that no page
    can use.

    Raises:
        FieldError: field ``referrers``, with what is wrong and how to write it.
    """
    text = text.strip()
    parts = _split(text)
    if "@" in parts.netloc:
        raise _wrong("Leave out the user name before '@'; browsers never send it.")
    if (parts.path not in {"", "/"}) or "?" in text or "#" in text:
        origin = f"{parts.scheme}://{parts.netloc}"
        raise _wrong(f"Leave out what follows the host: {_cut(origin)}; the key answers to all its pages.")
    host, port = _host(parts), _port(parts)
    return f"{parts.scheme}://{host}" + ("" if port in {None, _PORT_OF[parts.scheme]} else f":{port}")


def _split(text: str) -> SplitResult:
    if not text:
        raise _wrong(f"This is empty; write an address, such as {_EXAMPLE}.")
    if re.search(r"\s", text):
        raise _wrong("Leave out the blanks; each line holds one address.")
    if text == "*":
        raise _wrong(f"'*' alone would be every page: leave the list empty for that, or write {_WILD}.")
    if not re.match(r"https?://", text, re.IGNORECASE):
        raise _wrong(f"Begin with https://, such as {_EXAMPLE}.")
    try:
        parts = urlsplit(text)
        _ = parts.hostname
    except ValueError:  # brackets without an address in them
        raise _wrong(f"This holds no host; write it like {_EXAMPLE}.") from None
    return parts


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if "[" in parts.netloc:
        return f"[{_number(host)}]"
    if not host:
        raise _wrong(f"The host is missing; write it like {_EXAMPLE}.")
    if not host.isascii():
        raise _wrong("Write the host as browsers send it, in ASCII: it begins with xn--, or holds it.")
    name = host.removeprefix("*.")
    if "*" in name:
        raise _wrong(f"A * may stand only for the whole first part of the host, as in {_WILD}.")
    if len(host) > _LONGEST:
        raise _wrong(f"This is too long: a host has {_LONGEST} characters at most.")
    labels = name.split(".")
    if not all(map(_LABEL.fullmatch, labels)):
        raise _wrong(f"'{_cut(host)}' is no host; it has letters, digits, hyphens and dots: {_EXAMPLE}.")
    if labels[-1].isdigit():
        return _number(host)
    _check_whole(host, name)
    return host


def _check_whole(host: str, name: str) -> None:
    """Refuse what is only a part of a host; browsers send the whole."""
    if name == "localhost" or "." in name:
        return
    if host != name:
        raise _wrong(f"'{_cut(host)}' would be far too many pages; name a domain of yours, as in {_WILD}.")
    raise _wrong(f"Write the whole host, such as {_EXAMPLE}; '{_cut(name)}' is only a part of one.")


def _number(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        raise _wrong(f"'{_cut(host)}' is no IP address; an example is http://127.0.0.1:8888.") from None


def _port(parts: SplitResult) -> int | None:
    written = re.search(r":([^:\]]*)$", parts.netloc)
    if written is None:
        return None
    digits = written[1]
    if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_PORT:
        port = int(digits)
        if 1 <= port <= _LAST_PORT:
            return port
    raise _wrong(f"'{_cut(digits)}' is no port; a port is a number from 1 to {_LAST_PORT}.")


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"  # noqa: PLR2004 (enough to recognise it)


def _wrong(message: str) -> FieldError:
    return FieldError("referrers", message)
