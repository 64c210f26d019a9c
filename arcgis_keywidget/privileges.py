"""The privileges of keys: presets, what an account may grant, and what it lacks for making keys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FieldError, PrivilegeError
from arcgis_keywidget.models import AccountKind, MissingPrivilege

if TYPE_CHECKING:
    from arcgis_keywidget.models import Account, KeyRequest

BASEMAPS = "premium:user:basemaps"
STATIC_TILES = "premium:user:staticbasemaptiles"

_FIRST_WITH_KEYS = (2024, 2)  # Enterprise 11.4
_FIRST_WITH_PERSONAL = (2025, 1)  # Enterprise 11.5
_WIDE_GROUPS = ("General", "Admin")
_USEFUL = {
    AccountKind.LOCATION_PLATFORM: ("premium:user:geocode:temporary", "premium:user:networkanalysis:routing"),
    AccountKind.ONLINE: ("premium:user:geocode", "premium:user:networkanalysis"),
    AccountKind.ENTERPRISE: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Privilege:
    """One privilege that a key may hold.

    Attributes:
        name: the REST name, such as ``premium:user:basemaps``.
        label: how the portal's wizard calls it.
        group: where it stands there, outermost first.
        personal: whether it is of personal scope: for one's own scripts, as the key then tells the account.
        accounts: the kinds of account whose keys may hold it.
    """

    name: str
    label: str
    group: tuple[str, ...]
    personal: bool
    accounts: frozenset[AccountKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A common choice of privileges.

    Attributes:
        text: what a key of this kind is good for.
        cost: what using it may cost, empty when nothing is known to.
        needs_item: whether one item must be chosen.
    """

    id: str
    title: str
    text: str
    cost: str
    privileges: tuple[str, ...]
    needs_item: bool = False


@cache
def _data() -> dict[str, Any]:
    text = files("arcgis_keywidget").joinpath("data/privileges.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@cache
def catalogue() -> dict[str, Privilege]:
    """Return every privilege that is known to be offered for keys, by its REST name."""
    return {
        name: Privilege(
            name=name,
            label=label,
            group=tuple(group.split(" > ")),
            personal=scope == "personal",
            accounts=frozenset(map(AccountKind, accounts)),
        )
        for name, label, group, scope, accounts in _data()["privileges"]
    }


def canonical(name: str) -> str:
    """Return today's name of a privilege; older keys had names of their own."""
    return str(_data()["aliases"].get(name, name))


def grantable(account: Account) -> frozenset[str]:
    """Return what the account may grant to a key: it holds the privilege itself, and its product offers it.

    Holding a privilege is necessary and not sufficient: members of ArcGIS Online were seen listed with
    privileges of Location Platform (a captured reply).
    """
    return frozenset(name for name in account.privileges if not _obstacle(account, name))


def presets(account: Account) -> tuple[Preset, ...]:
    """Return the presets that this account may grant, the simplest first."""
    may = grantable(account)
    layer = Preset(
        id="layer",
        title="My layer",
        text="Reads one of your private layers.",
        cost="",
        privileges=(),
        needs_item=True,
    )
    if BASEMAPS not in may:
        return (layer,)
    basemaps = (BASEMAPS, *({STATIC_TILES} & may))
    useful = tuple(name for name in _USEFUL[account.kind] if name in may)
    cost = _cost(account.kind)
    offered = [
        Preset(
            id="basemaps",
            title="Basemaps",
            text="Draws Esri's basemaps, and opens nothing of yours.",
            cost=cost["basemaps"],
            privileges=basemaps,
        ),
        Preset(
            id="basemaps-layer",
            title="Basemaps + my layer",
            text="Draws basemaps and reads one of your private layers.",
            cost=cost["basemaps"],
            privileges=basemaps,
            needs_item=True,
        ),
    ]
    if useful:
        offered.append(
            Preset(
                id="basemaps-services",
                title="Basemaps + geocoding + routing",
                text="Draws basemaps, finds places by their address and the way between them.",
                cost=cost["services"],
                privileges=(*basemaps, *useful),
            )
        )
    return tuple(offered)


def _cost(kind: AccountKind) -> dict[str, str]:
    if kind is AccountKind.LOCATION_PLATFORM:
        return {
            "basemaps": "Each month 2,000,000 tiles are free.",
            "services": "Each month 2,000,000 tiles, 20,000 geocodes and 20,000 routes are free.",
        }
    return {"basemaps": "", "services": "Geocoding and routing use your organization's credits."}


def needs_wide_scope(privileges: tuple[str, ...]) -> bool:
    """Whether a general or admin privilege is among these (the portal's ``isPersonalAPIToken``)."""
    known = (catalogue().get(name) for name in privileges)
    return any(one is not None and one.group[0] in _WIDE_GROUPS for one in known)


def missing_for_keys(
    kind: AccountKind, version: str, held: frozenset[str], role: str = ""
) -> tuple[MissingPrivilege, ...]:
    """Return what an account lacks for making keys, and who can help.

    The owner of a Location Platform account may always make keys (documented), whatever is listed;
    such an account has one user, its administrator. Enterprise can from 11.4 on.
    """
    if kind is AccountKind.LOCATION_PLATFORM and role in {"", "org_admin"}:
        return ()
    if kind is AccountKind.ENTERPRISE and _older(version, _FIRST_WITH_KEYS):
        hint = "Older portals have no API key credentials; your administrator can upgrade it."
        return (MissingPrivilege(privilege="", label="ArcGIS Enterprise 11.4 or later", hint=hint),)
    hint = "An administrator can add it: Organization > Member roles > your role > General > Content."
    wanted: dict[str, str] = _data()["to_create_keys"]
    return tuple(
        MissingPrivilege(privilege=name, label=label, hint=hint)
        for name, label in wanted.items()
        if name not in held
    )


def check_request(account: Account, request: KeyRequest) -> tuple[str, ...]:
    """Return the privileges to ask for under their present names, if this account may grant them all.

    Raises:
        PrivilegeError: the account may not make keys.
        FieldError: a privilege that it may not grant, or one for private applications only.
    """
    if account.missing:
        labels = " and ".join(f"'{one.label}'" for one in account.missing)
        raise PrivilegeError(
            f"Your account may not make API keys: it lacks {labels}.", account.missing[0].hint
        )
    names = tuple(dict.fromkeys(map(canonical, request.privileges)))
    for name in names:
        reason = _obstacle(account, name)
        if reason:
            raise FieldError("privileges", f"'{name}' {reason}")
        known = catalogue().get(name)
        if known and known.personal and not request.private:
            raise FieldError(
                "privileges",
                f"'{name}' is for your own scripts only: the key would also tell who you are. Ask for a "
                "private application (private=True), or leave it out.",
            )
    return names


def _obstacle(account: Account, name: str) -> str:
    """Return why the account may not grant a privilege, empty when it may."""
    known = catalogue().get(name)
    if name in _data()["never_on_keys"]:
        return "is a privilege of people; no key can hold it."
    if known and account.kind not in known.accounts:
        return f"is not offered for {_PRODUCTS[account.kind]} accounts."
    if name not in account.privileges:
        return "is not among the privileges of your account, so a key of yours cannot have it."
    enterprise = account.kind is AccountKind.ENTERPRISE
    if enterprise and known and known.personal and _older(account.version, _FIRST_WITH_PERSONAL):
        return "can be granted to keys from ArcGIS Enterprise 11.5 on."
    return ""


_PRODUCTS = {
    AccountKind.ONLINE: "ArcGIS Online",
    AccountKind.LOCATION_PLATFORM: "ArcGIS Location Platform",
    AccountKind.ENTERPRISE: "ArcGIS Enterprise",
}


def _older(version: str, first: tuple[int, int]) -> bool:
    numbers = [int(word) for word in version[:20].split(".")[:2] if word.isascii() and word.isdigit()]
    return bool(numbers) and tuple(numbers) < first
