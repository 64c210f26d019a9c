"""How the keys of the session stand, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from arcgis_keywidget import ApiKey, KeyCredential, forget, use
from arcgis_keywidget.models import session_keys
from arcgis_keywidget.session.standing import left_in_words, standing_of, standings

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def key(text="AAPTone" + "x" * 40 + "AT1_abcdwxyz", portal="https://gis.example.com/portal", **known):
    """A key of a portal."""
    return ApiKey(text, portal=portal, **known)


def credential(held, title):
    """A credential whose key was just made."""
    return KeyCredential("0" * 32, "id", title, None, (), (), (), (), key=held)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=2, hours=23), "2 days left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(hours=23, minutes=59), "23 hours left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=1), "less than an hour left"),
        (timedelta(0), "ended less than an hour ago"),
        (timedelta(days=-3), "ended 3 days ago"),
    ],
)
def test_time_that_is_left_in_words(left, words):
    """Whole days or hours, rounded down."""
    assert left_in_words(NOW + left, NOW) == words


def test_keys_are_named_by_their_credential_or_their_end():
    """The newest first; an end that is not known warns of nothing, and nothing shows the key."""
    use(credential(key(expires=NOW + timedelta(days=3)), "Class key"), environ=())
    use(key("AAPTtwo" + "y" * 40 + "AT2_abcd1234", "https://other.example.com"), environ=())
    second, first = standings(NOW)
    assert str(second) == "Key ending in 1234: AAPT••••AT2_••••, other.example.com, end not known."
    assert str(first) == "Class key: AAPT••••AT1_••••, gis.example.com, 3 days left."
    assert standings(NOW + timedelta(seconds=1))[1].warning.startswith("It ends soon")
    assert standings(NOW + timedelta(days=3))[1].warning.startswith("It opens nothing")


def test_a_key_that_lives_a_day_at_most_warns_two_hours_before():
    """Else it would warn from the beginning; the key of the other slot is alike."""
    first = key("AAPTone" + "x" * 40 + "AT1_tied0001", expires=NOW + timedelta(hours=23))
    session_keys.tie(first)
    assert standing_of(first, NOW).warning == ""
    assert standing_of(first, NOW + timedelta(hours=21, seconds=1)).warning.startswith("It ends soon")
    second = key("AAPTtwo" + "y" * 40 + "AT2_tied0001", expires=NOW + timedelta(hours=23))
    assert standing_of(second, NOW).warning == ""
    assert standing_of(key(expires=NOW + timedelta(hours=23)), NOW).warning.startswith("It ends soon")


def test_a_title_stays_with_its_key():
    """Used again without its credential it keeps it; another key, and one that is forgotten, has none."""
    use(credential(key(), "Class key"), environ=())
    use(key(), environ=())
    assert session_keys.title_of(key()) == "Class key"
    use(key("AAPTthree" + "z" * 40), environ=())
    assert session_keys.title_of(key()) == ""
    use(credential(key(), "Class key"), environ=())
    forget(key())
    assert session_keys.title_of(key()) == ""


def test_a_title_moves_no_cursor():
    """It is the portal's, and a terminal obeys signs that do not show."""
    key = ApiKey("AAPTx")
    session_keys.add(key, "Trees\x1b]52;c;aGk=\x07\u202e")
    assert "\x1b" not in str(standing_of(key))
    assert str(standing_of(key)).isprintable()
