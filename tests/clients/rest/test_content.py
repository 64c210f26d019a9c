"""`@esri/arcgis-rest-portal`: folders and items."""

from __future__ import annotations

PACKAGE = "@esri/arcgis-rest-portal"
NEW_ITEM = ("POST addItem", {"f", "token", "title", "type", "tags", "snippet", "description"})
IN_FOLDER = (NEW_ITEM[0], {*NEW_ITEM[1], "folderId"})
TOKEN = {"f", "token"}
LISTING = ("GET content", {"f", "token", "start", "num"})


def test_the_life_of_folders_and_items(client):
    """Every step is answered as the package expects it, and the next request shows what it did."""
    found = client.run("content.mjs")
    folder, root, inside = (
        found["made"]["folder"]["id"],
        found["inRoot"]["id"],
        found["inFolder"]["id"],
    )
    assert found["made"]["folder"]["title"] == "Developer credentials"
    assert found["twice"]["details"] == ["Folder title 'Developer credentials' not available."]
    assert found["inFolder"]["folder"] == folder
    assert found["moved"] == {"success": True, "itemId": root, "owner": "ada", "folder": folder}
    assert found["changed"] == {"success": True, "id": root}
    assert [row["id"] for row in found["root"]["folders"]] == [folder]
    assert root not in [row["id"] for row in found["root"]["items"]]
    assert found["folder"]["total"] == 2
    assert found["folder"]["currentFolder"]["id"] == folder
    assert found["rest"]["nextStart"] == -1
    pages = [*found["folder"]["items"], *found["rest"]["items"]]
    assert {row["title"] for row in pages} == {"Renamed", "In the folder"}
    assert found["item"]["ownerFolder"] == folder
    assert found["item"]["tags"] == ["one"]
    assert found["item"]["snippet"] == "For a class"
    assert found["back"]["itemId"] == inside
    assert found["guarded"]["success"]
    assert found["freed"]["success"]
    assert found["removed"] == {"success": True, "itemId": root}
    assert found["emptied"]["folder"]["id"] == folder
    assert found["gone"]["code"] == "CONT_0001"
    assert inside in [row["id"] for row in found["left"]["items"]]
    assert root not in [row["id"] for row in found["left"]["items"]]
    assert found["left"]["folders"] == []


def test_a_protected_item_stays(client):
    """Deleting it is refused with CONT_0048."""
    assert client.run("content.mjs")["refused"]["code"] == "CONT_0048"


def test_what_the_package_sends(client):
    """The requests on content, with the names of their parameters, as Esri's package makes them."""
    client.run("content.mjs")
    assert client.sent[2:] == [
        ("POST createFolder", {*TOKEN, "title"}),
        ("POST createFolder", {*TOKEN, "title"}),
        NEW_ITEM,
        IN_FOLDER,
        ("POST move", {*TOKEN, "folder"}),
        ("POST update", {*TOKEN, "id", "title", "tags"}),
        *[LISTING] * 3,
        ("GET item", TOKEN),
        ("POST move", {*TOKEN, "folder"}),
        ("POST protect", TOKEN),
        ("POST delete", TOKEN),
        ("POST unprotect", TOKEN),
        ("POST delete", TOKEN),
        IN_FOLDER,
        ("POST deleteFolder", TOKEN),
        ("GET item", TOKEN),
        LISTING,
    ]
