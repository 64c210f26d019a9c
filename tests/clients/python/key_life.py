"""The life of an API key credential with the package's DeveloperCredentialManager."""

from __future__ import annotations

import datetime as dt
import time

from arcgis.gis import GIS
from arcgis.gis.admin._stokenmgr import DeveloperCredentialManager
from script import answer, refusal

BASEMAPS, PLACES = "premium:user:basemaps", "premium:user:places"


def live(given: dict) -> dict:
    """Create, generate, regenerate, edit, revoke, list, delete; what each step returned."""
    gis = GIS(given["url"], **given["options"])
    # A member who is no administrator has no `gis.admin`; the manager itself asks for no more than a session.
    manager = DeveloperCredentialManager(gis) if given["directly"] else gis.admin.developer_credentials
    privileges = given["privileges"]
    now = dt.datetime.now()  # noqa: DTZ005 (the package compares it with a time that has no zone)
    end = now + dt.timedelta(days=30)
    folder = gis.content.folders.create("Developer credentials")
    made = manager.create(
        "A key", privileges[:1], ["https://example.com"], end, folder=folder, tags=["class"], snippet="Short"
    )
    item = made._item
    first = made.generate_token(1, end)
    second = made.generate_token(2, end)
    taken = refusal(lambda: made.generate_token(1, end))
    third = made.regenerate_token(1, end)
    revoked = made.revoke(2)
    after_revoke = slots(gis, item.id)
    edited = made.update(privileges=privileges, referers=["https://example.com"])
    after_edit = slots(gis, item.id)
    info = gis.content.get(item.id).app_info
    again = made.generate_token(1, end)
    return {
        "item": {name: item[name] for name in ("id", "title", "type", "typeKeywords", "tags", "ownerFolder")},
        "folder": folder.name,
        "keys": [reply["access_token"] for reply in (first, second, third, again)],
        "expires_in": first["expires_in"],
        "taken": taken,
        "revoked": revoked,
        "after revoke": after_revoke,
        "edited": edited,
        "after edit": after_edit,
        "privileges": info["privileges"],
        "referrers": info["httpReferrers"],
        "personal": info["isPersonalAPIToken"],
        "listed": list_keys(manager),
        "got": manager.get(item.id)._item.title,
        "deleted": made.delete(),
        "gone": gis.content.get(item.id) is None,
        "too late": refusal(lambda: manager.create("Late", privileges, [], now + dt.timedelta(days=366))),
    }


def list_keys(manager: DeveloperCredentialManager) -> list[str]:
    """The credentials that the package lists: it searches, and the index comes after a moment."""
    end = time.monotonic() + 30
    while not (found := [one._item.id for one in manager.list()]) and time.monotonic() < end:
        time.sleep(0.5)
    return found


def slots(gis: GIS, item: str) -> list[bool]:
    """Which slots hold a key."""
    info = gis.content.get(item).app_info
    return [info["apiToken1Active"], info["apiToken2Active"]]


answer(live)
