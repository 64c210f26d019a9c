"""A machine of whose settings only a test's own are seen."""

from __future__ import annotations

import os
import socket

import pytest

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@pytest.fixture(autouse=True)
def plain_machine(monkeypatch):
    """No proxy, no certificates of one's own, no Hub."""
    hub = [name for name in os.environ if name.startswith("JUPYTERHUB_")]
    for name in [*_PROXIES, *map(str.lower, _PROXIES), *_CERTIFICATES, *hub]:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def dead_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
