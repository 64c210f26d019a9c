"""A store and a log that cannot be written: one sentence, nothing half-kept, and all is well afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from arcgis_keywidget.practice.store import Store, StoreError

PRAGMAS = {"full": "PRAGMA max_page_count = 1", "read-only": "PRAGMA query_only = ON"}
CURES = {"full": "PRAGMA max_page_count = 1000000", "read-only": "PRAGMA query_only = OFF"}


@pytest.mark.parametrize("kind", PRAGMAS)
async def test_write_is_refused_in_arcgis_words(ada, portal, kind):
    """An error document with a clear sentence; reading goes on, and writing when there is room again."""
    before = portal.items_of("ada")
    portal.store.run(PRAGMAS[kind])
    sent = {"title": "x", "type": "Application", "description": "y" * 90_000}
    error = (await ada(f"{ada.me}/addItem", **sent))["error"]
    assert error["code"] == 500
    assert "store cannot be written: " in error["message"]
    assert ("full" if kind == "full" else "readonly") in error["message"]
    assert portal.items_of("ada") == before
    assert (await ada("community/self"))["username"] == "ada"
    portal.store.run(CURES[kind])
    assert await ada.add("Again")
    assert portal.items_of("ada")[:-1] == before


def test_second_portal_on_a_file_is_told(tmp_path):
    """Two at once would end each other's passwords; the second is refused until the first has closed it."""
    file = tmp_path / "class.sqlite"
    first = Store(file)
    first.run("SELECT 1 FROM people")
    with pytest.raises(StoreError, match="is in use by another process"):
        Store(file)
    first.close()
    Store(file).close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
async def test_a_full_log_ends_the_file_not_the_portal(open_portal, call_as, caplog):
    """The log says once that it ends; requests are answered and noted in memory."""
    portal = open_portal(log="/dev/full")
    caller = call_as(portal)
    for _ in range(2):
        assert (await caller("info"))["authInfo"]
    assert [record.getMessage() for record in caplog.records] == [
        "The request log ends here: No space left on device."
    ]
    assert len(portal.requests) == 2
