"""What keys of an account cannot have, and why: said once, so that nobody looks for it in the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget.form import texts
from arcgis_keywidget.models import AccountKind
from arcgis_keywidget.privileges.grants import too_old_for_personal

if TYPE_CHECKING:
    from arcgis_keywidget.models import Account

_NOTES = {
    AccountKind.ENTERPRISE: (texts.NO_LOCATION_SERVICES,),
    AccountKind.ONLINE: (texts.UMBRELLA_PRIVILEGES, texts.STATIC_TILES_ELSEWHERE),
    AccountKind.LOCATION_PLATFORM: (texts.FINE_PRIVILEGES,),
}


def notes_on(account: Account) -> list[str]:
    """Return whole sentences on what keys of an account cannot have, and why."""
    notes = list(_NOTES[account.kind])
    if too_old_for_personal(account):
        notes.append(texts.NO_PERSONAL_PRIVILEGES)
    return notes
