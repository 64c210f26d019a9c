"""How the network is reached: further authorities, proxies, and hosts that a house trusts."""

from __future__ import annotations

import logging
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models.keys import MASK, Secret

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

Verify: TypeAlias = "bool | str | Path | ssl.SSLContext"

PROXY_NAMES = ("https", "http", "all", "no")
"""What an entry of proxies is for: the scheme that is asked for, any, or hosts that are asked without one."""

_SCHEMES = ("http", "https", "socks5", "socks5h")
_EXAMPLE = "such as http://proxy.example.com:8080"


class Proxies:
    """The proxies of some settings; their addresses may hold passwords, so they show themselves masked.

    Args:
        entries: the proxy's address by ``https``, ``http`` or ``all``; by ``no``, the hosts that are asked
            without one, with commas between (``example.com`` stands for its sub-domains, too; ``*`` for all).

    Raises:
        FieldError: another name, or an address that is none (field ``proxies``).
        TypeError: a value that is no text.
    """

    __slots__ = ("_addresses", "_bare")

    def __init__(self, entries: Mapping[str, str | Secret] | None = None) -> None:
        texts = {name: Secret(value) for name, value in (entries or {}).items()}
        del entries  # a traceback would show it
        bare = texts.pop("no", Secret(""))
        self._bare = tuple(filter(None, (host.strip().lower() for host in bare.reveal().split(","))))
        for name, address in texts.items():
            if name not in PROXY_NAMES:
                raise FieldError("proxies", f"{name!r} is none of {', '.join(PROXY_NAMES)}.")
            if not _is_proxy(address):
                raise FieldError("proxies", f"The proxy for {name} is no address, {_EXAMPLE}.")
        self._addresses = texts

    def find(self, url: str) -> Secret | None:
        """Return the address of the proxy for a web address, None where it is asked without one."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if any(_covers(bare, host, parts.netloc.lower()) for bare in self._bare):
            return None
        return self._addresses.get(parts.scheme) or self._addresses.get("all")

    def __bool__(self) -> bool:
        return bool(self._addresses or self._bare)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Proxies):
            return NotImplemented
        return self._addresses == other._addresses and self._bare == other._bare

    def __hash__(self) -> int:
        return hash((frozenset(self._addresses.items()), self._bare))

    def __repr__(self) -> str:
        told = {name: proxy_place(address) for name, address in self._addresses.items()}
        return f"Proxies({told | ({'no': ','.join(self._bare)} if self._bare else {})})"


@dataclass(frozen=True, slots=True)
class Network:
    """How requests leave this machine.

    Attributes:
        ca_bundle: file of certificates (PEM) that are trusted beside the machine's own; empty for none.
        proxies: in the place of those of the environment; none where there are no entries.
        trust: hosts, or origins, that may see the keys and tokens of every portal.
        verify: False, a file or a context, in the place of the machine's certificates and ``ca_bundle``.
    """

    ca_bundle: str = ""
    _: KW_ONLY
    proxies: Proxies = field(default_factory=Proxies)
    trust: tuple[str, ...] = ()
    verify: Verify = True

    def amended(self, verify: Verify) -> Network:
        """Return the same with what somebody has said of certificates, where that is more than the usual."""
        return self if verify is True else replace(self, verify=verify)


class DefaultNetwork:
    """How requests leave where nobody says otherwise; whoever composes the session says where to read it."""

    def __init__(self) -> None:
        self._read: Callable[[], tuple[Network, Iterable[str]]] | None = None
        self._network: Network | None = None

    def read_by(self, read: Callable[[], tuple[Network, Iterable[str]]]) -> None:
        """Have it read at the first request, unless it is known by then.

        Args:
            read: returns the network, and a sentence for each setting of it that was left out.
        """
        self._read = self._read or read

    def settle(self, network: Network | None) -> None:
        """Let this be the default from now on; None to have it read again."""
        self._network = network

    def current(self) -> Network:
        """Return the default, read now if it was not before."""
        if self._network is None and self._read is not None:
            self._network, problems = self._read()
            for problem in problems:  # nobody else would hear of it: there is no form here
                logging.getLogger("arcgis_keywidget").warning("%s", problem)
        return self._network or Network()


default_network = DefaultNetwork()
"""The one default of this process."""


def proxy_place(address: Secret) -> str:
    """Return the address of a proxy as it may be shown: without user name and password."""
    scheme, _, rest = address.reveal().strip().rpartition("://")
    # A password may hold any sign, also one that would end the host's part of an address.
    masked = f"{MASK}@" if "@" in rest else ""
    return f"{scheme or 'http'}://{masked}{rest.rpartition('@')[2]}"


def _is_proxy(address: Secret) -> bool:
    try:
        parts = urlsplit(address.reveal().strip())
        return parts.scheme in _SCHEMES and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def _covers(bare: str, host: str, place: str) -> bool:
    name = bare.removeprefix("*").removeprefix(".")
    return bare == "*" or name in {place, host} or (bool(name) and host.endswith(f".{name}"))
