"""Which hosts may see a portal's tokens and keys."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from arcgis_keywidget._http.address import host_lists, is_loopback, normalise_host
from arcgis_keywidget.errors import HostRefusedError
from arcgis_keywidget.models import AccountKind, LocationServices, is_arcgis_com, origin_of


class TrustedHosts:
    """The hosts for the tokens of one portal.

    These are the portal's own origin; for arcgis.com accounts, the hosts of data/hosts.json; and what the
    person named. https only, except on this machine.

    Args:
        portal: the portal's address.
        trust: further hosts (`gis.example.com`, with any port) or origins (`https://gis.example.com:6443`,
            `gis.example.com:6443`).

    Raises:
        FieldError: no host that a token may be sent to (field ``trust``).
    """

    def __init__(self, portal: str, trust: tuple[str, ...] = ()) -> None:
        self._origin = origin_of(portal)
        self._of_esri = is_arcgis_com(portal)
        self._named = frozenset(map(normalise_host, trust))

    def allow(self, address: str) -> bool:
        """Whether a request to this address may carry the token."""
        try:
            parts, origin = urlsplit(address), origin_of(address)
        except ValueError:  # half an address
            return False
        host = parts.hostname or ""
        if "@" in parts.netloc or not (
            parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
        ):
            return False
        if origin == self._origin or not self._named.isdisjoint({host, origin}):
            return True
        return self._of_esri and origin == f"https://{host}" and bool(_trusted().fullmatch(host))

    def check(self, address: str) -> None:
        """Refuse an address that may not see the token.

        Raises:
            HostRefusedError: with what to do when the host is known to be good.
        """
        if not self.allow(address):
            host = _host_of(address)
            raise HostRefusedError(
                f"The key of {urlsplit(self._origin).hostname} is not sent to {host or 'this address'}.",
                f"If {host} belongs to your organization, name it: Portal(..., trust=[{host!r}])."
                if host
                else "Check the address.",
            )


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


@cache
def _trusted() -> re.Pattern[str]:
    patterns: list[str] = host_lists()["trusted"]
    return re.compile("|".join(re.escape(pattern).replace(r"\*", "[a-z0-9-]*") for pattern in patterns))


def public_hosts(portal: str) -> tuple[str, ...]:
    """Return the hosts that serve parts of arcgis.com's basemaps, such as icons, without a key."""
    return tuple(host_lists()["public"]) if is_arcgis_com(portal) else ()


def arcgis_services(kind: AccountKind) -> LocationServices:
    """Return where arcgis.com serves basemaps for a kind of account (static tiles: documented, LP only)."""
    if kind is AccountKind.ENTERPRISE:
        return LocationServices()
    roots = host_lists()["services"]
    tiles = roots["static_tiles"] if kind is AccountKind.LOCATION_PLATFORM else None
    return LocationServices(styles=roots["styles"], static_tiles=tiles)
