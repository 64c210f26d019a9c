"""What an account lacks for making keys, and who can change that."""

from __future__ import annotations

from arcgis_keywidget.models import AccountKind, MissingPrivilege
from arcgis_keywidget.privileges.catalogue import ENTERPRISE_WITH_KEYS, data, older


def missing_for_keys(
    kind: AccountKind, version: str, held: frozenset[str], role: str = ""
) -> tuple[MissingPrivilege, ...]:
    """Return what an account lacks for making keys, and who can help.

    The owner of a Location Platform account may always make keys (documented), whatever is listed;
    such an account has one user, its administrator. Enterprise can from 11.4 on.
    """
    if kind is AccountKind.LOCATION_PLATFORM and role in {"", "org_admin"}:
        return ()
    if kind is AccountKind.ENTERPRISE and older(version, ENTERPRISE_WITH_KEYS):
        hint = "Older portals have no API key credentials; your administrator can upgrade it."
        return (MissingPrivilege(privilege="", label="ArcGIS Enterprise 11.4 or later", hint=hint),)
    hint = "An administrator can add it: Organization > Member roles > your role > General > Content."
    wanted: dict[str, str] = data()["to_create_keys"]
    return tuple(
        MissingPrivilege(privilege=name, label=label, hint=hint)
        for name, label in wanted.items()
        if name not in held
    )
