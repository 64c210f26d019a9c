"""Switches: the places where the real portal is not certain."""

from __future__ import annotations

import pytest

from arcgis_keywidget.practice import PracticePortal
from arcgis_keywidget.practice.people import choose_account
from arcgis_keywidget.practice.switches import Switches


def test_the_first_choice_is_the_default():
    """What is listed first is what holds when nothing is said."""
    assert all(getattr(Switches(), name) == choices[0] for name, choices in Switches.choices().items())


@pytest.mark.parametrize("given", [{"edit": "void"}, {"edits": "perhaps"}])
def test_unknown_switches_and_choices_are_refused(given):
    """A slip of the pen does not pass as the default; the message lists what there is."""
    with pytest.raises(ValueError, match="edits"):
        PracticePortal(switches=given)


def test_only_enterprise_has_versions():
    """Online and Location Platform are always the newest; unknown versions are refused."""
    assert choose_account("enterprise", "11.4").version["currentVersion"] == "2024.2"
    for kind, version in (("online", "11.4"), ("enterprise", "10.9"), ("desktop", None)):
        with pytest.raises(ValueError, match=r"none of|Only Enterprise"):
            choose_account(kind, version)
