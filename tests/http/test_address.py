"""How a portal's address may be written, and where its tokens may go."""

from __future__ import annotations

import pytest

from arcgis_keywidget._http import TrustedHosts, normalise_address
from arcgis_keywidget.errors import FieldError, HostRefusedError

BASE = "http://127.0.0.1:7443"
ONLINE = TrustedHosts("https://www.arcgis.com")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://www.arcgis.com", "https://www.arcgis.com"),
        ("arcgis.com", "https://www.arcgis.com"),
        ("https://location.arcgis.com/dashboard", "https://www.arcgis.com"),
        ("https://myorg.maps.arcgis.com/apps/mapviewer/index.html", "https://myorg.maps.arcgis.com"),
        (" MyOrg.maps.ArcGIS.com/home/index.html ", "https://myorg.maps.arcgis.com"),
        ("https://www.arcgis.com/home/content.html?view=list#my", "https://www.arcgis.com"),
        ("https://gis.example.com/portal/home/", "https://gis.example.com/portal"),
        ("https://gis.example.com/portal/sharing/rest/", "https://gis.example.com/portal"),
        (
            "https://gis.example.com/portal/sharing/rest/generateToken?f=json",
            "https://gis.example.com/portal",
        ),
        ("https://gis.example.com:443/", "https://gis.example.com"),
        ("https://gis.example.com:7443/arcgis", "https://gis.example.com:7443/arcgis"),
        ("https://GIS.EXAMPLE.COM/Portal", "https://gis.example.com/Portal"),
        ("https://karten.münchen.example/portal", "https://karten.xn--mnchen-3ya.example/portal"),
        ("https://gis.straße.de", "https://gis.xn--strae-oqa.de"),  # not strasse.de, as it was in 2003
        ("localhost:8080", "http://localhost:8080"),
        ("127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://[::1]:8080/home", "http://[::1]:8080"),
        ("//gis.example.com", "https://gis.example.com"),
        ("portal/arcgis", "https://portal/arcgis"),
    ],
)
def test_an_address_as_people_write_it(typed: str, address: str) -> None:
    """Pages, REST paths, queries, capitals and missing schemes are understood; it is stable when repeated."""
    assert normalise_address(typed) == address
    assert normalise_address(address) == address


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Write the address"),
        ("   ", "Write the address"),
        ("https://", "no host"),
        ("https:///portal", "no host"),
        ("http://gis.example.com", "https:// instead of http://"),
        ("http://10.0.0.8/portal", "https:// instead of http://"),
        ("http://127.0.0.1.example.com", "https:// instead of http://"),
        ("ftp://gis.example.com", "begins with https://"),
        ("javascript:alert(1)", "begins with https://"),
        ("http:/gis.example.com", "begins with https://"),
        ("https://ada:secret@gis.example.com", "Leave user name and password out"),
        ("https://gis.example.com/my portal", "no web address has"),
        ("https://gis.example.com\\portal", "no web address has"),
        ("https://gis.example.com:port", "no web address"),
        ("https://gis.example.com:99999", "no web address"),
        ("https://gis..example.com", "no host"),
        ("https://-gis.example.com", "no host"),
        ("https://gis.example.com/a/../b", "'..'"),
        ("https://[::1", "no web address"),
    ],
)
def test_what_is_no_address_is_refused_at_its_field(typed: str, says: str) -> None:
    """Each mistake gets its sentence, at the field `portal`, and none repeats a password."""
    with pytest.raises(FieldError) as caught:
        normalise_address(typed)
    assert caught.value.field == "portal"
    assert says in caught.value.message
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("hosts", "address", "allowed"),
    [
        (ONLINE, "https://www.arcgis.com/sharing/rest", True),
        (ONLINE, "https://static-map-tiles-api.arcgis.com/arcgis", True),
        (ONLINE, "https://services3.arcgis.com/abc/arcgis/rest/services/Trails/FeatureServer", True),
        (ONLINE, "https://services-eu1.arcgis.com/abc", True),
        (ONLINE, "https://myorg.maps.arcgis.com/home", True),
        (ONLINE, "https://a.b.maps.arcgis.com/home", False),
        (ONLINE, "https://hub.arcgis.com/", False),
        (ONLINE, "http://services.arcgis.com/abc", False),
        (ONLINE, "https://services.arcgis.com:8443/abc", False),
        (ONLINE, "https://services.arcgis.com.example.com/abc", False),
        (ONLINE, "https://services.arcgis.com@example.com/abc", False),
        (ONLINE, "https://example.com/services.arcgis.com", False),
        (ONLINE, "https://example.com:port/", False),
        (TrustedHosts("https://gis.example.com/portal"), "https://GIS.example.com/server/rest", True),
        (TrustedHosts("https://gis.example.com/portal"), "https://gis.example.com:6443/arcgis", False),
        (TrustedHosts("https://gis.example.com/portal"), "https://services.arcgis.com/abc", False),
        (
            TrustedHosts("https://gis.example.com", ("maps.example.com",)),
            "https://maps.example.com:6443/",
            True,
        ),
        (
            TrustedHosts("https://gis.example.com", ("https://maps.example.com",)),
            "https://maps.example.com/",
            True,
        ),
        (
            TrustedHosts("https://gis.example.com", ("https://maps.example.com",)),
            "https://maps.example.com:6443/",
            False,
        ),
        (
            TrustedHosts("https://gis.example.com", ("gis2.example.com:6443",)),
            "https://gis2.example.com:6443/",
            True,
        ),
        (
            TrustedHosts("https://gis.example.com", ("gis2.example.com:443",)),
            "https://gis2.example.com:6443/",
            False,
        ),
        (
            TrustedHosts("https://gis.example.com", (" https://GIS2.example.com/server/ ",)),
            "https://gis2.example.com/",
            True,
        ),
        (
            TrustedHosts("https://gis.example.com", ("gis2.example.com/server",)),
            "https://gis2.example.com:6443/",
            True,
        ),
        (TrustedHosts(BASE, ("[::1]",)), "http://[::1]:7444/", True),
        (TrustedHosts(BASE, ("http://localhost:7444",)), "http://localhost:7444/", True),
        (TrustedHosts(BASE), f"{BASE}/server/rest", True),
        (TrustedHosts(BASE), "http://127.0.0.1:7444/server/rest", False),
        (TrustedHosts("http://gis.example.com"), "http://gis.example.com/", False),
    ],
)
def test_a_token_goes_to_trusted_hosts_only(hosts: TrustedHosts, address: str, *, allowed: bool) -> None:
    """The portal's origin, arcgis.com's own hosts for arcgis.com accounts, and hosts that were named."""
    assert hosts.allow(address) is allowed
    if not allowed:
        with pytest.raises(HostRefusedError, match="is not sent to"):
            hosts.check(address)


@pytest.mark.parametrize(
    "named",
    [
        "",
        "*.example.com",
        "http://gis.example.com",
        "ftp://gis.example.com",
        "ada@gis.example.com",
        "gis:port",
    ],
)
def test_a_host_that_cannot_be_named_is_refused(named: str) -> None:
    """It would be trusted in vain, and the layer refused much later."""
    with pytest.raises(FieldError) as caught:
        TrustedHosts("https://gis.example.com", (named,))
    assert caught.value.field == "trust"
