"""What chosen items are called: a request of the person's own knows only their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget.form.fields import PickedItem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arcgis_keywidget.models import Item


def unnamed(items: Iterable[PickedItem]) -> tuple[str, ...]:
    """Return the ids of those items that are called by them."""
    return tuple(item.id for item in items if item.title == item.id)


def named(items: Iterable[PickedItem], known: Iterable[PickedItem]) -> tuple[PickedItem, ...]:
    """Return items with those that are called by their ids as they are known elsewhere."""
    by_id = {item.id: item for item in known}
    return tuple(by_id.get(item.id, item) if item.title == item.id else item for item in items)


def picked(item: Item) -> PickedItem:
    """Return an item of the portal as one that is chosen."""
    return PickedItem(id=item.id, title=item.title, type=item.type, owner=item.owner, access=item.access)
