"""What an account may grant to a key, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget.errors import FieldError, PrivilegeError
from arcgis_keywidget.models import AccountKind
from arcgis_keywidget.privileges.catalogue import (
    ENTERPRISE_WITH_PERSONAL,
    PRODUCTS,
    canonical,
    catalogue,
    data,
    older,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arcgis_keywidget.models import Account, KeyRequest

_WIDE_GROUPS = ("General", "Admin")


def grantable(account: Account) -> frozenset[str]:
    """Return what the account may grant to a key: it holds the privilege itself, and its product offers it.

    Holding a privilege is necessary and not sufficient: members of ArcGIS Online were seen listed with
    privileges of Location Platform (a captured reply).
    """
    return frozenset(name for name in account.privileges if not _obstacle(account, name))


def needs_wide_scope(privileges: Iterable[str]) -> bool:
    """Whether a general or admin privilege is among these (the portal's ``isPersonalAPIToken``)."""
    known = (catalogue().get(name) for name in privileges)
    return any(one is not None and one.group[0] in _WIDE_GROUPS for one in known)


def personal_among(privileges: Iterable[str]) -> tuple[str, ...]:
    """Return those privileges that only a private application may hold."""
    known = catalogue()
    return tuple(name for name in privileges if canonical(name) in known and known[canonical(name)].personal)


def too_old_for_personal(account: Account) -> bool:
    """Whether this portal's keys cannot hold privileges of personal scope: Enterprise before 11.5."""
    return account.kind is AccountKind.ENTERPRISE and older(account.version, ENTERPRISE_WITH_PERSONAL)


def check_request(account: Account, request: KeyRequest) -> tuple[str, ...]:
    """Return the privileges to ask for under their present names, if this account may grant them all.

    Raises:
        PrivilegeError: the account may not make keys.
        FieldError: a privilege that it may not grant, or one for private applications only.
    """
    refuse_without_keys(account)
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


def refuse_without_keys(account: Account) -> None:
    """Refuse an account that may not make keys.

    Raises:
        PrivilegeError: with all that is missing, and who can add it.
    """
    if account.missing:
        labels = " and ".join(f"'{one.label}'" for one in account.missing)
        raise PrivilegeError(
            f"Your account may not make API keys: it lacks {labels}.", account.missing[0].hint
        )


def _obstacle(account: Account, name: str) -> str:
    """Return why the account may not grant a privilege, empty when it may."""
    known = catalogue().get(name)
    if name in data()["never_on_keys"]:
        return "is a privilege of people; no key can hold it."
    if known and account.kind not in known.accounts:
        return f"is not offered for {PRODUCTS[account.kind]} accounts."
    if name not in account.privileges:
        return "is not among the privileges of your account, so a key of yours cannot have it."
    if known and known.personal and too_old_for_personal(account):
        return "can be granted to keys from ArcGIS Enterprise 11.5 on."
    return ""
