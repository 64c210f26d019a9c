"""Portals with a certificate of their own."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from arcgis_keywidget._http import Client, TrustedHosts
from arcgis_keywidget.errors import FieldError, PortalUnreachableError


async def test_a_certificate_of_its_own_is_explained(tls_site) -> None:
    """An untrusted certificate is not accepted; the hint says how to name the authority; then it works."""
    url, authority = tls_site
    async with Client(TrustedHosts(url), referer=None) as client:
        with pytest.raises(PortalUnreachableError, match="certificate of localhost is not trusted") as caught:
            await client.send("GET", url)
    assert "SSL_CERT_FILE" in caught.value.hint
    assert caught.value.sent is False
    async with Client(TrustedHosts(url), referer=None, verify=authority) as client:
        assert (await client.send("GET", url)).content() == b"hello"


@pytest.mark.parametrize("named", ["verify", "SSL_CERT_FILE"])
async def test_a_file_that_was_mended_is_read_again(tls_site, tmp_path, monkeypatch, named: str) -> None:
    """Whoever put the right certificate into the same file need not restart the kernel."""
    url, authority = tls_site
    (tmp_path / "other").mkdir()
    file, _ = make_certificate(tmp_path / "other")
    if named == "SSL_CERT_FILE":
        monkeypatch.setenv(named, str(file))
    verify = file if named == "verify" else True
    async with Client(TrustedHosts(url), referer=None, verify=verify) as client:
        with pytest.raises(PortalUnreachableError, match="certificate of localhost is not trusted"):
            await client.send("GET", url)
    file.write_bytes(authority.read_bytes())
    async with Client(TrustedHosts(url), referer=None, verify=verify) as client:
        assert (await client.send("GET", url)).content() == b"hello"


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


@pytest.fixture
async def tls_site(tmp_path):
    """A server on loopback with a certificate of its own: its address and the certificate's file."""
    certificate, key = make_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "localhost", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    yield f"https://localhost:{port}", certificate
    server.close()
    await server.wait_closed()


def make_certificate(folder):
    """Write a certificate for localhost and its key; return their files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    return files
