"""The account's content: folders and items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from arcgis_keywidget._http import need
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import Folder, Item, ItemPage
from arcgis_keywidget.portal.rest import content_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

    from arcgis_keywidget.portal.rest import SharingRest

PAGE = 100
"""Most entries a portal puts on one page (documented)."""

_MOST_PAGES = 20  # a new item is among the newest; accounts hold 100,000, portals may page in circles
_TYPES = {
    "layers": (
        *("Feature Service", "Map Service", "Vector Tile Service", "Image Service", "Scene Service"),
        *("Feature Collection", "Group Layer"),
    ),
    "maps": ("Web Map", "Web Scene"),
    "files": (
        *(
            "CSV",
            "CSV Collection",
            "Microsoft Excel",
            "GeoJson",
            "GeoPackage",
            "Shapefile",
            "KML",
            "KML Collection",
        ),
        *("File Geodatabase", "Service Definition", "Tile Package", "Vector Tile Package", "Scene Package"),
        *("PDF", "Image", "Image Collection", "Microsoft Word", "Microsoft Powerpoint", "Document Link"),
    ),
}
# A phrase finds longer types too, such as Web Mapping Application; credentials are no content to open.
_NEVER = '-type:"Web Mapping Application" -typekeywords:"APIToken"'
KINDS = (*_TYPES, "all")
"""What a search can be narrowed to; the names of the types are documented (items and item types)."""


async def list_folders(rest: SharingRest, username: str) -> tuple[Folder, ...]:
    """Return the account's folders, by title (1 request)."""
    document = await rest.get(content_of(username), start="1", num="1")
    folders = [_folder(entry) for entry in need_list(document, "folders")] if document.get("folders") else []
    return tuple(sorted(folders, key=lambda folder: folder.title.casefold()))


def pick_folder(folders: Iterable[Folder], title: str) -> Folder | None:
    """The folder with a title; to a portal, large and small letters are the same in it (documented)."""
    return next((folder for folder in folders if folder.title.casefold() == title.casefold()), None)


async def create_folder(rest: SharingRest, username: str, title: str) -> Folder:
    """Make a folder and return it (1 request).

    Raises:
        PortalError: code 400 where the title is taken.
    """
    reply = await rest.post(f"{content_of(username)}/createFolder", {"title": title})
    return _folder(need(reply, "folder", dict))


async def search_items(rest: SharingRest, query: str, start: int, num: int) -> ItemPage:
    """Return one page of what a query finds, the last changed first (1 request)."""
    document = await rest.get(
        "search",
        q=query,
        start=str(max(1, start)),
        num=str(min(max(1, num), PAGE)),
        sortField="modified",
        sortOrder="desc",
    )
    following = document.get("nextStart")
    total = document.get("total")
    return ItemPage(
        items=tuple(read_item(entry) for entry in need_list(document, "results")),
        total=total if isinstance(total, int) else 0,
        next_start=following if isinstance(following, int) and following > 0 else None,
    )


def query_for(username: str, text: str, kinds: str, owner: str) -> str:
    """Return the search for words, of one's own items, of all that can be seen (``*``) or of one person's.

    What everyone may see needs no key, so a search of all leaves it out.

    Raises:
        FieldError: no such kinds.
    """
    if kinds not in KINDS:
        raise FieldError("kinds", f"Choose one of {', '.join(KINDS)}.")
    words = [f"{word}*" for word in re.findall(r"\w+", text.lower())]  # operators are capitals: none is left
    name = re.sub(r'["\\]', "", owner.strip() or username)
    whose = "access:(private OR shared OR org)" if name == "*" else f'owner:"{name}"'
    types = " OR ".join(f'"{kind}"' for kind in _TYPES.get(kinds, ()))
    return " AND ".join([whose, *([f"type:({types})"] if types else []), *words]) + f" {_NEVER}"


async def newest_items(
    rest: SharingRest, username: str, folder: Folder | None
) -> AsyncGenerator[dict[str, Any], None]:
    """Go through the newest items of a folder, or of the root, up to 2,000 (1 request a page)."""
    path = content_of(username) + (f"/{folder.id}" if folder else "")
    start = 1
    for _ in range(_MOST_PAGES):
        document = await rest.get(
            path, start=str(start), num=str(PAGE), sortField="created", sortOrder="desc"
        )
        for entry in need_list(document, "items"):
            yield entry
        following = document.get("nextStart")
        if not (isinstance(following, int) and following > start):
            return
        start = following


def need_list(document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return a list of documents that must be there; it may be empty."""
    if document.get(name) == []:
        return []
    return [entry for entry in need(document, name, list) if isinstance(entry, dict)]


def _folder(entry: dict[str, Any]) -> Folder:
    return Folder(id=need(entry, "id", str), title=need(entry, "title", str))


def read_item(entry: dict[str, Any]) -> Item:
    """Return what choosing an item needs of its document."""
    url = entry.get("url")
    return Item(
        id=need(entry, "id", str),
        title=str(entry.get("title") or ""),
        type=str(entry.get("type") or ""),
        owner=str(entry.get("owner") or ""),
        access=str(entry.get("access") or ""),
        url=url if isinstance(url, str) else None,
    )
