"""What stands between us and a portal, over real sockets: proxies, certificates, wrong protocols, no host."""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from arcgis_keywidget._http import Client, TrustedHosts
from arcgis_keywidget._http.failures import proxy_for
from arcgis_keywidget.errors import FieldError, PortalUnreachableError
from arcgis_keywidget.portal import Portal
from tests.http.proxy import SILENCE, run_proxy

FAR = "https://gis.example.com"
"""A name that is never looked up: the proxy is asked for it."""
NO_SUCH = "https://no-such-host.invalid"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a test sets."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


async def trouble_at(url: str, **options: object) -> PortalUnreachableError:
    """The error of one request."""
    async with Client(TrustedHosts(url), referer=None, **options) as client:
        with pytest.raises(PortalUnreachableError) as caught:
            await client.send("GET", f"{url}/sharing/rest", query={"f": "json"})
    assert caught.value.__context__ is None
    return caught.value


def port_of(address: str) -> int:
    """Its port."""
    return urlsplit(address).port or 0


async def test_a_portal_is_reached_through_the_proxy_of_the_environment(secure, monkeypatch) -> None:
    """Signing in works through a tunnel; the proxy sees the host's name and no token."""
    ada = secure.portal.users[0]
    async with run_proxy(port_of(secure.https_url)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
        async with Portal(FAR, verify=False) as portal:
            assert (await portal.sign_in(ada.username, ada.password)).username == "ada"
        assert set(proxy.asked) == {"gis.example.com:443"}
        assert "Esri" not in proxy.headers


async def test_a_proxy_that_asks_for_a_password(monkeypatch) -> None:
    """407: the hint shows where user name and password go, and repeats none."""
    async with run_proxy(answer="407 Proxy Authentication Required") as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://ada:canary@{proxy.address}")
        error = await trouble_at(FAR)
        assert error.title == f"The proxy {proxy.address} asks for a user name and password (407)."
    assert "HTTPS_PROXY" in error.hint
    assert (error.reason, error.sent) == ("proxy", False)
    assert "canary" not in str(error)


async def test_a_proxy_that_says_no(monkeypatch) -> None:
    """By whatever status; it is the proxy that is named, and how to go past it."""
    async with run_proxy(answer="403 Forbidden") as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        error = await trouble_at(FAR)
        assert error.title == f"The proxy {proxy.address} does not let this through (403)."
    assert "NO_PROXY" in error.hint
    assert (error.reason, error.sent) == ("proxy", False)


async def test_a_proxy_that_is_not_there(monkeypatch) -> None:
    """The portal is not to blame."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{port}")
    error = await trouble_at(FAR)
    assert error.title == f"The proxy 127.0.0.1:{port} cannot be reached."
    assert (error.reason, error.sent) == ("proxy", False)


@pytest.mark.parametrize("setting", ["ftp://proxy.example.com", "socks5://127.0.0.1:1"])
async def test_a_proxy_setting_that_cannot_be_used(monkeypatch, setting: str) -> None:
    """No address, or a kind that is not supported here."""
    monkeypatch.setenv("HTTPS_PROXY", setting)
    error = await trouble_at(FAR)
    assert error.reason == "proxy"
    assert "HTTPS_PROXY" in error.hint


def test_which_proxy_is_named(monkeypatch) -> None:
    """The one for the scheme or for all, without its password; none for this machine and NO_PROXY's hosts."""
    assert proxy_for(FAR) == ""
    monkeypatch.setenv("ALL_PROXY", "http://all.example:1")
    assert proxy_for(FAR) == "all.example:1"
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:pw@proxy.example:8080/path")
    assert proxy_for(FAR) == "proxy.example:8080"
    for password in ("p@ss", "12#3", "p/w", "p?w", "p://w"):  # signs that should have been escaped
        monkeypatch.setenv("HTTPS_PROXY", f"http://ada:{password}@proxy.example:8080")
        assert proxy_for(FAR) == "proxy.example:8080"
    assert proxy_for("https://localhost:1") == ""
    monkeypatch.setenv("NO_PROXY", "example.com")
    assert proxy_for(FAR) == ""
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("HTTPS_PROXY", "http://[")
    assert proxy_for(FAR) == ""


async def test_a_name_that_nobody_has() -> None:
    """Not the machine's fault alone: spelling, network, VPN, proxy."""
    error = await trouble_at(NO_SUCH)
    assert error.title == "No machine of the name no-such-host.invalid is found."
    assert "HTTPS_PROXY" in error.hint
    assert not error.sent


async def test_a_port_that_nobody_listens_at() -> None:
    """On this machine no proxy can help."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    error = await trouble_at(f"http://127.0.0.1:{port}")
    assert error.title == "127.0.0.1 cannot be reached."
    assert "PROXY" not in error.hint
    assert not error.sent


async def test_plain_http_where_tls_was_expected(served) -> None:
    """The port is told, and where a practice portal would be."""
    place = served.url.removeprefix("http://")
    error = await trouble_at(f"https://{place}")
    assert error.title == f"{place} speaks plain HTTP, not HTTPS."
    assert f"http://{place}" in error.hint
    assert not error.sent


async def test_tls_where_plain_http_was_expected(tls_server) -> None:
    """The other way round; such a server closes the connection without a word, so it is only a guess."""
    async with tls_server() as (port, _):
        error = await trouble_at(f"http://localhost:{port}")
    assert error.hint == f"Try again in a moment. If HTTPS is spoken there, write https://localhost:{port}."


async def test_a_certificate_for_another_name(secure, monkeypatch) -> None:
    """It is trusted, but not this host's: by address on this machine, and behind a proxy."""
    async with run_proxy(port_of(secure.https_url)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
        error = await trouble_at(FAR, verify=secure.certificate)
    assert error.title == "The certificate that answers for gis.example.com is for another host name."
    assert (error.reason, error.sent) == ("certificate", False)


@pytest.mark.parametrize(("first", "last", "words"), [(-2, -1, "has expired"), (1, 2, "is not valid yet")])
async def test_a_certificate_out_of_its_time(tls_server, first: int, last: int, words: str) -> None:
    """The date of this machine may be wrong, too."""
    async with tls_server(first, last) as (port, authority):
        error = await trouble_at(f"https://localhost:{port}", verify=authority)
    assert error.title == f"The certificate of localhost {words}."
    assert "date of this machine" in error.hint
    assert error.reason == "certificate"


async def test_a_certificate_that_is_not_trusted(secure) -> None:
    """The hint names both ways to trust it; with one of them it works."""
    error = await trouble_at(secure.https_url)
    assert error.title == "The certificate of 127.0.0.1 is not trusted on this machine."
    assert "SSL_CERT_FILE" in error.hint
    assert "verify=" in error.hint
    assert error.reason == "certificate"
    async with Client(TrustedHosts(secure.https_url), referer=None, verify=secure.certificate) as client:
        assert (await client.send("GET", f"{secure.https_url}/sharing/rest", query={"f": "json"})).document()


@pytest.mark.parametrize("named", ["verify", "SSL_CERT_FILE"])
async def test_a_file_that_was_mended_is_read_again(secure, tmp_path, monkeypatch, named: str) -> None:
    """Whoever put the right certificate into the same file need not restart the kernel."""
    file, _ = _make_certificate(tmp_path, -1, 1)
    monkeypatch.setenv("SSL_CERT_FILE", str(file) if named == "SSL_CERT_FILE" else "")
    verify = file if named == "verify" else True
    assert "is not trusted" in (await trouble_at(secure.https_url, verify=verify)).title
    file.write_bytes(secure.certificate.read_bytes())
    async with Client(TrustedHosts(secure.https_url), referer=None, verify=verify) as client:
        assert (await client.send("GET", f"{secure.https_url}/sharing/rest", query={"f": "json"})).document()


async def test_a_file_without_certificates_is_named(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, a folder, something else, by argument or by SSL_CERT_FILE: no failure of the network."""
    (tmp_path / "notes.pem").write_text("no certificate")
    hosts = TrustedHosts("https://localhost:1")
    for bad in (tmp_path / "missing.pem", tmp_path, tmp_path / "notes.pem"):
        async with Client(hosts, referer=None, verify=bad) as client:
            with pytest.raises(FieldError, match=f"verify: {bad} cannot be read as certificates"):
                await client.send("GET", "https://localhost:1")
        monkeypatch.setenv("SSL_CERT_FILE", str(bad))
        async with Client(hosts, referer=None) as client:
            with pytest.raises(FieldError, match=f"SSL_CERT_FILE, which names {bad}, cannot"):
                await client.send("GET", "https://localhost:1")
        monkeypatch.delenv("SSL_CERT_FILE")


async def test_an_answer_that_comes_too_late(served) -> None:
    """It may have been done all the same."""
    served.portal.fail("root:slow=5")
    error = await trouble_at(served.url, timeout=0.3)
    assert (error.reason, error.sent) == ("timeout", True)


async def test_a_proxy_that_never_answers(monkeypatch) -> None:
    """A time-out on the way names the proxy."""
    async with run_proxy(answer=SILENCE) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
        error = await trouble_at(FAR, timeout=0.3)
    assert error.reason == "timeout"
    assert proxy.address in error.hint


@pytest.fixture
def tls_server(tmp_path):
    """Opens a server with a certificate for localhost that is good between two days from now."""

    @asynccontextmanager
    async def open_server(first: int = -1, last: int = 1):
        files = _make_certificate(tmp_path, first, last)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)

        async def close(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()

        async with await asyncio.start_server(close, "localhost", 0, ssl=context) as server:
            yield server.sockets[0].getsockname()[1], files[0]

    return open_server


def _make_certificate(folder, first: int, last: int):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    days = (now + timedelta(days=first), now + timedelta(days=last))
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, *days)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    return files
