"""Signing in with a `GIS` of Esri's Python package that is signed in already; that package is not imported.

Where it keeps token, Referer and certificates was seen in `arcgis` 2.4.4: in its session, for all its ways.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from arcgis_keywidget._http import normalise_address
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import Secret
from arcgis_keywidget.models.token_kinds import kind_of_token

if TYPE_CHECKING:
    from arcgis_keywidget._http import Verify

_NO_GIS = "This is no GIS of the arcgis package; pass the `gis` that you made with GIS(...)."
_NOBODY = (
    "Nobody is signed in to this GIS with a token; make it with GIS(url, username, password), with a "
    "client_id or with a profile."
)
_A_KEY = (
    "This GIS holds an API key, which signs nobody in; make it with GIS(url, username, password), with a "
    "client_id or with a profile. To use the key itself, bring it along as a key."
)


class GisOptions(TypedDict):
    """What a portal takes over from a GIS."""

    url: str
    referer: str
    verify: Verify


@dataclass(frozen=True, slots=True)
class GisSession:
    """A GIS's session: what it sends with its requests.

    Attributes:
        url: its portal, normalised.
        referer: the Referer that its token may be bound to.
    """

    url: str
    referer: str
    token: Secret


def portal_options_of(gis: object) -> GisOptions:
    """Return the arguments of `Portal` for the portal of a GIS.

    Raises:
        FieldError: it is no GIS (field ``gis``), or its portal's address is none (field ``portal``).
    """
    session = _session_of(gis)
    verify = getattr(session, "verify", True)
    return GisOptions(
        url=_url_of(gis),
        referer=_referer_of(session),
        verify=verify if isinstance(verify, bool | str | Path) else True,
    )


async def read_gis(gis: object) -> GisSession:
    """Return the session of a GIS; reading its token may make it ask its portal.

    Raises:
        FieldError: it is no GIS, nobody is signed in to it, or it holds an API key (field ``gis``).
    """
    session = _session_of(gis)
    # A token that ends soon is renewed when it is read, by requests that would hold up this loop.
    token = await asyncio.to_thread(_token_of, session)
    if token is None:
        raise FieldError("gis", _NOBODY)
    if kind_of_token(token):
        raise FieldError("gis", _A_KEY)
    return GisSession(_url_of(gis), _referer_of(session), token)


def _session_of(gis: object) -> object:
    session = getattr(gis, "session", None)
    if not isinstance(getattr(gis, "url", None), str) or not hasattr(session, "auth"):
        raise FieldError("gis", _NO_GIS)
    return session


def _url_of(gis: object) -> str:
    return normalise_address(str(getattr(gis, "url", "")))


def _referer_of(session: object) -> str:
    headers = getattr(session, "headers", None) or {}
    return str(headers.get("Referer") or getattr(session, "referer", "") or "http")


def _token_of(session: object) -> Secret | None:
    """Return the token; for some ways of signing in it is an attribute, for others a method."""
    problem = ""
    try:
        token = getattr(getattr(session, "auth", None), "token", None)
        token = token() if callable(token) else token
    except Exception as error:  # noqa: BLE001 (its requests raise what they like, and words of theirs may hold a token)
        problem, token = type(error).__name__, None
    if problem:
        raise FieldError("gis", f"This GIS could not tell its token ({problem}); sign in to it again.")
    return Secret(token) if isinstance(token, str) and token.strip() else None
