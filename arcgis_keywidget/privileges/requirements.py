"""What an account lacks for making keys, and who can change that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget.models import AccountKind, MissingPrivilege
from arcgis_keywidget.privileges.catalogue import ENTERPRISE_WITH_KEYS, data, older

if TYPE_CHECKING:
    from arcgis_keywidget.models import Account

_ADMIN = "org_admin"
_PERSONAL = "personal use"
# User types below Creator, by their names; their members hold none of the privileges, whatever their role.
_TOO_SMALL = frozenset({"Viewer", "Lite", "Editor", "Contributor", "Mobile Worker", "Level 1"})
_WHERE = "General > Content"
_ROWS = {"portal:user:createItem": "Create, update, and delete"}  # where the role editor has other words

_NEW_ENTERPRISE = MissingPrivilege(
    privilege="",
    label="ArcGIS Enterprise 11.4 or later",
    hint="Older portals have no API key credentials; your administrator can upgrade it.",
)
_SUBSCRIPTION = MissingPrivilege(
    privilege="",
    label="A subscription with API keys",
    hint="ArcGIS for Personal Use has none, even for its administrator. Nobody can add them; make the key "
    "with an ArcGIS Location Platform account.",
)


def missing_for_keys(account: Account) -> tuple[MissingPrivilege, ...]:
    """Return what an account lacks for making keys, and who can help.

    The owner of a Location Platform account may always make keys (documented), whatever is listed;
    such an account has one user, its administrator. Enterprise can from 11.4 on.
    """
    if account.kind is AccountKind.LOCATION_PLATFORM and account.role in {"", _ADMIN}:
        return ()
    if account.kind is AccountKind.ENTERPRISE and older(account.version, ENTERPRISE_WITH_KEYS):
        return (_NEW_ENTERPRISE,)
    if account.kind is AccountKind.ONLINE and _PERSONAL in account.subscription.lower():
        return (_SUBSCRIPTION,)
    wanted: dict[str, str] = data()["to_create_keys"]
    missing = tuple(
        MissingPrivilege(privilege=name, label=label, hint=_hint(account, _ROWS.get(name)))
        for name, label in wanted.items()
        if name not in account.privileges
    )
    return (*_user_type(account), *missing) if missing else ()


def _user_type(account: Account) -> tuple[MissingPrivilege, ...]:
    if account.user_type not in _TOO_SMALL:
        return ()
    hint = (
        f"Yours is {account.user_type}, which cannot have the privileges. An administrator can change it: "
        "Organization > Members > your name > Manage user type."
    )
    return (MissingPrivilege(privilege="", label="User type Creator or higher", hint=hint),)


def _hint(account: Account, row: str | None) -> str:
    where = f"{_WHERE} > {row}" if row else _WHERE  # the label is told already
    roles = "Organization > Settings > Member roles"
    if account.role == _ADMIN and not account.role_id:
        return (
            "Administrators have it where the subscription includes API keys, and yours seems not to; ask "
            "Esri, or make the key with an ArcGIS Location Platform account."
        )
    if account.role_id:
        name = f"'{account.role_name}'" if account.role_name else "your role"
        return f"An administrator can add what is missing: {roles} > {name} > {where}."
    role = f"the built-in role {account.role_name}" if account.role_name else "your role"
    custom = f"a custom role that has it ({roles} > {where})"
    return f"An administrator can give you {custom}; {role} cannot be changed."
