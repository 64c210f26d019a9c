"""Who is signed in: the account, its kind, and where its keys find basemaps."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from arcgis_keywidget._http import kind_of, need, services_at, subscription_of
from arcgis_keywidget.errors import FieldError, KeyWidgetError, SignInError, TokenError
from arcgis_keywidget.models import Account, AccountKind
from arcgis_keywidget.models.app_info import read_app_info
from arcgis_keywidget.privileges import missing_for_keys

if TYPE_CHECKING:
    from arcgis_keywidget.portal.rest import SharingRest

_ROLES = {"org_admin": "Administrator", "org_publisher": "Publisher", "org_user": "User"}
# Two custom roles are in every organization, under the same ids (client); nobody can edit them (documented).
_READY_MADE = {"iAAAAAAAAAAAAAAA": "Viewer", "iBBBBBBBBBBBBBBB": "Data Editor"}
_USER_TYPES = {
    "viewerUT": "Viewer",
    "liteUT": "Lite",
    "editorUT": "Editor",
    "contributorUT": "Contributor",
    "fieldWorkerUT": "Mobile Worker",
    "mobileWorkerUT": "Mobile Worker",
    "storytellerUT": "Storyteller",
    "insightsAnalystUT": "Insights Analyst",
    "IndoorsUserUT": "Indoors User",
    "creatorUT": "Creator",
    "GISProfessionalBasicUT": "GIS Professional Basic",
    "GISProfessionalStdUT": "GIS Professional Standard",
    "GISProfessionalAdvUT": "GIS Professional Advanced",
    "professionalUT": "Professional",
    "professionalPlusUT": "Professional Plus",
}
_LONGEST_WORD = 80


async def read_account(rest: SharingRest) -> Account:
    """Return the account that the token belongs to (portals/self: 1 request).

    Where it cannot make keys and has a custom role, that role is asked for its name (2 requests), as this is
    what the person has to tell an administrator.

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
    account = _account(rest.url, document, user)
    return await with_role_name(rest, account) if account.missing else account


async def with_role_name(rest: SharingRest, account: Account) -> Account:
    """Return the account with the name of its role (1 request where that is not known, else none)."""
    if account.role_name or not account.role_id:
        return account
    try:
        role = await rest.get(f"portals/self/roles/{quote(account.role_id, safe='')}")
    except KeyWidgetError:  # a name is not worth an error
        return account
    return _settled(replace(account, role_name=_text(role, "name")))


def assume_kind(url: str, account: Account, kind: AccountKind) -> Account:
    """Return the same account as one of another product, which the person knows and the portal does not tell.

    Raises:
        FieldError: Enterprise tells itself, so it is never a guess (field ``kind``).
    """
    enterprise = AccountKind.ENTERPRISE
    if kind is not account.kind and enterprise in {kind, account.kind}:
        host = urlsplit(url).hostname
        is_one = "is" if account.kind is enterprise else "is not"
        raise FieldError("kind", f"{host} says itself that it {is_one} ArcGIS Enterprise.")
    services = account.services if account.practice else services_at(url, kind)
    return _settled(replace(account, kind=kind, kind_certain=True, services=services))


def _settled(account: Account) -> Account:
    return replace(account, missing=missing_for_keys(account))


def _account(url: str, document: dict[str, Any], user: dict[str, Any]) -> Account:
    kind, certain = kind_of(document)
    listed = user.get("privileges")
    names = listed if isinstance(listed, list) else []
    role, role_id, role_name = _role(user)
    username = need(user, "username", str)
    practice = document.get("practiceServices")
    return _settled(
        Account(
            username=username,
            full_name=_text(user, "fullName") or username,
            organization=_text(document, "name"),
            kind=kind,
            kind_certain=certain,
            subscription=subscription_of(document),
            privileges=frozenset(name for name in names if isinstance(name, str)),
            role=role,
            role_id=role_id,
            role_name=role_name,
            user_type=_user_type(user),
            version=_text(document, "currentVersion"),
            services=services_at(url, kind, practice),
            practice=isinstance(practice, dict),
        )
    )


def _role(user: dict[str, Any]) -> tuple[str, str, str]:
    """Return the role, the id of a custom one, and the name of one that is built in."""
    role, role_id = _text(user, "role"), _text(user, "roleId")
    if role_id in _READY_MADE:
        return role, "", _READY_MADE[role_id]
    if role_id in {"", role}:
        return role, "", _ROLES.get(role, "")
    return role, role_id, ""


def _user_type(user: dict[str, Any]) -> str:
    """Return a user type as people call it; of one that is not known, the words in its id."""
    licence = _text(user, "userLicenseTypeId")[:_LONGEST_WORD]
    if not licence:
        level = _text(user, "level")
        return f"Level {level}" if level.isdigit() else ""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", licence.removesuffix("UT"))
    return _USER_TYPES.get(licence, words[:1].upper() + words[1:])


def _text(document: dict[str, Any], name: str) -> str:
    value = document.get(name)
    return str(value) if isinstance(value, str | int | float) else ""
