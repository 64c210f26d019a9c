"""Asking a service with a key: which key, how it is sent, and what a refusal means."""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from numbers import Integral
from typing import TYPE_CHECKING

from arcgis_keywidget._http import TIMEOUT, Client, TrustedHosts, arcgis_services, public_hosts
from arcgis_keywidget.errors import ExpiredError, PortalError, ReferrerError, TokenError
from arcgis_keywidget.models import (
    AccountKind,
    ApiKey,
    LocationServices,
    Secret,
    default_network,
    is_arcgis_com,
    session_keys,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator, Mapping

    from arcgis_keywidget._http import Reply, Transport, Verify
    from arcgis_keywidget.models import Network

_LEGACY = "AAPK"
_LARGEST_PART = 8 * 1024 * 1024


class KeyedClient:
    """Requests that carry one key, and its referrer where it was made for one.

    It belongs to the loop that first sends with it.

    Args:
        key: the key, which knows its portal and its referrer.
        transport: stands in for the network.
        verify: as `Portal` takes it.
        timeout: seconds to wait for each answer.
    """

    def __init__(
        self,
        key: ApiKey,
        transport: Transport | None = None,
        *,
        verify: Verify = True,
        timeout: float = TIMEOUT,
    ) -> None:
        self.key = key
        self._hosts = hosts_of(key)
        # Parts of a style may lie at hosts that serve everybody: those are asked without the key.
        readable = hosts_of(key, *public_hosts(key.portal))
        self._client = Client(
            readable,
            referer=key.referrer,
            transport=transport,
            verify=verify,
            network=network_of(key),
            timeout=timeout,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def get(self, url: str, **query: str) -> Reply:
        """Read something with the key in the header."""
        self._hosts.check(url)
        return await self._client.send("GET", url, query=query, token=Secret(self.key))

    async def post(self, url: str, form: Mapping[str, str]) -> Reply:
        """Read something whose conditions are nobody else's business, or too long for an address."""
        self._hosts.check(url)
        return await self._client.send("POST", url, form=form, token=Secret(self.key))

    async def read(
        self, url: str, query: Mapping[str, str] | None = None, *, session: Secret | None = None
    ) -> Reply:
        """Read a part of a basemap, whose address a service's own document named.

        Args:
            url: where to. The key goes along where it may; hosts that serve everybody are asked without.
            query: parameters of the address.
            session: a basemap session's token, in the place of the key.

        Raises:
            HostRefusedError: a host that is neither.
            UnexpectedReplyError: more than 8 MB, which no tile is.
        """
        token = (session or Secret(self.key)) if self._hosts.allow(url) else None
        return await self._client.send("GET", url, query=query, token=token, most_bytes=_LARGEST_PART)

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Say why the key is not accepted, where something in this block finds that it is not.

        Raises:
            ExpiredError, ReferrerError, TokenError: the key is not accepted.
        """
        try:
            yield
        except TokenError as error:
            raise _refused(self.key, error) from None


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
    client = KeyedClient(key, transport, verify=verify, timeout=timeout)
    try:
        with client.explaining():
            yield client
    finally:
        await client.aclose()


def network_of(key: ApiKey) -> Network:
    """Return how the services of a key are reached."""
    return key.network or default_network.current()


def hosts_of(key: ApiKey, *others: str) -> TrustedHosts:
    """Return the hosts that may see a key, and others that are asked without it."""
    return TrustedHosts(key.portal, (*key.trust, *network_of(key).trust, *others))


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
