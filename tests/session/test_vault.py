"""What may be kept, and under which name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from arcgis_keywidget import ApiKey, keep, kept, unkeep, use
from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.session import vault

TEXT = "AAPTcanary" + "x" * 40 + "AT1_12345678"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("hunter2", "credential: Only API keys are kept, no passwords"),
        ("AAPK" + "x" * 60, "credential: This is a legacy API key"),
        (ApiKey("AAST" + "x" * 60), "credential: This is the token of a basemap session"),
    ],
)
def test_only_keys_are_kept(key, words):
    """No password, no token, by any name."""
    with pytest.raises(FieldError, match=words) as caught:
        keep(key, ".env", name="Mine")
    assert "hunter2" not in str(caught.value)
    assert [*Path().iterdir()] == []


def test_a_credential_without_a_key_is_told(make):
    """It is to be generated first."""
    with pytest.raises(FieldError, match="holds no key; generate one first"):
        keep(replace(make(), key=None), ".env")


@pytest.mark.parametrize("name", [None, "", "  ", "two\nlines", "x" * 251])
def test_a_key_needs_a_name_on_one_line(name):
    """A key alone does not tell its title."""
    with pytest.raises(FieldError, match="name: "):
        keep(TEXT, ".env", name=name)


def test_a_key_of_the_session_is_known_by_its_text():
    """With its portal."""
    use(ApiKey(TEXT, portal="https://gis.example.com"), environ=())
    assert keep(TEXT, ".env", name=" Mine ").portal == "https://gis.example.com"
    assert [one.name for one in kept()] == ["Mine"]


def test_places_and_arguments_that_are_none_are_refused(make):
    """As bad arguments are everywhere."""
    with pytest.raises(FieldError, match="where: There is no place 'disk'"):
        keep(make(), "disk")
    with pytest.raises(TypeError, match=r"are for where='\.env'"):
        keep(make(), "keyring", path=".env")


def test_dropping_what_is_not_kept_names_what_is(make):
    """And says that a portal gives no key twice."""
    keep(make(), ".env")
    with pytest.raises(
        KeyWidgetError, match=r"No key is kept as 'Other'.*cannot be read.*Kept are: 'My key'"
    ):
        unkeep("Other")


def test_a_key_that_is_pasted_for_a_name_is_not_repeated():
    """In no error."""
    with pytest.raises(KeyWidgetError, match="loaded by its name") as caught:
        unkeep(TEXT)
    assert "canary" not in str(caught.value)


def test_places_tell_where_and_why():
    """Each with a sentence, usable or not."""
    keyring, file = vault.places()
    assert (keyring.id, keyring.usable) == ("keyring", False)
    assert "keyring.backends.fail.Keyring" in keyring.why
    assert (file.id, file.usable, file.why) == (".env", True, str(Path(".env").absolute()))
    assert [*Path().iterdir()] == []
