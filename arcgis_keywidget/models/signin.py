"""What the settings, the form and the portal client call alike about signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGN_IN_METHODS = ("browser", "password", "token", "key")
"""The ways in that a form can offer; ``key`` is one that is there already."""

_CLIENT_VARIABLES = ("ARCGIS_CLIENT", "ARCGIS_CLIENT_ID")  # the first is what Esri's R packages read


def client_id_in(environ: Mapping[str, str]) -> str:
    """Return the OAuth client id that an environment names, or an empty text."""
    found = (environ.get(name, "").strip() for name in _CLIENT_VARIABLES)
    return next(filter(None, found), "")
