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


def sign_in_and_make(running, privileges=TILES):
    """Make a credential of the portal's first user for basemaps and the layer, with its key."""
    user = running.portal.users[0]
    with Portal.connect(running.url) as connected:
        connected.sign_in(user.username, user.password)
        return connected.create_key(KeyRequest(privileges=privileges, items=(running.portal.layer,)))


@pytest.fixture
def credential(portal):
    """A credential of Ada's for basemaps, with its key."""
    return sign_in_and_make(portal)


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
