"""Folders and items."""

from __future__ import annotations

import pytest

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget.practice import PracticePortal

ADDRESS = "http://127.0.0.1:7443"


@pytest.fixture
def practice():
    """A portal with 250 more items of its first user."""
    portal = PracticePortal(items=250)
    yield portal
    portal.close()


async def test_items_come_in_pages(practice: PracticePortal, portal: Portal) -> None:
    """Every own layer once, over as many pages as it takes; nothing that is no layer."""
    found, start = [], 1
    while start is not None:
        page = await portal.search_items(start=start, num=100)
        found += page.items
        start = page.next_start
    assert len(found) == page.total == len({item.id for item in found})
    assert {item.type for item in found} == {"Feature Service"}
    assert {item.owner for item in found} == {"ada"}
    assert practice.layer in {item.id for item in found}


@pytest.mark.parametrize("text", ['" OR owner:"grace', "(", "AND", "type:", "*", "\\", "[a TO b]", "-"])
async def test_what_is_typed_is_never_read_as_a_query(portal: Portal, text: str) -> None:
    """Signs and operators are dropped; the answer is a page of the account's own, perhaps empty."""
    page = await portal.search_items(text)
    assert {item.owner for item in page.items} <= {"ada"}


async def test_words_are_found_by_their_beginning(practice: PracticePortal, portal: Portal) -> None:
    """As one types, capitals or not."""
    layer = next(item for item in practice.items_of("ada") if item["id"] == practice.layer)
    word = max(layer["title"].split(), key=len)
    page = await portal.search_items(word[:4].upper())
    assert practice.layer in {item.id for item in page.items}


async def test_folders_by_title(portal: Portal) -> None:
    """Sorted, and known to the next key: no request is spent on a folder that was listed."""
    assert await portal.folders() == ()
    for title in ("b", "A"):
        await portal.create_key(KeyRequest(folder=title, generate=False))
    assert [folder.title for folder in await portal.folders()] == ["A", "b"]
