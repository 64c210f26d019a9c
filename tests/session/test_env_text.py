"""The text of a .env file with one key more or less."""

from __future__ import annotations

import hmac
import io

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models import Secret
from arcgis_keywidget.session.env_text import EnvText, check_variable, variable_of

KEY = Secret("AAPTcanary.x_y-zAT1_12345678")
NOTE = {"name": "My key"}
SEAL = hmac.new(KEY.reveal().encode(), b'{"name": "My key", "variable": "MY_KEY"}', "sha256").hexdigest()
OTHERS = "# mine\nA=1\n\nexport B='two words' # why\nC\n  D = \"x\\ny\"\n"


def env(text: str) -> EnvText:
    """A file with this text."""
    return EnvText(Secret(text))


def test_a_key_is_added_below_what_is_there():
    """A comment with what is known, then the variable; all else stands as it was."""
    after = env(OTHERS).with_key("MY_KEY", KEY, NOTE).reveal()
    assert after.startswith(OTHERS)
    assert after.removeprefix(OTHERS).splitlines() == [
        f'# arcgis-keywidget {{"variable": "MY_KEY", "name": "My key", "seal": "{SEAL}"}}',
        f"MY_KEY={KEY.reveal()}",
    ]
    assert EnvText(Secret(after)).notes() == {"MY_KEY": {"variable": "MY_KEY", **NOTE, "seal": SEAL}}
    assert EnvText(Secret(after)).is_sealed("MY_KEY")
    assert not EnvText(Secret(after.replace("My key", "My other"))).is_sealed("MY_KEY")
    assert not EnvText(Secret(after.replace("canary", "other"))).is_sealed("MY_KEY")


def test_taking_it_out_gives_the_file_back():
    """To the letter."""
    added = env(OTHERS).with_key("MY_KEY", KEY, NOTE)
    assert EnvText(added).without("MY_KEY").reveal() == OTHERS


def test_a_newer_key_stands_where_the_older_one_stood():
    """Once, with the new note, also where the variable was there twice."""
    text = env("A=1\n").with_key("MY_KEY", Secret("old"), NOTE).reveal() + "B=2\nMY_KEY=older\n"
    after = env(text).with_key("MY_KEY", KEY, {"name": "New"}).reveal()
    lines = after.splitlines()
    assert lines.pop(1).startswith('# arcgis-keywidget {"variable": "MY_KEY", "name": "New", "seal": "')
    assert lines == [
        "A=1",
        f"MY_KEY={KEY.reveal()}",
        "B=2",
    ]


@pytest.mark.parametrize("text", ["A=1\r\nB=2\r\n", "\ufeffA=1\n", "A=1", "", "\n\n# only a comment"])
def test_ends_of_lines_and_marks_are_kept(text):
    """As Windows writes them, with a byte order mark, without a last line's end."""
    after = env(text).with_key("MY_KEY", KEY, NOTE).reveal()
    assert after.startswith(text)
    assert ("\r\n" in after) == ("\r\n" in text)
    assert after.count("\n") == after.count("\r\n") or "\r\n" not in text
    assert EnvText(Secret(after)).value("MY_KEY") == KEY


def test_a_quote_that_is_not_closed_is_told():
    """It would swallow the key, or the key would swallow what stands below."""
    with pytest.raises(KeyWidgetError, match=r"not understood.*quote"):
        env("A='oops\n").with_key("MY_KEY", Secret("it's"), NOTE)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
def test_every_key_is_read_as_it_was_written(key):
    """Whatever signs it has, by python-dotenv too."""
    text = env(OTHERS).with_key("MY_KEY", Secret(key), NOTE)
    assert EnvText(text).value("MY_KEY") == Secret(key)
    assert dotenv_values(stream=io.StringIO(text.reveal()), interpolate=False)["MY_KEY"] == key


@pytest.mark.parametrize(
    ("title", "variable"),
    [
        ("My key", "MY_KEY"),
        ("Straßenkarte für Ämter", "STRAENKARTE_FUR_AMTER_KEY"),
        ("Path", "PATH_KEY"),
        ("2026 keys", "KEY_2026_KEYS"),
        ("地図", "ARCGIS_KEY"),
        ("a  -- b", "A_B_KEY"),
    ],
)
def test_a_title_gives_the_name_of_a_variable(title, variable):
    """Capital letters, digits and underscores; none that a system reads itself."""
    assert variable_of(title) == variable
    assert check_variable(variable) == variable


def test_a_name_that_is_taken_gets_a_number():
    """Another portal's key may have the same title."""
    assert variable_of("My key", ["MY_KEY", "MY_KEY_2"]) == "MY_KEY_3"


@pytest.mark.parametrize("variable", ["", "1A", "A-B", "A=B", "A B", "Ä", 3])
def test_what_cannot_name_a_variable_is_refused(variable):
    """Before anything is written."""
    with pytest.raises(FieldError, match=r"variable: .* cannot name"):
        check_variable(variable)


def test_nothing_of_a_file_shows():
    """Its other values are secrets, too."""
    assert "two" not in repr(env(OTHERS))


def test_no_title_becomes_the_name_of_a_switch_for_other_programs():
    """SSLKEYLOGFILE has Python and browsers write down what they encrypt, into the file that it names."""
    assert variable_of("sslkeylogfile") == "SSLKEYLOGFILE_KEY"


def test_a_note_of_brackets_without_end_is_none():
    """Whatever stands in the file, its keys can be listed."""
    assert EnvText(Secret("# arcgis-keywidget " + "[" * 100_000 + "\nA=1\n")).notes() == {}
