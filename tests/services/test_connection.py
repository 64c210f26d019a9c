"""The connections of a key: who shares them, and when they are closed."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from arcgis_keywidget import ApiKey, _loop, fetch_tile, forget
from arcgis_keywidget.models import LocationServices, Preferences
from arcgis_keywidget.services import connection as connections
from arcgis_keywidget.services.connection import Connection, shared_connection
from arcgis_keywidget.services.source import BasemapSource

PORTAL = "http://127.0.0.1:9"
SERVICES = LocationServices(styles=f"{PORTAL}/styles", static_tiles=f"{PORTAL}/tiles")


class Slow(httpx.AsyncBaseTransport):
    """Answers with a basemap session, after it was let; notes whether it was closed meanwhile."""

    def __init__(self) -> None:
        self.asked, self.may, self.closed = asyncio.Event(), asyncio.Event(), 0
        self.closed_under_use = False

    async def handle_async_request(self, _: httpx.Request) -> httpx.Response:
        """Start a session."""
        self.asked.set()
        before = self.closed
        await self.may.wait()
        self.closed_under_use = self.closed > before
        return httpx.Response(200, json={"sessionToken": "AAST-canary", "endTime": 4_000_000_000_000})

    async def aclose(self) -> None:
        """Count."""
        self.closed += 1


def key(**knowledge: object) -> ApiKey:
    """A key that was made nowhere."""
    return ApiKey("AAPTcanary-of-connections", portal=PORTAL, services=SERVICES, **knowledge)


async def test_a_connection_is_not_closed_while_a_session_is_started_on_it() -> None:
    """Another key takes its place meanwhile; it is closed when the session is there."""
    transport = Slow()
    connection = Connection(key(), transport)
    source = BasemapSource(connection, "arcgis/streets", Preferences())
    starting = asyncio.ensure_future(source.vector.session())
    await transport.asked.wait()
    await connection.retire()
    transport.may.set()
    await starting
    assert not transport.closed_under_use
    assert transport.closed == 1


async def test_a_session_that_is_started_late_leaves_nothing_open() -> None:
    """On a connection that was let go of already."""
    transport = Slow()
    transport.may.set()
    connection = Connection(key(), transport)
    await connection.retire()
    await BasemapSource(connection, "arcgis/streets", Preferences()).vector.session()
    assert transport.closed == 1


@pytest.fixture
def slow_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing takes a moment, as it does where the network is slow."""
    close = Connection.aclose

    async def linger(self: Connection) -> None:
        await asyncio.sleep(0.01)
        await close(self)

    monkeypatch.setattr(Connection, "aclose", linger)


@pytest.mark.usefixtures("slow_end")
def test_two_who_know_the_same_of_a_key_share_its_connection() -> None:
    """Also where both come while the connection of before is being closed."""

    async def come() -> list[Connection]:
        await shared_connection(key())
        return await asyncio.gather(*(shared_connection(key(trust=("gis.example.com",))) for _ in range(2)))

    one, other = _loop.run(come())
    assert one is other


def test_a_key_that_is_forgotten_leaves_no_connection(make_key) -> None:
    """Nothing holds it any more, whatever was asked with it; those of other keys stay."""
    kept, gone = make_key(), make_key()
    for one in (kept, gone):
        fetch_tile("arcgis/streets", 0, 0, 0, key=one)
    forget(gone)
    assert _loop.run(held()) == [kept]
    forget()
    assert _loop.run(held()) == []


async def held() -> list[ApiKey]:
    """The keys whose connections are there."""
    return [*connections._shared.held]
