"""Explain a machine or a Hub: what a form and its keys need here, what is missing, what to do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from arcgis_keywidget.config import read_files
from arcgis_keywidget.doctor.jupyter import look_at_folders, look_at_hub, look_at_jupyter
from arcgis_keywidget.doctor.network import look_at_certificates, look_at_portal, look_at_proxy
from arcgis_keywidget.doctor.rows import Row, State, run_checks
from arcgis_keywidget.doctor.software import look_at_software
from arcgis_keywidget.doctor.vault import look_at_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["Row", "State", "examine"]

TIMEOUT = 10.0
"""Seconds that all checks together may take."""

_DEFAULT = "https://www.arcgis.com"
_PATIENCE = 0.4
"""Share of the time that one step on the way to the portal may take: a failing one asks for more."""


def examine(portal: str | None = None, *, seconds: float = TIMEOUT) -> list[Row]:
    """Look at this machine and tell what was found; nothing is changed, no secret is shown.

    Args:
        portal: address of the portal to reach; None for the configured one, else www.arcgis.com.
        seconds: that it may take; what is not done by then is told.
    """
    config = read_files()
    if portal is None:
        portal = config.portal if config.portal not in {"", "practice"} else _DEFAULT
    checks: Mapping[str, Callable[[], Iterable[Row]]] = {
        "software": look_at_software,
        "Jupyter": look_at_jupyter,
        "Hub": look_at_hub,
        "proxy": partial(look_at_proxy, config.network),
        "certificates": partial(look_at_certificates, config.network),
        "portal": partial(look_at_portal, portal, seconds * _PATIENCE, config.network),
        "keyring": look_at_vault,
        "folders": look_at_folders,
    }
    return run_checks(checks, seconds)
