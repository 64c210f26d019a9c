"""The whole catalogue as one account sees it: groups, privileges, and why some cannot be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arcgis_keywidget.models import AccountKind
from arcgis_keywidget.privileges.catalogue import PRODUCTS, catalogue
from arcgis_keywidget.privileges.grants import too_old_for_personal

if TYPE_CHECKING:
    from arcgis_keywidget.models import Account
    from arcgis_keywidget.privileges.catalogue import Privilege

_SERVICES = "Location services"
_PRIVATE_ONLY = "private application only"
_NO_SERVICES = (
    "ArcGIS Enterprise has no location services; make a key of ArcGIS Online or Location Platform for them"
)
_TOO_OLD = "keys can hold these from ArcGIS Enterprise 11.5 on"
_NOT_OFFERED = "no key of {product} can hold these"
_LACKED = {
    AccountKind.ONLINE: "your role lacks it; an administrator can add it",
    AccountKind.ENTERPRISE: "your role lacks it; an administrator can add it",
    AccountKind.LOCATION_PLATFORM: "your account lacks it; turning on pay-as-you-go may add it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivilegeNode:
    """One privilege, or a group of them: there are two levels of groups at most.

    Attributes:
        id: the REST name of a privilege; ``group:`` and its path for a group.
        about: what it opens, empty for a group.
        cost: what using it costs this account, empty where nothing is known.
        reason: why it cannot be chosen now, empty where it can.
        children: what a group holds; a group that the portal does not have holds nothing and gives a reason.
    """

    id: str
    title: str
    about: str = ""
    cost: str = ""
    reason: str = ""
    children: tuple[PrivilegeNode, ...] = ()


def privilege_tree(account: Account, *, private: bool) -> tuple[PrivilegeNode, ...]:
    """Return every privilege that keys of this product may hold, by group, in the order of the wizard.

    Args:
        account: what it lacks cannot be chosen; what its product does not offer is left out.
        private: whether the key is for a private application, which may hold personal privileges too.
    """
    tops = dict.fromkeys(entry.group[0] for entry in catalogue().values())
    return tuple(_top(account, top, private=private) for top in tops)


def _top(account: Account, top: str, *, private: bool) -> PrivilegeNode:
    entries = [entry for entry in catalogue().values() if entry.group[0] == top]
    offered = [entry for entry in entries if account.kind in entry.accounts]
    reason = _missing_group(account, top, offered)
    if reason:
        return PrivilegeNode(id=f"group:{top}", title=top, reason=reason)
    children: dict[str, list[PrivilegeNode]] = {}
    for entry in offered:
        children.setdefault(" > ".join(entry.group[1:]), []).append(_leaf(account, entry, private=private))
    nodes = list(children.pop("", []))  # those without a group of their own stand first
    nodes += [
        PrivilegeNode(id=f"group:{top} > {title}", title=title, children=tuple(leaves))
        for title, leaves in children.items()
    ]
    return PrivilegeNode(id=f"group:{top}", title=top, children=tuple(nodes))


def _missing_group(account: Account, top: str, offered: list[Privilege]) -> str:
    """Return why a whole group is not there, empty where it is."""
    if top == _SERVICES and account.kind is AccountKind.ENTERPRISE:
        return _NO_SERVICES
    if not offered:
        return _NOT_OFFERED.format(product=PRODUCTS[account.kind])
    if top != _SERVICES and too_old_for_personal(account):
        return _TOO_OLD
    return ""


def _leaf(account: Account, entry: Privilege, *, private: bool) -> PrivilegeNode:
    reason = _PRIVATE_ONLY if entry.personal and not private else ""
    if entry.name not in account.privileges:
        reason = _LACKED[account.kind]
    return PrivilegeNode(
        id=entry.name,
        title=entry.label,
        about=entry.about,
        cost=entry.cost.get(account.kind, ""),
        reason=reason,
    )
