"""What the settings of a house make of a command: what holds where nothing is said, and what stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from arcgis_keywidget.cli.discretion import WrongArgument
from arcgis_keywidget.cli.wording import visible
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import MAX_DAYS, PRESETS, KeyRequest
from arcgis_keywidget.models.house import LOCKED_BY, LongestLife

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from arcgis_keywidget.config import FormConfig
    from arcgis_keywidget.portal import BlockingPortal
    from arcgis_keywidget.privileges import Preset

_OF_KEYS = frozenset({"", "presets", "preset", "default_days", "max_days", "folder", "tags", "locks"})
_USUAL_DAYS = 7
_USUAL_PRESET = "basemaps"


@dataclass(frozen=True, slots=True)
class House:
    """The settings of `c.KeyForm` that concern keys.

    Args:
        config: all settings.
    """

    config: FormConfig

    def tell_left_out(self) -> None:
        """Tell on standard error which of these settings do not count: a limit may be among them."""
        for name, problem in self.config.left_out:
            if name in _OF_KEYS:
                click.echo(visible(problem), err=True)

    def lifetime(self, said: timedelta | date | None) -> timedelta | date:
        """Return how long a key shall live, the usual where nothing is said.

        Raises:
            FieldError: longer than the house lets it (field ``expires``).
        """
        most = self.config.max_days or MAX_DAYS
        usual = timedelta(days=self.config.default_days or min(_USUAL_DAYS, most))
        lifetime = usual if said is None else said
        who = str(self.config.source("max_days")) if self.config.max_days else ""
        LongestLife(most, who).check_end(lifetime, "expires")
        return lifetime

    def request(self, said: Mapping[str, Any]) -> KeyRequest:
        """Return what is asked for: what is said, and for the rest what the house lets it begin with.

        Args:
            said: arguments of `KeyRequest`, but the privileges only where they are not locked.

        Raises:
            FieldError: one cannot be right, or is locked and said otherwise.
        """
        begins: dict[str, Any] = {"folder": self.config.folder or None, "tags": self.config.tags}
        request = KeyRequest(**{**begins, **said, "expires": self.lifetime(said.get("expires"))})
        held = KeyRequest(**begins, expires=self.lifetime(None))
        for name in self.config.locks:
            if name in said and getattr(request, name) != getattr(held, name):
                raise self._locked(name)
        return request

    def preset(self, said: str | None, privileges: tuple[str, ...]) -> str | None:
        """Return the name of the preset that is meant; None where privileges, or nothing, are.

        Raises:
            FieldError: privileges are locked, and said otherwise.
            WrongArgument: there is no such preset.
        """
        names = [*PRESETS, *self.config.presets]
        if said is not None and said not in names:
            raise WrongArgument(f"this value cannot be used; choose one of {', '.join(names)}.", "--preset")
        if "privileges" not in self.config.locks:
            return said or (None if privileges else self.config.preset or None)
        held = self.config.preset or _USUAL_PRESET
        if privileges or said not in {None, held}:
            raise self._locked("privileges" if privileges else "preset")
        return held

    def privileges_of(self, portal: BlockingPortal, preset: str, items: tuple[str, ...]) -> tuple[str, ...]:
        """Return the privileges of a preset, as the account may grant them.

        Raises:
            WrongArgument: it may not, or an item is missing.
        """
        from arcgis_keywidget.privileges import presets  # noqa: PLC0415 (reads the catalogue, for this alone)

        offered = {one.id: one for one in presets(portal.account, self._own_presets())}
        if preset not in offered:
            raise WrongArgument(f"your account may grant {', '.join(offered)}.", "--preset")
        if offered[preset].needs_item and not items:
            raise WrongArgument(f"{preset} needs an --item that the key shall open.", "--preset")
        return offered[preset].privileges

    def _own_presets(self) -> list[Preset]:
        from arcgis_keywidget.config.values import settled_preset  # noqa: PLC0415 (loads traitlets)
        from arcgis_keywidget.privileges import Preset, personal_among  # noqa: PLC0415 (as above)

        own = (Preset(**settled_preset(name, entry)) for name, entry in self.config.presets.items())
        return [preset for preset in own if not personal_among(preset.privileges)]  # as in the form

    def _locked(self, name: str) -> FieldError:
        return FieldError(name, LOCKED_BY.format(who=self.config.source("locks")))
