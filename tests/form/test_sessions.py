"""What the forms of a kernel leave to each other."""

from __future__ import annotations

import sys
import threading

import pytest

from arcgis_keywidget.form import sessions
from arcgis_keywidget.form.draft import Draft


@pytest.fixture
def busy():
    """A thread that keeps one session over and over, as the forms' loop may while a cell makes a form."""
    session, over, interval = sessions.Session(Draft.new(None)), threading.Event(), sys.getswitchinterval()
    sessions.keep(session)

    def keep():
        while not over.is_set():
            sessions.keep(session)

    thread = threading.Thread(target=keep)
    sys.setswitchinterval(1e-6)
    thread.start()
    yield session
    over.set()
    thread.join()
    sys.setswitchinterval(interval)
    sessions.forget_all()


def test_a_session_is_found_while_it_is_kept(busy):
    """A cell on its own thread never looks between its leaving and its coming back."""
    assert all(sessions.find(busy.draft.portal) is busy for _ in range(50_000))
