"""docs/configuration.md is what the code gives."""

from __future__ import annotations

from arcgis_keywidget.config import FormConfig
from arcgis_keywidget.config.values import NEEDS
from tools.configuration_reference import PAGE, reference


def test_the_committed_page_is_the_one_of_the_code() -> None:
    """Run `python -m tools.configuration_reference` after a change of a setting."""
    assert PAGE.read_text(encoding="utf-8") == reference()


def test_every_setting_has_its_words() -> None:
    """Each trait is in the table of needs, and has a help text."""
    traits = FormConfig.class_traits(config=True)
    assert set(traits) == set(NEEDS)
    assert [name for name, trait in traits.items() if not trait.help] == []
