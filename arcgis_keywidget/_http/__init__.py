"""HTTP for the whole package; the only room that knows httpx."""

from __future__ import annotations

from arcgis_keywidget._http.address import is_loopback, normalise_address
from arcgis_keywidget._http.client import TIMEOUT, Client, Transport
from arcgis_keywidget._http.hosts import TrustedHosts, arcgis_services, public_hosts
from arcgis_keywidget._http.products import kind_of, services_at, services_in, subscription_of
from arcgis_keywidget._http.replies import Reply, need
from arcgis_keywidget.models import Verify

__all__ = [
    "TIMEOUT",
    "Client",
    "Reply",
    "Transport",
    "TrustedHosts",
    "Verify",
    "arcgis_services",
    "is_loopback",
    "kind_of",
    "need",
    "normalise_address",
    "public_hosts",
    "services_at",
    "services_in",
    "subscription_of",
]
