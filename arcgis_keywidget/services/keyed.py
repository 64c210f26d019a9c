"""Asking a service with a key: which key, how it is sent, and what a refusal means."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from numbers import Integral
from typing import TYPE_CHECKING

from arcgis_keywidget._http import TIMEOUT, Client, TrustedHosts, arcgis_services
from arcgis_keywidget.errors import ExpiredError, PortalError, ReferrerError, TokenError
from arcgis_keywidget.models import AccountKind, ApiKey, LocationServices, Secret, is_arcgis_com, session_keys

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from arcgis_keywidget._http import Reply, Transport, Verify

_LEGACY = "AAPK"


class KeyedClient:
    """Requests that carry one key, and its referrer where it was made for one."""

    def __init__(self, client: Client, key: ApiKey) -> None:
        self.key = key
        self._client = client

    async def get(self, url: str, **query: str) -> Reply:
        """Read something with the key in the header."""
        return await self._client.send("GET", url, query=query, token=Secret(self.key))

    async def post(self, url: str, form: Mapping[str, str]) -> Reply:
        """Read something whose conditions are nobody else's business, or too long for an address."""
        return await self._client.send("POST", url, form=form, token=Secret(self.key))


@asynccontextmanager
async def keyed_client(
    key: ApiKey,
    transport: Transport | None = None,
    *,
    verify: Verify = True,
    timeout: float = TIMEOUT,  # noqa: ASYNC109 (of each request)
) -> AsyncGenerator[KeyedClient, None]:
    """Open connections to the hosts that may see a key; what refuses the key says why.

    Args:
        key: the key, which knows its portal and its referrer.
        transport: stands in for the network.
        verify: as `Portal` takes it.
        timeout: seconds to wait for each answer.

    Raises:
        ExpiredError, ReferrerError, TokenError: the key is not accepted.
    """
    hosts = TrustedHosts(key.portal, key.trust)
    async with Client(
        hosts, referer=key.referrer, transport=transport, verify=verify, timeout=timeout
    ) as client:
        try:
            yield KeyedClient(client, key)
        except TokenError as error:
            raise _refused(key, error) from None


def as_key(key: str | Secret) -> ApiKey:
    """Return what is known of a key given as text: one of this session's, else one of arcgis.com."""
    key = Secret(key)
    return session_keys.recognise(ApiKey(key))


def services_of(key: ApiKey) -> LocationServices:
    """Return where a key's basemaps are served; one of an unknown account may be of Location Platform."""
    if key.services is None and is_arcgis_com(key.portal):
        return arcgis_services(AccountKind.LOCATION_PLATFORM)
    return key.services or LocationServices()


def is_whole(value: object) -> bool:
    """Whether a value is a whole number, NumPy's among them, and no truth value."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def _refused(key: ApiKey, error: TokenError) -> PortalError:
    """Return what is probably wrong with a key that 401, 498 or 499 was the answer to."""
    code, endpoint = error.code, error.endpoint
    if key.expires is not None and key.expires <= datetime.now(UTC):
        title = f"This key has ended on {key.expires:%Y-%m-%d at %H:%M} UTC."
        return ExpiredError(title, "Make a new one.", code=code, endpoint=endpoint)
    if key.startswith(_LEGACY):
        title = "This is an API key of the old kind (AAPK), which ArcGIS no longer accepts."
        return TokenError(title, "Make an API key credential instead.", code=code, endpoint=endpoint)
    if key.referrer:
        title = f"The service does not accept this key for the referrer {key.referrer}."
        hint = "Perhaps its referrers were changed; for notebooks, make a key without any."
        return ReferrerError(title, hint, code=code, endpoint=endpoint)
    title = "The service does not accept this key."
    hint = (
        "It may have been revoked, or have lost its force when the privileges, items or referrers of its "
        "credential were changed. Generate it again, or make a new one."
    )
    return TokenError(title, hint, code=code, endpoint=endpoint)
