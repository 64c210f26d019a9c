"""Leases of its own for each test, a signed-in person, and processes that are gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arcgis_keywidget import KeyRequest, Portal, _loop, ephemeral
from arcgis_keywidget.session.lease import read_leases, write_lease

REQUEST = KeyRequest("Ends with me")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Leases of its own for each test, and what it ties to this process let go of."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    yield tmp_path / "arcgis-keywidget" / "leases"
    ephemeral._bonds.held.clear()
    ephemeral._exit._end.works.clear()


@pytest.fixture
def ada(served):
    """The first user, signed in, blocking; by a name that has to be looked up."""
    with Portal.connect(served.url.replace("127.0.0.1", "localhost")) as portal:
        portal.sign_in("ada", served.portal.users[0].password)
        yield portal
        portal.sign_in("ada", served.portal.users[0].password)
        for item in items(served):
            _loop.run(portal.portal._rest.post(f"content/users/ada/items/{item}/delete", {}))


def items(served) -> list[str]:
    """The ids of the keys of these tests that the portal has."""
    return [one["id"] for one in served.portal.items_of("ada") if one["title"] == REQUEST.title]


def abandon() -> None:
    """Have the leases be of a process that is gone, as if it had been killed."""
    for lease in read_leases():
        write_lease(replace(lease, process=replace(lease.process, started="1")))
    ephemeral._bonds.held.clear()
