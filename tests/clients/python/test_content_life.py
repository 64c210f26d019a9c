"""The `arcgis` package: folders and items, and what has become of legacy keys."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.matrix


@pytest.mark.parametrize("account", ["online", "enterprise"])
def test_the_life_of_folders_and_items(open_arcgis, account):
    """Every step returns what the package calls success, and shows in what it reads next."""
    arcgis = open_arcgis("ada", account=account)
    found = arcgis.run("content_life.py", arcgis.password)
    item = found["ids"][1]
    assert "Folder title 'Developer credentials' not available." in found["twice"]["text"]
    assert (found["moved"]["itemId"], found["changed"]) == (item, True)
    assert found["seen"] == {
        "title": "Renamed",
        "tags": ["one", "two"],
        "snippet": "Short",
        "ownerFolder": found["moved"]["folder"],
        "protected": False,
    }
    assert found["inside"] == ["In the folder", "Renamed"]
    assert found["renamed"]
    assert found["names"] == ["Developer credentials", "Older", "Root Folder"]
    assert (found["guarded"]["success"], found["freed"]["success"]) == (True, True)
    assert (found["may"], found["dry"]["can_delete"], found["dry again"]["can_delete"]) == (
        False,
        False,
        True,
    )
    assert "The item is protected." in found["refused"]["text"]
    assert (found["deleted"], found["mine"]) == (True, ["In the folder"])
    assert (found["emptied"], found["gone"]) == (True, [None, None])


def test_legacy_keys_are_no_more(open_arcgis):
    """The package's older manager finds none and makes none: the portal takes no such item."""
    arcgis = open_arcgis("grace", account="online")
    found = arcgis.run("legacy_keys.py", arcgis.password)
    assert (found["there"], found["keys"]) == (True, 0)
    refused = next(entry for entry in arcgis.requests if entry["operation"] == "addItem")
    assert refused["note"] == "error 400"
    assert [item["title"] for item in arcgis.portal.items_of("grace")] == ["Notebook sign-in (practice)"]
