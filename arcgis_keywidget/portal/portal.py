"""A portal, as Python talks to it: awaited, or blocking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget._loop import run
from arcgis_keywidget.portal.endings import Endings
from arcgis_keywidget.portal.key_life import KeyLife

if TYPE_CHECKING:
    from typing import Unpack

    from arcgis_keywidget.portal.blocking import BlockingPortal
    from arcgis_keywidget.portal.session import PortalOptions


class Portal(KeyLife, Endings):
    """An ArcGIS portal: Online, Location Platform, Enterprise 11.4 or later, or the practice portal.

    Enter it with ``async with``; it then belongs to that event loop. `Portal.connect` gives the same methods
    blocking, and works anywhere.

    Args:
        url: the portal's address, as the browser shows it.
        transport: stands in for the network, such as `httpx.ASGITransport`.
        referer: the Referer of every request, which binds the session; the portal's address unless given.
        trust: further hosts, or origins, that may see this portal's tokens and keys, such as its servers.
        verify: False, or the file of an authority's certificate, for portals with a certificate of their own.
        network: further certificates, proxies and hosts to trust, as `models.Network` has them; those of the
            configuration unless given. No proxy is asked for this machine itself.
        timeout: seconds to wait for each answer.
        transcript: notes every exchange with the portal; one of its own unless given.

    Raises:
        FieldError: no address of a portal (field ``portal``), or no host (field ``trust``).

    Attributes:
        url: the address, normalised, without ``/sharing/rest``.
        origin: its scheme, host and port.
        verify: as it was given.
        transcript: what was asked and answered so far, by names and figures.
    """

    @classmethod
    def connect(cls, url: str = "https://www.arcgis.com", **options: Unpack[PortalOptions]) -> BlockingPortal:
        """Return a portal whose methods block; close it, or use it in a ``with`` block."""
        from arcgis_keywidget.portal.blocking import BlockingPortal  # noqa: PLC0415 (it is made of this class)

        portal = cls(url, **options)
        run(portal.__aenter__())
        return BlockingPortal(portal)
