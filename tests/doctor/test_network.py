"""The way to a portal: what is told of proxies, certificates, portals and clocks."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from arcgis_keywidget.doctor.network import look_at_certificates, look_at_portal, look_at_proxy
from arcgis_keywidget.doctor.rows import State
from arcgis_keywidget.models import Network, Proxies
from arcgis_keywidget.practice.tls import NAME

SECONDS = 20.0


@contextmanager
def answering(body: bytes, skew: timedelta = timedelta()):
    """A server that gives one answer, with a clock of its own; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def date_time_string(self, timestamp=None):
            del timestamp
            return format_datetime(datetime.now(UTC) + skew, usegmt=True)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def told(rows) -> list[tuple[str, State]]:
    """Names and states."""
    return [(row.name, row.state) for row in rows]


def test_a_portal_that_answers(served):
    """And whose clock is ours."""
    rows = [*look_at_portal(served.url, SECONDS)]
    assert told(rows) == [("portal", State.OK), ("clock", State.OK)]
    assert rows[0].found == f"{served.url} answers"


def test_a_certificate_that_is_not_trusted(secure):
    """Its issuer is named, so that its file can be asked for."""
    (row,) = look_at_portal(secure.https_url, SECONDS)
    assert (row.name, row.state) == ("portal", State.FAILURE)
    assert row.found.endswith(f"Its issuer is {NAME}.")
    assert "SSL_CERT_FILE" in row.remedy


def test_a_certificate_that_is_trusted(secure, monkeypatch):
    """By the file that SSL_CERT_FILE names."""
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.certificate))
    assert told(look_at_portal(secure.https_url, SECONDS))[0] == ("portal", State.OK)
    (row,) = look_at_certificates()
    assert (row.state, str(secure.certificate) in row.found) == (State.OK, True)


def test_nobody_listens(dead_port):
    """A dead port is told as such."""
    (row,) = look_at_portal(f"http://127.0.0.1:{dead_port}", SECONDS)
    assert (row.state, row.found) == (State.FAILURE, "127.0.0.1 cannot be reached.")
    assert row.remedy


def test_a_name_that_is_nobodys():
    """Whatever this machine's network, what is told begins with the name."""
    (row,) = look_at_portal("https://no-such-host.invalid", SECONDS)
    assert row.state is State.FAILURE
    assert row.found.startswith("No machine of the name no-such-host.invalid is found.")


@pytest.mark.parametrize("body", [b"<html>Sign in to the hotel</html>", b"{}{", b'{"error": {"code": 500}}'])
def test_something_else_answers(body):
    """A page of a hotel, say."""
    with answering(body) as address:
        (row,) = look_at_portal(address, SECONDS)
    assert row.state is State.FAILURE
    assert "not as a portal" in row.found


def test_an_address_that_is_none():
    """Nothing is sent, and it is not repeated: it might be a key."""
    (row,) = look_at_portal("https://canary@/x y", SECONDS)
    assert (row.name, row.state) == ("portal", State.FAILURE)
    assert "canary" not in row.found + row.remedy


@pytest.mark.parametrize(
    ("minutes", "state", "words"),
    [
        (0, State.OK, "as the portal's"),
        (3, State.WARNING, "behind the portal's"),
        (-3, State.WARNING, "ahead of the portal's"),
        (90, State.FAILURE, "behind the portal's"),
    ],
)
def test_the_clock_is_compared(minutes, state, words):
    """With the Date of the portal's answer."""
    with answering(b'{"currentVersion": 1}', timedelta(minutes=minutes)) as address:
        _, row = look_at_portal(address, SECONDS)
    assert (row.name, row.state) == ("clock", state)
    assert words in row.found


def test_no_proxy():
    """The plain case is one row."""
    assert told(look_at_proxy()) == [("proxy", State.OK)]


def test_a_proxy_is_told_without_its_password(monkeypatch):
    """Even if there are odd signs in it."""
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:can/ary@#1@proxy.example.com:8080")
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    rows = [*look_at_proxy()]
    assert told(rows) == [("proxy for https", State.OK), ("NO_PROXY", State.OK)]
    assert rows[0].found == "proxy.example.com:8080"


def test_loopback_shall_not_go_through_the_proxy(monkeypatch):
    """What lacks in NO_PROXY is named."""
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example.com:8080")
    monkeypatch.setenv("NO_PROXY", "localhost")
    row = [*look_at_proxy()][1]
    assert (row.state, row.found) == (State.WARNING, "lacks 127.0.0.1")


def test_a_proxy_that_is_no_address(monkeypatch):
    """It is not repeated."""
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:canary@:port")
    row, *_ = look_at_proxy()
    assert row.state is State.FAILURE
    assert "canary" not in str(row)


def test_a_proxy_that_is_dead(monkeypatch, dead_port):
    """The portal's row names it, without its password."""
    monkeypatch.setenv("HTTPS_PROXY", f"http://ada:canary@127.0.0.1:{dead_port}")
    (row,) = look_at_portal("https://gis.example.com", SECONDS)
    assert row.found == f"The proxy 127.0.0.1:{dead_port} cannot be reached."
    assert "canary" not in str(row)


@pytest.mark.parametrize("content", [None, "no certificates"])
def test_a_file_that_holds_no_certificates(monkeypatch, tmp_path, content):
    """It is not there, or another one."""
    file = tmp_path / "authority.pem"
    if content:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    (row,) = look_at_certificates()
    assert (row.state, bool(row.remedy)) == (State.FAILURE, True)


def test_a_setting_of_other_programs_is_pointed_out(monkeypatch):
    """Requests reads it, we do not."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/etc/authority.pem")
    assert told(look_at_certificates()) == [
        ("certificates", State.OK),
        ("certificates of others", State.WARNING),
    ]


def test_the_configuration_counts(secure):
    """Its certificates are trusted beside the machine's own, and told."""
    network = Network(str(secure.certificate))
    assert told(look_at_portal(secure.https_url, SECONDS, network))[0] == ("portal", State.OK)
    assert "(ca_bundle)" in next(iter(look_at_certificates(network))).found


def test_the_proxy_of_the_configuration_is_told_without_its_password(dead_port):
    """It is the one that is used, too."""
    network = Network(proxies=Proxies({"https": f"http://ada:canary@127.0.0.1:{dead_port}"}))
    first, *_ = look_at_proxy(network)
    (row,) = look_at_portal("https://gis.example.com", SECONDS, network)
    assert first.found == f"127.0.0.1:{dead_port}"
    assert row.found == f"The proxy 127.0.0.1:{dead_port} cannot be reached."
    assert "canary" not in f"{first} {row}"
