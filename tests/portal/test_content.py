"""Folders and items."""

from __future__ import annotations

import time

import httpx
import pytest

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget.errors import FieldError
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


async def test_each_kind_finds_its_own(practice: PracticePortal, portal: Portal) -> None:
    """Layers, maps, and both together; credentials are no content to open."""
    await portal.create_key(KeyRequest("Capitals key", generate=False))
    pages = {kinds: await portal.search_items(kinds=kinds) for kinds in ("layers", "maps", "files", "all")}
    assert {item.type for item in pages["maps"].items} == {"Web Map"}
    assert pages["files"].total == 0
    assert pages["all"].total == pages["layers"].total + pages["maps"].total
    practice.clock = lambda: time.time() + 60  # the index sees it by then
    assert (await portal.search_items("capitals key", kinds="all")).total == 0


async def test_an_unknown_kind_is_not_asked_for(practice: PracticePortal, portal: Portal) -> None:
    """It names those that there are."""
    sent = len(practice.requests)
    with pytest.raises(FieldError, match="layers, maps, files, all"):
        await portal.search_items(kinds="apps")
    assert len(practice.requests) == sent


async def test_items_of_others(practice: PracticePortal, transport) -> None:
    """One's own by default; all that can be seen but the public ones with `*`; or one person's."""
    with practice.store.writing():
        practice.store.run("UPDATE items SET access = 'org'")
        practice.store.run("UPDATE catalogue SET access = 'org'")
    public = next(item for item in practice.items_of("ada") if item["type"] == "Web Map")
    async with Portal(ADDRESS, transport=transport) as portal:
        await portal.sign_in("grace", practice.users[1].password)
        assert (await portal.search_items()).total == 0
        everybody = await portal.search_items(owner="*")
        assert everybody.total == (await portal.search_items(owner="ada")).total > 100
        with practice.store.writing():
            practice.store.run("UPDATE catalogue SET access = 'public' WHERE item = ?", public["id"])
        own = (await portal.search_items(owner="ada", kinds="maps")).total
        assert (await portal.search_items(owner="*", kinds="maps")).total == own - 1
        assert (await portal.search_items(owner='x" OR owner:"ada')).total == 0


async def test_a_hundred_thousand_items_are_searched_where_they_are() -> None:
    """A page is one request and at most a hundred items, first to last; an id is found at once."""
    practice = PracticePortal(items=100_000, seed=1)
    try:
        async with Portal(ADDRESS, transport=httpx.ASGITransport(practice)) as portal:
            await portal.sign_in("ada", practice.users[0].password)
            sent = len(practice.requests)
            first = await portal.search_items(kinds="all", num=1000)
            assert (len(first.items), first.total) == (100, 100_002)
            last = await portal.search_items(kinds="all", start=first.total - 4, num=100)
            assert (len(last.items), last.next_start) == (5, None)
            number = last.items[0].title.split()[-1]
            found = await portal.search_items(number, kinds="all")
            assert last.items[0] in found.items
            assert (await portal.find_items(last.items[-1].id)).items == last.items[-1:]
            assert len(practice.requests) - sent == 4
    finally:
        practice.close()
