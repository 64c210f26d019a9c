"""What is wrong with what was typed at the entrance, before anything is sent."""

from __future__ import annotations

import pytest

from arcgis_keywidget.form.draft import Draft
from arcgis_keywidget.form.entry import entry_errors, portal_of
from arcgis_keywidget.models import Secret, Transcript


@pytest.mark.parametrize(
    ("method", "fields"),
    [
        ("password", ["username", "password"]),
        ("token", ["token"]),
        ("browser", ["code"]),
        ("key", ["key"]),
    ],
)
def test_each_way_asks_for_its_own_fields(method, fields):
    """What it needs is missed, each at its field, and nothing else is."""
    assert list(entry_errors(Draft(method=method), Secret(""))) == fields
    assert entry_errors(Draft(method=method, username="ada"), Secret("x" * 40)) == {}


def test_a_page_needs_no_secret_yet():
    """Going to the portal's page asks for no code before there is one."""
    assert entry_errors(Draft(method="browser"), None) == {}


@pytest.mark.parametrize(("referrer", "sent"), [("", "https://www.arcgis.com"), ("http", "http")])
def test_a_token_goes_with_the_referrer_that_it_is_bound_to(referrer, sent):
    """Esri's Python package binds tokens to such a word; with a password, the session has one of its own."""
    draft = Draft(method="token", referrer=referrer)
    assert entry_errors(draft, Secret("x" * 40)) == {}
    assert portal_of(draft, Transcript())._referer == sent
    assert portal_of(Draft(method="password", referrer="http"), Transcript())._referer != "http"


def test_all_that_is_wrong_is_told_at_once():
    """Address, file of certificates, referrer and token, each at its field."""
    draft = Draft(method="token", portal="http://gis.example.com", ca_file="/nowhere", referrer="two words")
    errors = entry_errors(draft, Secret("two words"))
    assert set(errors) == {"portal", "ca_file", "referrer", "token"}


@pytest.mark.parametrize("name", ["~nobody-of-this-name/ca.pem", "~\0", "\0", "~", "/", "x" * 2000])
def test_what_names_no_file_is_told_at_its_field(name):
    """Also what no file system would even look for."""
    assert list(entry_errors(Draft(username="ada", ca_file=name), None)) == ["ca_file"]
