"""One referrer, as it is typed: what is wrong is said so that it can be put right."""

from __future__ import annotations

import pytest

from arcgis_keywidget import KeyRequest
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models.request import check_referrer


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("app.example.com", "Begin with https://, such as https://app.example.com"),
        ("ftp://app.example.com", "Begin with https://"),
        ("http", "Begin with https://"),
        ("//app.example.com", "Begin with https://"),
        ("https://app.example.com/map", "follows the host: https://app.example.com;"),
        ("https://app.example.com/?a=1", "follows the host"),
        ("https://app.example.com?a=1", "follows the host"),
        ("https://app.example.com/#here", "follows the host"),
        ("https://app.example.com//", "follows the host"),
        ("*", "every page"),
        ("https://*", "only for the whole first part"),
        ("https://app.*.com", "only for the whole first part"),
        ("https://*app.example.com", "only for the whole first part"),
        ("https://*.*.example.com", "only for the whole first part"),
        ("https://*.com", "too many pages"),
        ("https://*.", "no host"),
        ("https://ada@app.example.com", "user name"),
        ("https://ada:secret@app.example.com", "user name"),
        ("https://app example.com", "blanks"),
        ("https://a.example.com https://b.example.com", "blanks"),
        ("https://app.example.com:", "no port"),
        ("https://app.example.com:0", "no port"),
        ("https://app.example.com:65536", "no port"),
        ("https://app.example.com:x", "no port"),
        ("https://app.example.com:*", "no port"),
        ("https://", "host is missing"),
        ("https://:8443", "host is missing"),
        ("https:///map", "follows the host"),
        ("https://app", "whole host"),
        ("https://-app.example.com", "is no host"),
        ("https://app..example.com", "is no host"),
        ("https://app.example.com.", "is no host"),
        ("https://<b>.example.com", "is no host"),
        ("https://münchen.example.com", "xn--"),
        ("https://1.2.3.256", "no IP address"),
        ("https://*.0.0.1", "no IP address"),
        ("https://[::1", "no host"),
        ("https://[localhost]", "no host|no IP address"),
        (f"https://{'a.' * 130}org", "too long"),
        (f"https://{'a' * 64}.org", "is no host"),
    ],
)
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    """At the field, in one sentence, and never with a password in it."""
    with pytest.raises(FieldError, match=says) as caught:
        check_referrer(text)
    assert caught.value.field == "referrers"
    assert "secret" not in caught.value.message
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://app.example.com", "https://app.example.com"),
        (" https://app.example.com/ ", "https://app.example.com"),
        ("HTTPS://App.Example.Com", "https://app.example.com"),
        ("https://*.example.com:8443", "https://*.example.com:8443"),
        ("https://app.example.com:443", "https://app.example.com"),
        ("http://app.example.com:443", "http://app.example.com:443"),
        ("http://localhost:5173/", "http://localhost:5173"),
        ("https://*.localhost", "https://*.localhost"),
        ("http://127.0.0.1:8888", "http://127.0.0.1:8888"),
        ("http://[::1]:8888", "http://[::1]:8888"),
        ("https://xn--mnchen-3ya.example.com", "https://xn--mnchen-3ya.example.com"),
    ],
)
def test_a_good_one_is_written_as_browsers_send_it(text: str, kept: str) -> None:
    """In small letters, without a lone slash or the usual port."""
    assert check_referrer(text) == kept


def test_a_request_names_the_bad_one_among_several() -> None:
    """And drops repeated ones, however they are written."""
    twice = ("https://app.example.com", "https://APP.example.com/")
    assert KeyRequest(referrers=twice).referrers == ("https://app.example.com",)
    with pytest.raises(FieldError, match=r"'app\.example\.org': Begin with https://"):
        KeyRequest(referrers=(*twice, "app.example.org"))
