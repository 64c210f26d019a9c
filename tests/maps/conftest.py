"""Maps whose page is played, and keys of the practice portal."""

from __future__ import annotations

import pytest
from comm import DummyComm

from arcgis_keywidget import BasemapMap
from tests.form.page import Page, Wire
from tests.services.conftest import make_key

__all__ = ["make_key"]


@pytest.fixture
def wire(monkeypatch):
    """What every widget of this test says."""
    wire = Wire()
    monkeypatch.setattr(DummyComm, "publish_msg", wire.publish)
    return wire


@pytest.fixture
def open_map(wire, make_key):
    """A function that makes a map, with a key for basemaps and the layer unless told; gives a view of it."""
    opened = []

    def make(style="arcgis/streets", **settings):
        settings.setdefault("key", make_key() if "key" not in settings else None)
        opened.append(BasemapMap(style, **settings))
        return Page(opened[-1], wire)

    yield make
    for one in opened:
        one.close()
