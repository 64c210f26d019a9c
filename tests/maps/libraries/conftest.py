"""Map libraries as published, and a key of a practice portal on a socket."""

from __future__ import annotations

import pytest

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget.practice import PracticePortal, serve, tokens

TILES = ("premium:user:basemaps", "premium:user:staticbasemaptiles")


@pytest.fixture
def portal():
    """A Location Platform portal of the test's own."""
    with serve(PracticePortal()) as running:
        yield running
    running.portal.close()


@pytest.fixture
def ada(portal):
    """Ada, signed in to the portal."""
    user = portal.portal.users[0]
    with Portal.connect(portal.url) as connected:
        connected.sign_in(user.username, user.password)
        yield connected


@pytest.fixture
def credential(ada):
    """A credential of hers for basemaps, with its key."""
    return ada.create_key(KeyRequest(privileges=TILES))


@pytest.fixture
def key(credential):
    """Its key."""
    return credential.key


@pytest.fixture
def revoke(portal):
    """Ends the key of a credential's first slot."""

    def end(credential) -> None:
        app = tokens.find_app(portal.portal.store, client_id=credential.client_id)
        tokens.revoke_key(portal.portal.store, app, 1)

    return end
