"""What portals/self tells of the credential behind a key or an OAuth token: its `appInfo`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.models.credential import split_access
from arcgis_keywidget.models.portal import is_item_id

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class AppInfo:
    """An application as the bearer of one of its tokens sees it.

    Attributes:
        privileges: REST names, item access not among them.
        items: ids of the items that its keys open.
        expires: the end of the key that asked (UTC); None for what is no API key.
        owner: user name of whoever owns the credential, empty where it is not told.
    """

    client_id: str
    item_id: str
    title: str
    privileges: tuple[str, ...]
    items: tuple[str, ...]
    expires: datetime | None
    owner: str = ""


def read_app_info(document: Mapping[str, Any]) -> AppInfo | None:
    """Return the `appInfo` of a portals/self document, None where there is none."""
    info = document.get("appInfo")
    if not isinstance(info, dict):
        return None
    listed = info.get("privileges")
    names = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    privileges, opened = split_access(names)
    return AppInfo(
        client_id=_text(info, "appId"),
        item_id=_text(info, "itemId"),
        title=_text(info, "appTitle"),
        privileges=privileges,
        items=tuple(item for item in opened if is_item_id(item)),
        expires=read_moment(info.get("expirationDate")),
        owner=_text(info, "appOwner"),
    )


def _text(info: Mapping[str, Any], name: str) -> str:
    value = info.get(name)
    return value if isinstance(value, str) else ""


def read_moment(milliseconds: object) -> datetime | None:
    """Return a portal's date (milliseconds since 1970) in UTC, None for none (-1) and for what is no date."""
    if type(milliseconds) is not int or milliseconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).replace(microsecond=0)
    except (OverflowError, OSError, ValueError):  # no date that a calendar knows
        return None
