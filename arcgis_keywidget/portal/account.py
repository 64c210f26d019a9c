"""Who is signed in: the account, its kind, and where its keys find basemaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from arcgis_keywidget._http import arcgis_services, need
from arcgis_keywidget.errors import SignInError, TokenError
from arcgis_keywidget.models import Account, AccountKind, LocationServices, is_arcgis_com, origin_of
from arcgis_keywidget.portal.app_info import read_app_info
from arcgis_keywidget.privileges import missing_for_keys

if TYPE_CHECKING:
    from arcgis_keywidget.portal.rest import SharingRest

_OWN_PATH = re.compile(r"/(?!/)[A-Za-z0-9_./-]*")


async def read_account(rest: SharingRest) -> Account:
    """Return the account that the token belongs to (portals/self, 1 request).

    Raises:
        SignInError: the portal does not accept the token, or it is no person's.
    """
    host = urlsplit(rest.url).hostname
    try:
        document = await rest.get("portals/self")
    except TokenError as error:
        raise SignInError(
            f"{host} does not accept this token.",
            "It may have ended, or belong to another portal or web page; get a new one.",
            code=error.code,
            endpoint=error.endpoint,
        ) from None
    app = read_app_info(document)
    if app is not None and app.expires is not None:
        raise SignInError(
            f"This is an API key ('{app.title}'), not the token of a user.",
            "It opens services, but signs nobody in: bring it along as a key, or sign in as a user.",
        )
    user = document.get("user")
    if not isinstance(user, dict):
        raise SignInError(
            f"This token names no person at {host}.",
            "API keys and application tokens cannot make keys; sign in with the token of a user.",
        )
    return _account(rest.url, document, user)


def _account(url: str, document: dict[str, Any], user: dict[str, Any]) -> Account:
    kind = kind_of(document)
    listed = user.get("privileges")
    held = (
        frozenset(name for name in listed if isinstance(name, str))
        if isinstance(listed, list)
        else frozenset()
    )
    version = _text(document, "currentVersion")
    role = _text(user, "role")
    username = need(user, "username", str)
    practice = document.get("practiceServices")
    return Account(
        username=username,
        full_name=_text(user, "fullName") or username,
        organization=_text(document, "name"),
        kind=kind,
        privileges=held,
        role=role,
        version=version,
        missing=missing_for_keys(kind, version, held, role),
        services=_services(url, kind, practice),
        practice=isinstance(practice, dict),
    )


def kind_of(document: dict[str, Any]) -> AccountKind:
    """Return the product of a portals/self document; Location Platform is a guess (docs/fidelity.md)."""
    if document.get("isPortal") is True:
        return AccountKind.ENTERPRISE
    subscription = document.get("subscriptionInfo")
    words = str(subscription.get("type")).lower() if isinstance(subscription, dict) else ""
    if "location" in words or "developer" in words:
        return AccountKind.LOCATION_PLATFORM
    return AccountKind.ONLINE


def services_in(url: str, document: dict[str, Any]) -> LocationServices:
    """Return where basemaps are served, by a portals/self document of a person or a key."""
    return _services(url, kind_of(document), document.get("practiceServices"))


def _services(url: str, kind: AccountKind, practice: object) -> LocationServices:
    if isinstance(practice, dict):
        origin = origin_of(url)
        return LocationServices(
            styles=_own_address(origin, practice.get("basemapStyles")),
            static_tiles=_own_address(origin, practice.get("staticBasemapTiles")),
        )
    return arcgis_services(kind) if is_arcgis_com(url) else LocationServices()


def _own_address(origin: str, path: object) -> str | None:
    """Return the address of a path of the portal itself; a portal cannot point its keys elsewhere."""
    return origin + path if isinstance(path, str) and _OWN_PATH.fullmatch(path) else None


def _text(document: dict[str, Any], name: str) -> str:
    value = document.get(name)
    return str(value) if isinstance(value, str | int | float) else ""
