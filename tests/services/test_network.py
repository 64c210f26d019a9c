"""Certificates and hosts that are set for the session: everything that is asked with a key honours them."""

from __future__ import annotations

import logging

import pytest

from arcgis_keywidget import ApiKey, KeyRequest, Portal, basemap_image, check_key, fetch_tile, read_layer, use
from arcgis_keywidget.errors import HostRefusedError, PortalUnreachableError
from arcgis_keywidget.models import Network, default_network
from arcgis_keywidget.models.network import DefaultNetwork

TILES = ("premium:user:basemaps", "premium:user:staticbasemaptiles")


@pytest.fixture
def text_key(secure):
    """The text of a key of that portal, which knows nothing of how it was reached."""
    ada = secure.portal.users[0]
    settings = {"privileges": TILES, "items": (secure.portal.layer,)}
    with Portal.connect(secure.https_url, verify=str(secure.certificate)) as portal:
        portal.sign_in(ada.username, ada.password)
        made = portal.create_key(KeyRequest("By HTTPS", **settings)).key
    return ApiKey(made, portal=made.portal, services=made.services)


def test_services_trust_what_the_session_trusts(secure, text_key):
    """Tiles, pictures, rows and the check of a key: refused before, good with the bundle, in one session."""
    with pytest.raises(PortalUnreachableError, match="not trusted"):
        fetch_tile("arcgis/streets", 2, 2, 1, key=text_key)
    default_network.settle(Network(str(secure.certificate)))
    use(text_key)
    assert fetch_tile("arcgis/streets", 2, 2, 1).content
    assert basemap_image((5, 50, 6, 51), size=(64, 64))
    assert len(read_layer(secure.portal.layer))
    assert check_key().ok


def test_a_key_keeps_the_certificates_of_its_portal(secure):
    """One that was made where a file was named is used with that file, whatever the session trusts."""
    ada = secure.portal.users[0]
    with Portal.connect(secure.https_url, verify=str(secure.certificate)) as portal:
        portal.sign_in(ada.username, ada.password)
        key = portal.create_key(KeyRequest("By HTTPS", privileges=TILES)).key
    assert fetch_tile("arcgis/streets", 2, 2, 1, key=key).content


def test_hosts_that_the_session_trusts_may_see_the_key(text_key):
    """Others may not; without a network nothing is sent to either."""
    layer = "https://gis.example.invalid/server/rest/services/a/FeatureServer/0"
    with pytest.raises(HostRefusedError):
        read_layer(layer, key=text_key)
    default_network.settle(Network(trust=("gis.example.invalid",)))
    with pytest.raises(PortalUnreachableError):
        read_layer(layer, key=text_key)


def test_the_default_is_read_once_and_its_problems_are_logged(caplog):
    """At the first question; who said first where to read it, counts."""
    asked = []
    network = DefaultNetwork()
    network.read_by(lambda: (asked.append(1) or Network("ours.pem"), ["This is left out."]))
    network.read_by(lambda: (Network("theirs.pem"), []))
    with caplog.at_level(logging.WARNING, "arcgis_keywidget"):
        assert [network.current().ca_bundle for _ in range(2)] == ["ours.pem"] * 2
    assert (len(asked), caplog.messages) == (1, ["This is left out."])
