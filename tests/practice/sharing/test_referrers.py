"""Which Referer passes which entry."""

from __future__ import annotations

import pytest

from arcgis_keywidget.practice.referrers import accepts


@pytest.mark.parametrize(
    ("entry", "referer"),
    [
        ("https://a.example", "https://a.example"),
        ("https://a.example", "https://A.example/page?x=1"),
        ("https://a.example/path", "https://a.example"),
        ("https://a.example:443", "https://a.example/"),
        ("http://localhost:8888/", "http://localhost:8888/lab"),
        ("https://*.a.example", "https://b.c.a.example"),
        ("http", "http"),
        ("http", "https://a.example"),
        ("@esri/arcgis-rest-js", "@esri/arcgis-rest-js"),
    ],
)
def test_passes(entry, referer):
    """Scheme, host and port agree; the path does not matter; a bare entry is a prefix."""
    assert accepts(entry, referer)


@pytest.mark.parametrize(
    ("entry", "referer"),
    [
        ("https://a.example", ""),
        ("https://a.example", "http://a.example"),
        ("https://a.example", "https://a.example:8443"),
        ("https://a.example", "https://a.example.evil.example"),
        ("https://*.a.example", "https://a.example"),
        ("https://*.a.example", "https://evila.example"),
        ("https://a.example", "https://[broken"),
        ("https://a.example", "https://a.example:port"),
        ("http", ""),
        ("http", "ftp://a.example"),
    ],
)
def test_stops(entry, referer):
    """Everything else, no Referer at all included."""
    assert not accepts(entry, referer)
