"""Which vault the keyring would use, by back ends that are really chosen."""

from __future__ import annotations

import keyring
import pytest
from keyring.backends import null

from arcgis_keywidget.doctor.rows import State
from arcgis_keywidget.doctor.vault import look_at_vault


@pytest.fixture(autouse=True)
def chosen_again():
    """The back end of before, afterwards."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.mark.parametrize(
    ("backend", "state"),
    [
        ("keyring.backends.fail.Keyring", State.WARNING),
        ("keyring.backends.null.Keyring", State.WARNING),
        ("keyring.backends.SecretService.Keyring", State.OK),
        ("keyring.backends.macOS.Keyring", State.OK),
    ],
)
def test_a_back_end_is_judged_by_its_name(backend, state):
    """Nothing is read from it, so that it need not work here."""
    keyring.set_keyring(made(backend))
    (row,) = look_at_vault()
    assert row.state is state


def test_an_unknown_back_end_is_not_trusted():
    """It may write keys to a plain file."""
    keyring.set_keyring(made("keyrings.alt.file.PlaintextKeyring"))
    (row,) = look_at_vault()
    assert (row.state, "keyrings.alt.file" in row.found) == (State.WARNING, True)


def made(name: str):
    """A back end of a name."""
    module, _, kind = name.rpartition(".")
    return type(kind, (null.Keyring,), {"__module__": module})()
