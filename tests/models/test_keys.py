"""Secrets and keys do not show themselves."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from arcgis_keywidget.models import ApiKey, KeyCredential, KeyRing, Secret, origin_of

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "AAPTpractice-canary-0123456789.AT1_abcdefgh"


@pytest.mark.parametrize(
    "write", [str, "{}".format, "%s".__mod__, "".__add__, json.dumps, pickle.dumps, copy.deepcopy], ids=repr
)
def test_a_secret_has_no_text_form(write: Callable[[object], object]) -> None:
    """Every ordinary way to turn a Secret into text or bytes raises TypeError without the value."""
    with pytest.raises(TypeError) as caught:
        write(Secret(TEXT))
    assert TEXT not in str(caught.value)


@pytest.mark.parametrize("value", [b"canary", ["canary"], None, 7], ids=repr)
def test_a_secret_of_no_text_fails_only_when_it_is_used(value: object) -> None:
    """Refusing it at once would show it in the traceback; later, only the Secret is left to show."""
    secret = Secret(value)
    for use in (Secret.reveal, bool, Secret):
        with pytest.raises(TypeError, match="must be a text"):
            use(secret)


def test_a_secret_is_masked_and_can_be_revealed() -> None:
    """The repr of a Secret is the same for all values; reveal gives the value; wrapping twice is harmless."""
    assert repr(Secret(TEXT)) == repr(Secret("other")) == "Secret(••••)"
    assert Secret(Secret(TEXT)).reveal() == TEXT
    assert Secret(TEXT) == Secret(TEXT)
    assert Secret(TEXT) != Secret("other")
    assert Secret(TEXT) != TEXT


def test_a_key_is_a_text_shown_masked() -> None:
    """An ApiKey works as a text, while containers, dataclasses and repr show the mask."""
    key = ApiKey(TEXT, expires=datetime(2026, 11, 30, 12, tzinfo=UTC))
    credential = KeyCredential(
        item_id="0" * 32,
        client_id="c",
        title="t",
        folder=None,
        privileges=(),
        items=(),
        referrers=(),
        slots=(),
        key=key,
    )
    assert f"Bearer {key}" == f"Bearer {TEXT}"
    for shown in (
        repr(key),
        repr([key]),
        repr({"key": key}),
        repr(credential),
        repr(dataclasses.asdict(credential)),
    ):
        assert "canary" not in shown
    assert repr(key) == "<ApiKey AAPT••••AT1_••••, until 2026-11-30 12:00 UTC>"
    assert key.slot == 1


def test_a_token_of_another_shape_is_masked_whole() -> None:
    """A text that does not end like an API key shows nothing of itself."""
    assert ApiKey("short").masked == "••••"
    assert ApiKey("short").slot is None


def test_a_key_is_not_pickled() -> None:
    """Pickling a key is refused with a hint, alone or in a container."""
    with pytest.raises(TypeError, match="writes it to a file"):
        pickle.dumps({"key": ApiKey(TEXT)})


def test_keys_are_kept_by_origin_newest_first() -> None:
    """The ring gives the newest key, or the one of a portal whatever the path of its address."""
    ring = KeyRing()
    online = ApiKey("online-key")
    own = ApiKey("own-key", portal="https://gis.example.com/portal")
    ring.add(own)
    ring.add(online)
    assert ring.find() is online
    assert ring.find("https://GIS.example.com") is own
    assert ring.find("https://other.example.com") is None
    ring.discard(online)
    assert ring.find() is own
    ring.discard()
    assert [*ring] == []


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://www.arcgis.com:443", "https://www.arcgis.com"),
        ("www.arcgis.com", "https://www.arcgis.com"),
        ("www.arcgis.com:443/home", "https://www.arcgis.com"),
        ("HTTPS://Gis.Example.com:7443/portal", "https://gis.example.com:7443"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
    ],
)
def test_one_place_has_one_origin(address: str, origin: str) -> None:
    """However it is written: scheme, default port, capitals, path; a key of the place is found by it."""
    assert origin_of(address) == origin
    ring = KeyRing()
    ring.add(ApiKey("key", portal=address))
    assert ring.find(origin) == "key"
    assert ApiKey("key", portal=origin).origin == origin
    ring.add(ApiKey("newer", portal=origin))
    assert [*ring] == ["newer"]


def test_a_newer_key_replaces_the_one_of_its_portal() -> None:
    """Discarding an older key does not remove the newer one of the same portal."""
    ring = KeyRing()
    older, newer = ApiKey("older"), ApiKey("newer")
    ring.add(older)
    ring.add(newer)
    ring.discard(older)
    assert ring.find() is newer
