"""Ephemeral keys that are being made when all ends."""

from __future__ import annotations

import time
from concurrent.futures import wait

import pytest

from arcgis_keywidget import _exit, _loop, ephemeral
from arcgis_keywidget.session.lease import read_leases
from tests.ephemeral.conftest import REQUEST, items


@pytest.fixture
def end(monkeypatch):
    """An end of its own for each test: what the process does at its end, done now."""
    monkeypatch.setattr(_exit, "_end", _exit._End())
    _exit._end.awaited = True
    return _exit._finish


def await_met(served) -> None:
    """Wait until a request has met the fault that is armed for it."""
    while any("slow" in spec for spec in served.portal.faults.armed):
        time.sleep(0.01)


@pytest.mark.parametrize(
    "faults",
    [
        ["addItem:slow=0.5"],
        ["registerApp:slow=0.5"],
        ["token:slow=0.5"],
        ["registerApp:slow=0.5", "delete:error=500*2"],
    ],
    ids=["item", "register", "token", "register, deleted late"],
)
def test_what_is_being_made_at_the_end_is_undone(served, ada, end, faults):
    """Whichever answer is still on its way: no key comes to life after the end, and no item stays."""
    for fault in faults:
        served.portal.fail(fault)
    making = _loop.submit(ephemeral.make(ada.portal, REQUEST))
    await_met(served)
    end()
    wait([making], timeout=30)
    assert making.cancelled() or making.exception()
    served.portal.heal()
    assert items(served) == []
    assert read_leases() == ()


def test_what_is_undone_at_the_end_needs_no_session(served, ada, end):
    """Signed out while it was made: the undo has the session that it began with."""
    served.portal.fail("registerApp:slow=0.5")
    making = _loop.submit(ephemeral.make(ada.portal, REQUEST))
    await_met(served)
    leaving = _loop.submit(ada.portal.sign_out())
    end()
    leaving.result(timeout=30)
    wait([making], timeout=30)
    assert making.cancelled()
    assert items(served) == []
