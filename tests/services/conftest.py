"""Keys of the practice portal, made by its own client."""

from __future__ import annotations

import pytest

from arcgis_keywidget import KeyRequest, Portal

TILES = ("premium:user:basemaps", "premium:user:staticbasemaptiles")


@pytest.fixture
def make_key(served):
    """A function that makes a key on the served portal; by default it opens basemaps and the layer."""

    def make(**settings):
        user = served.portal.users[0]
        settings = {"privileges": TILES, "items": (served.portal.layer,), **settings}
        with Portal.connect(served.url) as portal:
            portal.sign_in(user.username, user.password)
            return portal.create_key(KeyRequest(**settings)).key

    return make
