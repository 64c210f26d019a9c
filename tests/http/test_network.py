"""Proxies and certificates that are set, over real sockets: they reach every connection."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from arcgis_keywidget import KeyRequest
from arcgis_keywidget._http.certificates import certificates
from arcgis_keywidget.errors import FieldError, PortalUnreachableError
from arcgis_keywidget.models import Network, Proxies, default_network
from arcgis_keywidget.portal import Portal
from arcgis_keywidget.services.basemaps import tile
from tests.http.proxy import run_proxy

FAR = "https://gis.example.com"
"""A name that is never looked up: the proxy is asked for it."""
NOWHERE = "http://127.0.0.1:9"
TILES = ("premium:user:basemaps", "premium:user:staticbasemaptiles")


async def test_a_proxy_that_is_set_serves_the_portal_and_its_keys(secure, monkeypatch) -> None:
    """Signing in, making a key and drawing a tile with it; the environment's proxy is not asked."""
    ada = secure.portal.users[0]
    monkeypatch.setenv("HTTPS_PROXY", NOWHERE)
    async with run_proxy(urlsplit(secure.https_url).port) as proxy:
        network = Network(proxies=Proxies({"https": f"http://ada:canary@{proxy.address}"}), verify=False)
        async with Portal(FAR, network=network) as portal:
            await portal.sign_in(ada.username, ada.password)
            key = (await portal.create_key(KeyRequest("Through a proxy", privileges=TILES))).key
        assert "Basic" in proxy.headers
        asked = len(proxy.asked)
        assert (await tile("arcgis/streets", 2, 2, 1, key=key)).content
        assert len(proxy.asked) > asked
        assert set(proxy.asked) == {"gis.example.com:443"}


async def test_the_default_of_the_session_is_for_who_says_nothing(secure) -> None:
    """Read at the first request, and kept; a file of certificates beside it stands."""
    ada = secure.portal.users[0]
    async with run_proxy(urlsplit(secure.https_url).port) as proxy:
        default_network.settle(Network(proxies=Proxies({"all": f"http://{proxy.address}"})))
        async with Portal(FAR, verify=False) as portal:
            await portal.sign_in(ada.username, ada.password)
        assert proxy.asked


async def test_this_machine_is_never_asked_through_a_proxy(served) -> None:
    """The practice portal is there whatever is set."""
    ada = served.portal.users[0]
    async with Portal(served.url, network=Network(proxies=Proxies({"all": NOWHERE}))) as portal:
        assert (await portal.sign_in(ada.username, ada.password)).username == "ada"


async def test_a_host_without_a_proxy_is_asked_straight(monkeypatch) -> None:
    """Also where the environment names one: what is set takes its place as a whole."""
    async with run_proxy(answer="403 Forbidden") as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
        network = Network(proxies=Proxies({"https": f"http://{proxy.address}", "no": "no-such-host.invalid"}))
        async with Portal("https://no-such-host.invalid", network=network) as portal:
            with pytest.raises(PortalUnreachableError, match="No machine of the name"):
                await portal.sign_in("ada", "word")
        assert proxy.asked == []


async def test_a_proxy_that_is_set_is_named_when_it_refuses() -> None:
    """By host and port, without its password."""
    async with run_proxy(answer="403 Forbidden") as proxy:
        network = Network(proxies=Proxies({"https": f"http://ada:canary@{proxy.address}"}))
        async with Portal(FAR, network=network) as portal:
            with pytest.raises(PortalUnreachableError) as caught:
                await portal.sign_in("ada", "word")
    assert caught.value.title == f"The proxy {proxy.address} does not let this through (403)."
    assert "canary" not in repr(portal) + repr(network) + str(caught.value)


async def test_a_bundle_is_trusted_beside_the_machines_own(secure) -> None:
    """The portal of that certificate is reached, and every authority of the machine still counts."""
    bundle = Network(str(secure.certificate))
    ada = secure.portal.users[0]
    async with Portal(secure.https_url, network=bundle) as portal:
        assert (await portal.sign_in(ada.username, ada.password)).username == "ada"
    usual, more = (certificates(one).cert_store_stats()["x509"] for one in (Network(), bundle))
    assert more == usual + 1 > 2


async def test_a_bundle_that_holds_nothing_is_named(tmp_path) -> None:
    """Nothing is sent."""
    file = tmp_path / "ca.pem"
    file.write_text("none")
    async with Portal(FAR, network=Network(str(file))) as portal:
        with pytest.raises(FieldError, match="ca_bundle, which names"):
            await portal.sign_in("ada", "word")
