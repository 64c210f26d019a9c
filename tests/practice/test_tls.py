"""The certificate of the practice portal, and what is served with it."""

from __future__ import annotations

import os
import socket
import ssl
import stat
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography import x509

from arcgis_keywidget.practice import PracticePortal, serve, tls
from arcgis_keywidget.practice.tls import keep_certificate

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no mode bits")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A person's data directory of our own, wherever this system looks for it."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def read(certificate) -> x509.Certificate:
    """The public file, parsed."""
    return x509.load_pem_x509_certificate(certificate.path.read_bytes())


def trust(path) -> ssl.SSLContext:
    """A client that trusts this file alone, as strictly as Python can."""
    context = ssl.create_default_context(cafile=path)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


def test_it_is_for_loopback_alone_and_no_authority():
    """Names and addresses of this machine, a year less a little; it can sign nothing."""
    certificate = read(keep_certificate(now=NOW))
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert [str(ip) for ip in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1", "::1"]
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert not certificate.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    assert certificate.public_key().curve.name == "secp256r1"
    assert certificate.not_valid_after_utc == NOW + timedelta(days=365)


@on_posix
def test_the_private_key_is_its_owners_alone(home):
    """Under any umask; the public file may be read by all, and holds no key."""
    before = os.umask(0)
    try:
        kept = keep_certificate()
    finally:
        os.umask(before)
    assert stat.S_IMODE(kept.private.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700
    assert kept.path.is_relative_to(home)
    assert b"PRIVATE" in kept.private.read_bytes()
    assert b"PRIVATE" not in kept.path.read_bytes()


@on_posix
def test_a_key_that_others_could_read_is_closed():
    """A private key that was restored from somewhere with open permissions is its owner's alone again."""
    kept = keep_certificate()
    kept.private.chmod(0o644)
    assert keep_certificate().private.stat().st_mode & 0o077 == 0


def test_the_key_is_never_readable_while_it_is_written(monkeypatch):
    """The file that becomes the private one is closed to others from its first byte."""
    seen = []
    replace = os.replace

    def look(source, target):
        seen.append((str(target), stat.S_IMODE(os.stat(source).st_mode)))  # noqa: PTH116 (a name, as in `os.replace`)
        replace(source, target)

    monkeypatch.setattr(os, "replace", look)
    kept = keep_certificate()
    assert (str(kept.private), 0o600) in seen


def test_it_is_kept_until_it_ends():
    """The same at the next start, a new one when less than a day is left; nothing else stays behind."""
    first = keep_certificate(now=NOW)
    content = first.path.read_bytes()
    assert keep_certificate(now=NOW + timedelta(days=363)).path.read_bytes() == content
    renewed = keep_certificate(now=NOW + timedelta(days=364, seconds=1))
    assert renewed == first
    assert read(renewed).not_valid_after_utc > NOW + timedelta(days=700)
    assert len(list(first.path.parent.iterdir())) == 3


def test_it_lies_beside_the_store(tmp_path, monkeypatch):
    """So that a class has one for itself."""
    monkeypatch.chdir(tmp_path)
    with serve(tls=True, store="class.sqlite") as running:
        assert running.certificate == tmp_path / "class.sqlite.certificate.pem"
    assert not (tmp_path / "data").exists()


def test_many_that_start_at_once_share_one(monkeypatch):
    """Nobody serves a certificate other than the one that lies there, however long it takes to make."""
    gate, make = threading.Barrier(8), tls._make

    def make_slowly(now):
        time.sleep(0.05)
        return make(now)

    monkeypatch.setattr(tls, "_make", make_slowly)

    def start(_):
        gate.wait()
        kept = keep_certificate()
        return kept.path.read_bytes(), kept.private.read_bytes()

    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(start, range(8)))
    assert len(found) == 1
    [(public, private)] = found
    assert private.endswith(public)


@pytest.mark.parametrize("name", ["certificate.pem", "private.pem"])
@pytest.mark.parametrize("content", [b"something of yours", b"", "foreign"])
def test_a_foreign_file_is_left_alone(tmp_path, name, content):
    """Whatever lies there and is not ours stays as it was; the start says which file."""
    if content == "foreign":
        kept = keep_certificate(tmp_path / "other", now=NOW)
        content = kept.path.read_bytes()[:-40] + b"\n-----END CERTIFICATE-----\n"
    path = tmp_path / f"s.{name}"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=name):
        keep_certificate(tmp_path / "s")
    assert path.read_bytes() == content


def test_a_lost_public_file_comes_back():
    """It is written again from the private one, so that clients that trust it go on."""
    kept = keep_certificate()
    content = kept.path.read_bytes()
    kept.path.unlink()
    assert keep_certificate().path.read_bytes() == content


@pytest.mark.parametrize("http2", [True, False])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_clients_that_trust_it_are_answered(http2, host):
    """By HTTP/2 and 1.1; every address in a reply follows the way the client came."""
    with serve(account="enterprise", tls=True) as running:
        url = running.https_url.replace("127.0.0.1", host)
        assert running.ready["https_portal"] == running.https_url
        assert running.ready["certificate"] == str(running.certificate)
        assert running.https_url.endswith("/portal")
        client = httpx.Client(verify=trust(running.certificate), http2=http2)
        with client:
            reply = client.get(f"{url}/sharing/rest/info", params={"f": "json"})
            portal = client.get(f"{url}/sharing/rest/portals/self", params={"f": "json"}).json()
        assert reply.http_version == ("HTTP/2" if http2 else "HTTP/1.1")
        assert reply.json()["owningSystemUrl"] == url
        assert portal["allSSL"]
        plain = httpx.get(f"{running.rest}/info", params={"f": "json"}).json()
        assert plain["owningSystemUrl"] == running.url
        assert not httpx.get(f"{running.rest}/portals/self", params={"f": "json"}).json()["allSSL"]


@pytest.mark.parametrize(("offered", "chosen"), [(["h2", "http/1.1"], "h2"), (["http/1.1"], "http/1.1")])
def test_the_protocol_is_agreed(offered, chosen):
    """By ALPN; a modern TLS version."""
    with serve(tls=True) as running:
        context = trust(running.certificate)
        context.set_alpn_protocols(offered)
        port = httpx.URL(running.https_url).port
        with (
            socket.create_connection(("127.0.0.1", port)) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as secure,
        ):
            assert secure.selected_alpn_protocol() == chosen
            assert secure.version() == "TLSv1.3"


def test_other_clients_are_not():
    """Who does not trust the file, or asks for another host, gets no reply."""
    with serve(tls=True) as running:
        with pytest.raises(httpx.ConnectError, match="self-signed"):
            httpx.get(running.https_url)
        port = httpx.URL(running.https_url).port
        with (
            socket.create_connection(("127.0.0.1", port)) as plain,
            pytest.raises(ssl.SSLCertVerificationError, match="match"),
        ):
            trust(running.certificate).wrap_socket(plain, server_hostname="portal.example")


@pytest.mark.parametrize("kind", ["drop-before", "drop-after"])
@pytest.mark.parametrize("http2", [True, False])
def test_drops_close_tls_connections_too(kind, http2):
    """The next request works, over a new one."""
    with serve(tls=True) as running:
        client = httpx.Client(verify=trust(running.certificate), http2=http2)
        with client:
            client.get(running.https_url)
            running.portal.fail(f"info:{kind}")
            with pytest.raises(httpx.RemoteProtocolError):
                client.get(f"{running.https_url}/sharing/rest/info")
            assert client.get(f"{running.https_url}/sharing/rest/info").status_code == 200


def test_without_tls_there_is_none(home):
    """Neither an address nor a file."""
    with serve() as running:
        assert (running.https_url, running.certificate) == (None, None)
        assert "https_portal" not in running.ready
    assert not (home / "data").exists()


def test_a_foreign_file_closes_what_was_opened(tmp_path):
    """The portal that does not start leaves no socket behind."""
    (tmp_path / "s.private.pem").write_bytes(b"yours")
    portal = PracticePortal(store=tmp_path / "s")
    with pytest.raises(ValueError, match=r"private\.pem"), serve(portal, tls=True):
        pytest.fail("It must not start.")
    portal.close()
