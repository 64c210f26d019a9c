"""Folders and items with the `arcgis` package: make, list, rename, move, change, protect, delete."""

from __future__ import annotations

from arcgis.gis import GIS
from arcgis.gis._impl._dataclasses._contentds import ItemProperties, ItemTypeEnum
from script import answer, refusal


def live(given: dict) -> dict:
    """What each step returned, and what the portal showed after it."""
    gis = GIS(given["url"], **given["options"])
    folders = gis.content.folders
    folder = folders.create("Developer credentials")
    twice = refusal(lambda: folders.create("Developer credentials"))
    other = folders.create("Old")
    items = [
        add(place, title) for place, title in ((folder, "In the folder"), (folders.get(), "In the root"))
    ]
    item = items[1]
    moved = item.move(folder)
    changed = item.update({"title": "Renamed", "tags": "one,two", "snippet": "Short"})
    seen = gis.content.get(item.id)
    inside = sorted(found.title for found in folder.list())
    renamed = other.rename("Older")
    names = sorted(found.name for found in folders.list())
    guarded = item.protect()
    may, dry = item.can_delete, item.delete(dry_run=True)
    refused = refusal(item.delete)
    freed = item.protect(enable=False)
    dry_again = item.delete(dry_run=True)
    return {
        "folder": folder.name,
        "twice": twice,
        "ids": [found.id for found in items],
        "moved": moved,
        "changed": changed,
        "seen": {name: seen[name] for name in ("title", "tags", "snippet", "ownerFolder", "protected")},
        "inside": inside,
        "renamed": renamed,
        "names": names,
        "guarded": guarded,
        "may": may,
        "dry": dry,
        "refused": refused,
        "freed": freed,
        "dry again": dry_again,
        "deleted": item.delete(),
        "mine": sorted(found.title for found in gis.users.me.items(folder=folder.name)),
        "emptied": folder.delete(permanent=True),
        "gone": [gis.content.get(found.id) for found in items],
    }


def add(folder: object, title: str) -> object:
    """A new item, once the package has waited for it."""
    properties = ItemProperties(item_type=ItemTypeEnum.APPLICATION, title=title, tags=["class"])
    adding = folder.add(item_properties=properties)
    return adding.result()


answer(live)
