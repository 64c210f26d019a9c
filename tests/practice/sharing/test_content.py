"""Folders and items."""

from __future__ import annotations

import pytest

MISSING = "0" * 32


def error(reply):
    """Code, message code and details of an error reply."""
    found = reply["error"]
    return found["code"], found.get("messageCode"), found["details"]


async def test_folder_is_listed_at_once(ada):
    """A new folder has an id of 32 hex digits and stands in the next listing."""
    made = await ada(f"{ada.me}/createFolder", title="Developer credentials")
    listed = await ada(ada.me, method="GET")
    assert made["success"]
    assert len(made["folder"]["id"]) == 32
    assert [folder["title"] for folder in listed["folders"]] == ["Developer credentials"]
    assert listed["currentFolder"] is None


async def test_folder_refusals(ada, sam):
    """A taken title, none, a long one, and somebody else's content."""
    await ada(f"{ada.me}/createFolder", title="abc")
    taken = await ada(f"{ada.me}/createFolder", title="abc")
    assert taken["error"]["message"] == "Unable to create folder."
    assert error(taken) == (400, None, ["Folder title 'abc' not available."])
    assert error(await ada(f"{ada.me}/createFolder"))[0] == 400
    assert error(await ada(f"{ada.me}/createFolder", title="x" * 251))[0] == 400
    assert error(await sam(f"{ada.me}/createFolder", title="def")) == (403, "GWM_0003", [])
    assert (await sam(f"{sam.me}/createFolder", title="abc"))["success"]


async def test_item_in_a_folder(ada):
    """Added to a folder it is listed there, not in the root, and is known in both spellings of its path."""
    folder = (await ada(f"{ada.me}/createFolder", title="Keys"))["folder"]["id"]
    made = await ada(
        f"{ada.me}/{folder}/addItem", title="A key", type="Application", tags="a, b", typeKeywords='["akw-1"]'
    )
    assert made == {"success": True, "id": made["id"], "folder": folder}
    assert [item["id"] for item in (await ada(f"{ada.me}/{folder}"))["items"]] == [made["id"]]
    assert made["id"] not in [item["id"] for item in (await ada(ada.me))["items"]]
    for place in (ada.me, f"{ada.me}/{folder}"):
        item = (await ada(f"{place}/items/{made['id']}"))["item"]
        assert (item["ownerFolder"], item["tags"]) == (folder, ["a", "b"])
        assert item["typeKeywords"] == ["Application", "akw-1"]
        assert (item["apiToken1ExpirationDate"], item["apiToken2ExpirationDate"]) == (-1, -1)
    assert error(await ada(f"{ada.me}/{MISSING}/items/{made['id']}"))[1] == "CONT_0001"
    assert error(await ada(f"{ada.me}/{MISSING}/addItem", title="A", type="Application"))[0] == 400
    assert error(await ada(f"{ada.me}/{MISSING}"))[0] == 400


async def test_add_item_needs_title_and_type(ada, anyone):
    """Both are needed, a long title is refused, and so is a caller without a token."""
    for given in ({"title": "A"}, {"type": "Application"}, {}):
        reply = await ada(f"{ada.me}/addItem", **given)
        assert reply["error"]["message"] == "'type' and 'title' property required."
    assert error(await ada(f"{ada.me}/addItem", title="x" * 251, type="Application"))[0] == 400
    anonymous = await anyone(f"{ada.me}/addItem", title="A", type="Application")
    assert error(anonymous) == (499, "GWM_0003", ["Token Required"])


async def test_expiry_sent_with_add_item_is_not_kept(ada, clock):
    """A date holds only once the item is registered."""
    item = await ada.add(apiToken1ExpirationDate=str(clock.ms + 1_000_000))
    await ada.set_expiry(item)
    assert (await ada(f"content/items/{item}"))["apiToken1ExpirationDate"] == -1


async def test_update_changes_only_what_is_sent(ada):
    """Blanks change nothing, unless clearEmptyFields is true; the server's own keywords stay."""
    item = await ada.add(snippet="short", tags="one")
    path = f"{ada.me}/items/{item}/update"
    assert await ada(path, title="New", tags="", snippet="", typeKeywords="mine") == {
        "success": True,
        "id": item,
    }
    seen = await ada(f"content/items/{item}")
    assert (seen["title"], seen["tags"], seen["snippet"]) == ("New", ["one"], "short")
    assert seen["typeKeywords"] == ["Application", "mine"]
    await ada(path, tags="", snippet="", clearEmptyFields="true")
    seen = await ada(f"content/items/{item}")
    assert (seen["tags"], seen["snippet"]) == ([], None)
    assert error(await ada(path, title="x" * 251))[0] == 400


@pytest.mark.parametrize("end", ["1000", "soon", "99999999999999", "-2"])
async def test_expiry_must_be_ahead_within_a_year(ada, end):
    """Past, absurd and unreadable dates are refused."""
    item = await ada.add()
    await ada.register(item)
    assert error(await ada(f"{ada.me}/items/{item}/update", apiToken1ExpirationDate=end))[0] == 400


async def test_expiry_is_kept_in_whole_seconds(ada, clock):
    """No rounding to the end of the day; -1 takes the date away; the other slot is left alone."""
    item = await ada.add()
    await ada.register(item)
    await ada.set_expiry(item, days=366, slot=2)
    path = f"{ada.me}/items/{item}/update"
    await ada(path, apiToken1ExpirationDate=str(clock.ms + 5_999))
    seen = await ada(f"content/items/{item}")
    assert seen["apiToken1ExpirationDate"] == (clock.ms + 5_999) // 1000 * 1000
    assert seen["apiToken2ExpirationDate"] == (clock.ms + 366 * 86_400_000) // 1000 * 1000
    await ada(path, apiToken1ExpirationDate="-1")
    assert (await ada(f"content/items/{item}"))["apiToken1ExpirationDate"] == -1


async def test_strangers_neither_see_nor_touch(ada, sam, grace):
    """A private item does not exist for others; an administrator may look and delete."""
    item = await ada.add()
    for path in (f"content/items/{item}", f"{ada.me}/items/{item}", f"{ada.me}/items/{item}/delete"):
        assert error(await sam(path)) == (400, "CONT_0001", [])
    assert error(await ada(f"{sam.me}/items/{item}"))[1] == "CONT_0001"
    assert error(await sam(ada.me))[0] == 403
    assert (await grace(ada.me))["username"] == "ada"
    assert (await grace(f"content/items/{item}"))["ownerFolder"] is None
    assert await grace(f"{ada.me}/items/{item}/delete") == {"success": True, "itemId": item}


async def test_deleting_ends_app_and_keys(ada):
    """The item, its app and its key are gone together."""
    key, app = await ada.make_key()
    await ada(f"{ada.me}/items/{app['itemId']}/delete")
    assert error(await ada("portals/self", token=key))[0] == 498
    assert error(await ada(f"{ada.me}/items/{app['itemId']}"))[1] == "CONT_0001"
    assert error(await ada.mint(app))[0] == 400


async def test_listing_pages(open_portal, call_as):
    """Pages follow each other through nextStart, which ends at -1; num is at most 100."""
    ada = await call_as(open_portal(items=250)).sign_in()
    start, seen, sizes = 1, [], []
    while start != -1:
        page = await ada(ada.me, method="GET", start=start, num=1000, sortField="title", sortOrder="desc")
        seen += [item["title"].lower() for item in page["items"]]
        sizes.append(page["num"])
        start = page["nextStart"]
    assert sizes == [100, 100, 52]
    assert seen == sorted(seen, reverse=True)
    assert page["total"] == 252
    assert error(await ada(ada.me, start="x"))[0] == 400


async def test_items_straight_from_the_store(ada, portal):
    """What tests look at does not depend on requests."""
    item = await ada.add("Mine")
    layer, _, mine = portal.items_of("ada")
    assert (layer["id"], mine["id"], mine["title"]) == (portal.layer, item, "Mine")
    assert portal.items_of("sam") == []
