"""What every test may use: a practice portal, in process or over a socket, and a clean session."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import httpx
import pytest

from arcgis_keywidget import _loop
from arcgis_keywidget.models import Network, default_network, session_keys
from arcgis_keywidget.portal import Portal
from arcgis_keywidget.practice import PracticePortal, people, roles, serve
from arcgis_keywidget.services.connection import close_shared

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from arcgis_keywidget.practice import Running

ADDRESS = "http://127.0.0.1:7443"


@pytest.fixture(scope="session", autouse=True)
def audible_interrupt() -> Iterator[None]:
    """Ctrl-C raises KeyboardInterrupt, also in a run in the background, which inherits a deaf ear for it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def clean_session(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No key and no setting from this machine or an earlier test."""
    for name in [*os.environ]:
        if name in {"ARCGIS_API_KEY", "ESRI_API_KEY"} or name.startswith("ARCGIS_KEYWIDGET_"):
            monkeypatch.delenv(name)
    session_keys.discard()
    default_network.settle(Network())
    yield
    session_keys.discard()
    _loop.run(close_shared())


@pytest.fixture
def practice() -> Iterator[PracticePortal]:
    """A Location Platform practice portal, for `transport`."""
    portal = PracticePortal()
    yield portal
    portal.close()


@pytest.fixture
def transport(practice: PracticePortal) -> httpx.ASGITransport:
    """The way to the practice portal without a socket."""
    return httpx.ASGITransport(practice)


@pytest.fixture
async def portal(practice: PracticePortal, transport: httpx.ASGITransport) -> AsyncIterator[Portal]:
    """The client, signed in to the practice portal as its first user."""
    user = practice.users[0]
    async with Portal(ADDRESS, transport=transport) as portal:
        await portal.sign_in(user.username, user.password)
        yield portal


@pytest.fixture(scope="session")
def serving() -> Iterator[Running]:
    """One practice portal over a real socket for the whole run; see `served`."""
    with serve() as running:
        yield running


@pytest.fixture
def served(serving: Running) -> Iterator[Running]:
    """The practice portal over a real socket, without armed faults."""
    serving.portal.heal()
    yield serving
    serving.portal.heal()


@pytest.fixture
def withdraw(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Takes privileges away from everybody, in every practice portal of this process."""

    def take(*names: str) -> None:
        def fewer(account: str, role: str) -> tuple[str, ...]:
            return tuple(name for name in roles.privileges_of(account, role) if name not in names)

        monkeypatch.setattr(people, "privileges_of", fewer)

    return take
