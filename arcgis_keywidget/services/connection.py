"""A lasting connection to the services of one key: it keeps what it fetched, and bounds how fast it asks."""

from __future__ import annotations

import os
from collections import OrderedDict
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Self, TypeVar

from arcgis_keywidget import _loop
from arcgis_keywidget.errors import FieldError, PortalError, PrivilegeError
from arcgis_keywidget.models import session_keys
from arcgis_keywidget.services.cache import Cache
from arcgis_keywidget.services.keyed import KeyedClient, network_of, services_of
from arcgis_keywidget.services.pace import Pace
from arcgis_keywidget.services.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable, Mapping

    from arcgis_keywidget._http import Reply, Transport
    from arcgis_keywidget.models import ApiKey, LocationServices, Resource, Secret

STATIC_TILES = "premium:user:staticbasemaptiles"
STYLES = "premium:user:basemaps"

T = TypeVar("T")

_MOST_OPEN = 4
_WHAT = {STATIC_TILES: "static basemap tiles", STYLES: "basemap styles"}


class Connection:
    """One key's connection; belongs to the loop that uses it first, and is closed there.

    Args:
        key: goes with every request to a host that may see it.
        transport: stands in for the network.

    Attributes:
        knowledge: what was known of the key, and of the network, when this was made.
        client: sends; see `asking`.
        services: where the key's basemaps are served.
        sessions: the basemap sessions that were started with the key.
    """

    def __init__(self, key: ApiKey, transport: Transport | None = None) -> None:
        self.key = key
        self.knowledge = _knowledge(key)
        self.client = KeyedClient(key, transport)
        self.services: LocationServices = services_of(key)
        self.sessions = Sessions()
        self.pace = Pace.for_host(self.services.styles or self.services.static_tiles or key.portal)
        self._cache = Cache()
        self._asking = 0
        self._retired = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self.client.aclose()

    @asynccontextmanager
    async def asking(self) -> AsyncGenerator[KeyedClient, None]:
        """Give the client for as long as the block runs, also where another key takes this one's place.

        Raises:
            ExpiredError, ReferrerError, TokenError: the key is not accepted.
        """
        self._asking += 1
        try:
            with self.client.explaining():
                yield self.client
        finally:
            self._asking -= 1
            if self._retired and not self._asking:
                await self.aclose()

    async def read(
        self,
        url: str,
        take: Callable[[Reply], T],
        *,
        privilege: str,
        query: Mapping[str, str] | None = None,
        session: Secret | None = None,
    ) -> T:
        """Read a part of a basemap, at the pace that its service bears.

        Args:
            url: where to; see `KeyedClient.read`.
            take: makes of the reply what is wanted, or raises what the reply says.
            privilege: what the key needs for it, named when it lacks it.
            query: parameters of the address.
            session: a basemap session's token, in the place of the key.

        Raises:
            PrivilegeError: the key lacks the privilege.
            QuotaError: too many requests, also after a wait.
        """

        async def send() -> T:
            return take(await self.client.read(url, query, session=session))

        try:
            async with self.asking():
                return await self.pace.run(send)
        except PrivilegeError as error:
            raise _unprivileged(privilege, error) from None

    async def retire(self) -> None:
        """Close when nothing is under way any more; who still has this connection may go on with it."""
        self._retired = True
        if not self._asking:
            await self.aclose()

    async def keep(self, name: Hashable, fetch: Callable[[], Awaitable[Resource]]) -> Resource:
        """Return a part that is held, or fetched now; see `Cache.get`."""
        return await self._cache.get(name, fetch)


class _Shared:
    """The connections of the background loop, the latest few."""

    def __init__(self) -> None:
        self.held: OrderedDict[ApiKey, Connection] = OrderedDict()


_shared = _Shared()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_shared.__init__)  # type: ignore[misc]  # the loop is another there


async def shared_connection(key: ApiKey) -> Connection:
    """Return the background loop's connection for a key; only called on that loop.

    A key of the same text that knows something else, such as a further host to trust, gets another one.
    """
    held, gone = _shared.held.pop(key, None), []
    if held is not None and held.knowledge != _knowledge(key):
        gone.append(held)
        held = None
    _shared.held[key] = held = held or Connection(key)
    while len(_shared.held) > _MOST_OPEN:
        gone.append(_shared.held.popitem(last=False)[1])
    for one in gone:  # only now: whoever comes meanwhile finds everything in its place
        await one.retire()
    return held


async def close_shared(key: ApiKey | None = None) -> None:
    """Close the background loop's connection of a key, or all, as `forget` and the end of a test want it."""
    for one in [*_shared.held] if key is None else [key]:
        held = _shared.held.pop(one, None)
        if held is not None:
            await held.retire()


def _forget(key: ApiKey | None) -> None:
    if _shared.held:
        _loop.submit(close_shared(key))


session_keys.watch(_forget)


@asynccontextmanager
async def connected(key: ApiKey, transport: Transport | None = None) -> AsyncGenerator[Connection, None]:
    """Give the lasting connection on the background loop, and one for this block on any other."""
    if transport is None and _loop.is_background():
        yield await shared_connection(key)
        return
    async with Connection(key, transport) as connection:
        yield connection


def _knowledge(key: ApiKey) -> tuple[object, ...]:
    return key.portal, key.services, key.trust, key.referrer, network_of(key)


def about_style(style: str, preferences: Mapping[str, str], error: PortalError) -> Exception:
    """Return what a service's refusal means for a style that was asked for with some preferences."""
    if error.code == HTTPStatus.NOT_FOUND:
        return FieldError("style", f"The service knows no style {style!r}; basemaps() shows those it has.")
    if error.code == HTTPStatus.BAD_REQUEST and preferences:
        asked = " and ".join(f"{name} {value!r}" for name, value in preferences.items())
        return FieldError(next(iter(preferences)), f"The style {style} is not offered with {asked}.")
    return error


def _unprivileged(privilege: str, error: PrivilegeError) -> PrivilegeError:
    return PrivilegeError(
        f"This key may not read {_WHAT[privilege]}.",
        f"Make one with the privilege {privilege}.",
        code=error.code,
        endpoint=error.endpoint,
    )
