"""What the settings, the form and the portal client call alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGN_IN_METHODS = ("browser", "password", "token", "key")
"""The ways in that a form can offer; ``key`` is one that is there already."""

PRESETS = ("basemaps", "basemaps-layer", "basemaps-services", "layer")
"""The common choices of privileges that a form knows by itself."""

_CLIENT_VARIABLES = ("ARCGIS_CLIENT", "ARCGIS_CLIENT_ID")  # the first is what Esri's R packages read


def client_variable_in(environ: Mapping[str, str]) -> str:
    """Return the name of the variable that names an OAuth client id, or an empty text."""
    return next((name for name in _CLIENT_VARIABLES if environ.get(name, "").strip()), "")


def client_id_in(environ: Mapping[str, str]) -> str:
    """Return the OAuth client id that an environment names, or an empty text."""
    return environ.get(client_variable_in(environ), "").strip()
