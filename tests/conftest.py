"""What every test may use: a practice portal, in process or over a socket, and a clean session."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from arcgis_keywidget import _loop
from arcgis_keywidget.models import Network, default_network, session_keys
from arcgis_keywidget.portal import Portal
from arcgis_keywidget.practice import PracticePortal, people, roles, serve
from arcgis_keywidget.services.connection import close_shared
from tests.secret_service import empty, missing, secret_service

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


@pytest.fixture(scope="session", autouse=True)
def no_vault() -> Iterator[None]:
    """Neither the tests nor what they start look into this machine's own vault."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture(autouse=True)
def clean_session(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No key and no setting from this machine or an earlier test."""
    for name in [*os.environ]:
        if name in {"ARCGIS_API_KEY", "ESRI_API_KEY"} or name.startswith("ARCGIS_KEYWIDGET_"):
            monkeypatch.delenv(name)
    use_vault(monkeypatch, {})
    session_keys.discard()
    default_network.settle(Network())
    yield
    session_keys.discard()
    _loop.run(close_shared())


def use_vault(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    """Have the library keyring choose its back end anew, here and in processes that a test starts."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    core = sys.modules.get("keyring.core")
    if core is not None:
        monkeypatch.setattr(core, "_keyring_backend", None)


@pytest.fixture(scope="session")
def serving_vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """One Secret Service for the whole run; see `vault`."""
    lacking = missing()
    if lacking:
        pytest.skip(f"{lacking} is not installed")
    with secret_service(tmp_path_factory.mktemp("vault")) as environ:
        yield environ


@pytest.fixture
def vault(serving_vault: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A real vault, empty; the environment in which it is found."""
    use_vault(monkeypatch, serving_vault)
    yield serving_vault
    empty(serving_vault)


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


@pytest.fixture(scope="session")
def serving_secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One such portal with TLS for the whole run; see `secure`."""
    with serve(tls=True, store=tmp_path_factory.mktemp("secure") / "portal.sqlite") as running:
        yield running


@pytest.fixture
def secure(serving_secure: Running) -> Iterator[Running]:
    """A practice portal with a certificate of its own, which nobody trusts unasked; without armed faults."""
    serving_secure.portal.heal()
    yield serving_secure
    serving_secure.portal.heal()


@pytest.fixture
def withdraw(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Takes privileges away from everybody, in every practice portal of this process."""

    def take(*names: str) -> None:
        def fewer(account: str, role: str) -> tuple[str, ...]:
            return tuple(name for name in roles.privileges_of(account, role) if name not in names)

        monkeypatch.setattr(people, "privileges_of", fewer)

    return take
