"""Moving, protecting and deleting items and folders."""

from __future__ import annotations

import pytest

MISSING = "0" * 32
ACTIONS = ("status", "move", "protect", "unprotect", "canDelete", "delete")


def error(reply):
    """Code and message code of an error reply."""
    return reply["error"]["code"], reply["error"].get("messageCode")


async def make_folder(caller, title="Keys"):
    """A new folder's id."""
    return (await caller(f"{caller.me}/createFolder", title=title))["folder"]["id"]


async def items_in(caller, folder=""):
    """The ids of what is listed in a folder."""
    return [item["id"] for item in (await caller(f"{caller.me}/{folder}", num="100"))["items"]]


async def test_status_is_completed(ada):
    """Esri's Python client asks until it is, by GET, in both spellings of the path."""
    folder = await make_folder(ada)
    item = (await ada(f"{ada.me}/{folder}/addItem", title="A", type="Application"))["id"]
    for place in (ada.me, f"{ada.me}/{folder}"):
        reply = await ada(f"{place}/items/{item}/status", method="GET")
        assert reply == {"status": "completed", "statusMessage": "completed", "itemId": item}


async def test_move_into_a_folder_and_back(ada):
    """`/` is the root; a folder that is not there is refused and nothing moves."""
    item, folder = await ada.add(), await make_folder(ada)
    moved = await ada(f"{ada.me}/items/{item}/move", folder=folder)
    assert moved == {"success": True, "itemId": item, "owner": "ada", "folder": folder}
    assert await items_in(ada, folder) == [item]
    assert error(await ada(f"{ada.me}/items/{item}/move", folder=MISSING)) == (400, None)
    assert error(await ada(f"{ada.me}/items/{item}/move")) == (400, None)
    assert (await ada(f"{ada.me}/{folder}/items/{item}/move", folder="/"))["folder"] == "/"
    assert item in await items_in(ada)


async def test_many_at_once(ada, sam):
    """Each is moved or deleted by itself; a stranger's, an unknown and a protected one are told apart."""
    mine, kept, strange = await ada.add(), await ada.add(), await sam.add()
    folder = await make_folder(ada)
    ids = f"{mine},{strange},{MISSING},{kept}"
    moved = (await ada(f"{ada.me}/moveItems", items=ids, folder=folder))["results"]
    assert [result["success"] for result in moved] == [True, False, False, True]
    await ada(f"{ada.me}/items/{kept}/protect")
    deleted = (await ada(f"{ada.me}/deleteItems", items=ids))["results"]
    assert [result["success"] for result in deleted] == [True, False, False, False]
    assert deleted[1]["error"]["messageCode"] == "CONT_0001"
    assert deleted[3]["error"]["messageCode"] == "CONT_0048"
    assert await items_in(ada, folder) == [kept]
    assert await items_in(sam) == [strange]


@pytest.mark.parametrize("number", ["403", "400"])
async def test_protected_items_stay(open_portal, call_as, number):
    """`delete` and `canDelete` refuse alike, until it is unprotected; the number is a switch."""
    ada = await call_as(open_portal(switches={"protected": number})).sign_in()
    item = await ada.add()
    path = f"{ada.me}/items/{item}"
    assert await ada(f"{path}/canDelete", method="GET") == {"itemId": item, "success": True}
    assert await ada(f"{path}/protect") == {"success": True, "itemId": item}
    assert (await ada(f"content/items/{item}"))["protected"] is True
    for action in ("delete", "canDelete"):
        assert error(await ada(f"{path}/{action}")) == (int(number), "CONT_0048")
    assert (await ada(f"{path}/unprotect"))["success"]
    assert (await ada(f"{path}/delete", permanentDelete="true"))["success"]
    assert error(await ada(f"content/items/{item}")) == (400, "CONT_0001")


async def test_a_folder_goes_with_what_is_in_it(ada):
    """Its items and their keys end; a protected item in it holds the folder."""
    key, app = await ada.make_key()
    folder = await make_folder(ada)
    await ada(f"{ada.me}/items/{app['itemId']}/move", folder=folder)
    await ada(f"{ada.me}/items/{app['itemId']}/protect")
    assert error(await ada(f"{ada.me}/{folder}/delete"))[1] == "CONT_0048"
    await ada(f"{ada.me}/items/{app['itemId']}/unprotect")
    gone = await ada(f"{ada.me}/{folder}/delete")
    assert gone == {"success": True, "folder": {"username": "ada", "id": folder, "title": "Keys"}}
    assert error(await ada("portals/self", token=key)) == (498, None)
    assert error(await ada(f"{ada.me}/{folder}/delete")) == (400, None)


async def test_folder_titles_change(ada):
    """A taken title is refused with the documented words, in small letters too."""
    folder = await make_folder(ada)
    await make_folder(ada, "abc")
    for title in ("abc", "ABC"):
        taken = (await ada(f"{ada.me}/{folder}/updateFolder", newTitle=title))["error"]
        assert taken["message"] == "Unable to update folder."
        assert taken["details"] == [f"Folder title '{title}' not available."]
    assert await ada(f"{ada.me}/{folder}/updateFolder", newTitle="def") == {"success": True}
    assert [entry["title"] for entry in (await ada(ada.me))["folders"]] == ["def", "abc"]


@pytest.mark.parametrize("action", ACTIONS)
async def test_strangers_may_not(ada, sam, anyone, action):
    """Somebody else's private item does not exist for a member, and nobody acts without a token."""
    item = await ada.add()
    path = f"{ada.me}/items/{item}/{action}"
    assert error(await sam(path, folder="/")) == (400, "CONT_0001")
    assert error(await anyone(path, folder="/")) == (499, "GWM_0003")
    key, _ = await ada.make_key()
    assert error(await ada(path, token=key, folder="/")) == (403, "GWM_0003")
    assert item in await items_in(ada)


async def test_administrators_may(ada, grace):
    """They move, protect, look at and delete what is others', within the others' folders."""
    item, folder = await ada.add(), await make_folder(ada)
    path = f"{ada.me}/items/{item}"
    assert (await grace(f"{path}/move", folder=folder))["folder"] == folder
    assert (await grace(f"{path}/protect"))["success"]
    assert error(await grace(f"{path}/delete"))[1] == "CONT_0048"
    assert (await grace(f"{path}/unprotect"))["success"]
    assert (await grace(f"{path}/delete"))["success"]
