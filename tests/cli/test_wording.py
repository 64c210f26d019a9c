"""Words of the command line: days left, and texts that a terminal does not obey."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from arcgis_keywidget.cli.discretion import tell, unquoted
from arcgis_keywidget.cli.wording import life, named, visible
from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models import KeyCredential, Slot

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=6, hours=23), "6 days left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(hours=23, minutes=59), "23 hours left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=59), "less than an hour left"),
        (timedelta(), "ended less than a day ago"),
        (timedelta(days=-1), "ended 1 day ago"),
        (timedelta(days=-30), "ended 30 days ago"),
        (None, "live, end not told"),
    ],
)
def test_what_is_left_in_words(left, words) -> None:
    """As in the form."""
    slot = Slot(1, active=True, expires=None if left is None else NOW + left)
    assert life(slot, NOW) == words
    assert life(Slot(1, active=False, expires=slot.expires), NOW) == "free"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("日本 Straße 🗺️ می‌خواهم [red]", "日本 Straße 🗺️ می‌خواهم [red]"),
        ("\x1b]0;x\x07", "\\x1b]0;x\\x07"),
        ("a\u2028b\u0085c\rd", "a\\u2028b\\x85c\\rd"),
        ("\ud83d", "\\ud83d"),
        ("\u202egpj", "\\u202egpj"),
    ],
)
def test_letters_stay_and_orders_are_written_out(text, shown) -> None:
    """Of every script, with the joiners that some need."""
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("'x' is no item id; an id has 32 digits.", "This is no item id; an id has 32 digits."),
        ("\"it's 'x\" is no item id.", "This is no item id."),
        (r"'both \' and \"' is no item id.", "This is no item id."),
        ("'premium:user:geocode' is not granted.", "'premium:user:geocode' is not granted."),
        ("'https://x': Begin with https.", "Begin with https."),
        ("Leave out https://AAPTcanary.example.", "Leave out https://…"),
        ("Write your password.", "Write your password."),
    ],
)
def test_a_value_that_was_given_is_not_repeated(message, told) -> None:
    """Messages begin with it; names of privileges may be told."""
    assert unquoted(message) == told


def test_words_of_python_become_those_of_the_command_line() -> None:
    """And a message knows its option."""
    assert (
        tell(FieldError("privileges", "Ask for it (private=True).")) == "--privilege: Ask for it (--private)."
    )
    error = KeyWidgetError("This ends keys.", "Pass end_keys=True to go on, then generate a key again.")
    assert tell(error) == "This ends keys. Say --yes to go on, then generate a key again."


def test_an_id_is_not_obeyed_either() -> None:
    """A portal may answer with anything."""
    one = KeyCredential("\x1b[2J", "", "Trees", None, (), (), (), ())
    assert named(one) == r"'Trees' (\x1b[2J)"
