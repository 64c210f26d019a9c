"""What is in force, and where it comes from: in words and values that may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.config.settings import variable_of
from arcgis_keywidget.config.values import NEEDS, shown

if TYPE_CHECKING:
    from arcgis_keywidget.config.settings import FormConfig
    from arcgis_keywidget.config.sources import Source


@dataclass(frozen=True, slots=True)
class Told:
    """A setting as it may be shown.

    Attributes:
        value: without user names and passwords in addresses; None where nothing is set.
    """

    name: str
    value: Any
    source: Source

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can carry it."""
        return {
            "name": self.name,
            "value": self.value,
            "source": self.source.kind,
            "place": self.source.place,
            "variable": variable_of(self.name),
        }


def tell_settings(config: FormConfig) -> tuple[Told, ...]:
    """Return every setting, in the order of the reference."""
    return tuple(Told(name, shown(getattr(config, name)) or None, config.source(name)) for name in NEEDS)
