"""Which credential is meant by an id or a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from arcgis_keywidget.cli.progress import counted
from arcgis_keywidget.cli.wording import slots, visible
from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.models import is_item_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.portal import BlockingPortal


def find_one(portal: BlockingPortal, name: str) -> KeyCredential:
    """Return the credential of an id or a title; large and small letters of a title are the same.

    Raises:
        KeyWidgetError: there is none, or the title is that of several, which are told with their ids.
    """
    item = as_id(name)
    if item:
        return portal.read_key(item)
    found = titled(read_all(portal), name)
    if not found:
        raise KeyWidgetError(
            "None of your keys has this title.",
            "'arcgis-keywidget list' tells them; one that was made a moment ago is found by its id first.",
        )
    if len(found) > 1:
        tell_all(found)
        raise KeyWidgetError(f"{len(found)} of your keys have this title.", "Name the one by its id.")
    return found[0]


def read_all(
    portal: BlockingPortal, title: str | None = None, tag: str | None = None
) -> tuple[KeyCredential, ...]:
    """Return the credentials of the account, counted for somebody who waits."""
    with counted() as tell:
        return portal.list_keys(title=title, tag=tag, on_key=tell)


def as_id(name: str) -> str:
    """Return the item id that a name is, empty where it is a title."""
    name = name.strip().lower()
    return name if is_item_id(name) else ""


def titled(credentials: Iterable[KeyCredential], title: str) -> list[KeyCredential]:
    """Return the credentials of a title, letter by letter: an asterisk is one."""
    return [one for one in credentials if _plain(one.title) == _plain(title)]


def tell_all(credentials: Iterable[KeyCredential]) -> None:
    """Tell credentials on standard error, a line each."""
    for one in credentials:
        place = f", in {visible(one.folder)}" if one.folder else ""
        click.echo(f"  {visible(one.item_id)}  {visible(one.title)} ({slots(one)}{place})", err=True)


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()
