"""What the settings of a house make of a form: what is offered, where it begins, and what stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.config.values import settled_preset
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.form import texts
from arcgis_keywidget.form.choices import Choices
from arcgis_keywidget.form.rules import Rules
from arcgis_keywidget.models import MAX_DAYS, PRESETS, default_network
from arcgis_keywidget.privileges import Preset, personal_among

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget.config import FormConfig, Settings
    from arcgis_keywidget.models import KeyRequest

_BEGINS = {"preset": "preset", "default_days": "days", "folder": "folder", "tags": "tags"}
"""The settings that fields of the draft begin with."""


def settled(config: FormConfig, settings: Settings) -> FormConfig:
    """Return the settings of a kernel, with those of the code before all others, for one form.

    Raises:
        FieldError: one of the code cannot be right, named by its argument.
        TypeError: the code names one that there is not.
    """
    default_network.settle(config.network)  # for what is asked with keys of no form, too
    config.take_arguments(settings)
    return config


def choices_of(config: FormConfig) -> Choices:
    """Return what some settings offer; what cannot be right is left out, and told."""
    problems = list(config.problems)
    return Choices.of(
        portal=config.portal,
        portals=config.portals,
        client_id=config.client_id,
        methods=config.methods,
        rules=_rules(config, problems),
        problems=problems,
        network=config.network,
    )


def check_preset(preset: str | None, request: KeyRequest | None, config: FormConfig) -> None:
    """Refuse what cannot be the preset of a form.

    Raises:
        FieldError: there is none of that name (field ``preset``).
        TypeError: there is a request, too.
    """
    if preset is not None and request is not None:
        raise TypeError(
            "KeyForm() takes a preset or a request, not both: a request says all that a preset does."
        )
    names = [*PRESETS, *config.presets]
    if preset is not None and preset not in names:
        raise FieldError("preset", f"There is no preset {preset!r}; choose one of {', '.join(names)}.")


def _rules(config: FormConfig, problems: list[str]) -> Rules:
    begins = {field: getattr(config, name) for name, field in _BEGINS.items() if getattr(config, name)}
    given = {field for name, field in _BEGINS.items() if config.source(name).kind == "argument"}
    if "tags" in begins:
        begins["tags"] = tuple(begins["tags"])
    return Rules(
        presets=tuple(_presets(config.presets, problems)),
        begins=begins,
        given=frozenset(given),
        locks=tuple(dict.fromkeys(config.locks)),
        max_days=config.max_days or MAX_DAYS,
        set_by={name: str(config.source(name)) for name in ("locks", "max_days") if getattr(config, name)},
    )


def _presets(presets: Mapping[str, Any], problems: list[str]) -> list[Preset]:
    found = []
    for name, entry in presets.items():
        preset = Preset(**settled_preset(name, entry))
        if personal_among(preset.privileges):
            title = texts.CONFIGURED_PRESET.format(name=name)
            problems.append(f"{title} {texts.CONFIGURED_PERSONAL}")
        else:
            found.append(preset)
    return found
