"""Searching through the portal: who sees what, and the index that lags behind."""

from __future__ import annotations

from arcgis_keywidget.practice.sharing.catalogue import LAG


async def titles(caller, q, **more):
    """The titles that a search finds."""
    return [item["title"] for item in (await caller("search", q=q, **more))["results"]]


async def test_index_lags_behind_writes(ada, clock):
    """New, changed: listed at once, found only after a moment; deleted: gone."""
    item = await ada.add("Fresh")
    assert item in [entry["id"] for entry in (await ada(ada.me))["items"]]
    assert await titles(ada, "title:fresh") == []
    clock.now += LAG
    assert await titles(ada, "title:fresh") == ["Fresh"]
    await ada(f"{ada.me}/items/{item}/update", title="Stale")
    assert await titles(ada, "title:stale") == []
    clock.now += LAG
    assert await titles(ada, "title:stale") == ["Stale"]
    await ada(f"{ada.me}/items/{item}/delete")
    assert await titles(ada, "title:stale") == []


async def test_everyone_finds_what_they_may_see(ada, sam, grace, anyone, portal):
    """A private item is found by its owner, an administrator and a key that holds it."""
    query = f"id:{portal.layer}"
    key, _ = await ada.make_key([f"portal:app:access:item:{portal.layer}"])
    other, _ = await ada.make_key()
    assert await titles(ada, query) == await titles(grace, query) == [portal.table.title]
    assert await titles(ada, query, token=key) == [portal.table.title]
    assert await titles(ada, query, token=other) == []
    assert await titles(sam, query) == await titles(anyone, query) == []


async def test_pages_filter_and_order(open_portal, call_as):
    """`filter` narrows `q`; pages end at -1; sorted both ways."""
    ada = await call_as(open_portal(items=30)).sign_in()
    page = await ada(
        "search", q="owner:ada", filter='type:"Web Map"', num=3, sortField="title", sortOrder="desc"
    )
    found = [item["title"].lower() for item in page["results"]]
    assert found == sorted(found, reverse=True)
    assert {item["type"] for item in page["results"]} == {"Web Map"}
    assert (page["query"], page["start"], page["num"], page["nextStart"]) == ("owner:ada", 1, 3, 4)
    last = await ada("search", q="owner:ada", start=10**30)
    after = await ada("search", q="owner:ada", start=-1)
    assert (after["total"], after["num"], after["nextStart"]) == (last["total"], 0, -1)
    assert after["results"] == []
    assert (last["results"], last["nextStart"]) == ([], -1)


async def test_a_broken_query_is_an_error(ada):
    """Neither a missing nor an unreadable query passes for an empty result."""
    for given in ({}, {"q": "("}):
        assert (await ada("search", **given))["error"]["code"] == 400


async def test_the_queries_of_official_clients(ada, clock):
    """What Esri's Python client, arcgis-rest-js's builder and the portal's page send finds credentials."""
    _, app = await ada.make_key()
    await ada.add("Plain")
    clock.now += LAG
    marks = 'type:("Application" AND typekeywords:"Registered App" AND typekeywords:"APIToken")'
    excluded = '-type:("Map Area" OR "Indoors Map Configuration" OR "Code Attachment")'
    listing = f'owner: ada  -typekeywords:("MapAreaPackage") {excluded} ({marks})'
    builder = 'owner:"ada" AND (type:"API Key" OR typekeywords:"Registered App" OR typekeywords:"APIToken")'
    order = {"sortField": "title", "sortOrder": "asc", "start": "1", "num": "100"}
    shown = {"displaySublayers": "true", "displayHighlights": "true", "sortField": "modified"}
    for sent in ({"q": listing, **order}, {"q": builder}, {"q": "", "filter": listing, **shown}):
        for method in ("GET", "POST"):
            found = await ada("search", method=method, **sent)
            assert [item["id"] for item in found["results"]] == [app["itemId"]]
            assert (found["total"], found["nextStart"]) == (1, -1)


async def test_odd_pages(ada):
    """Nothing asked for, more than there may be, orders that no item has, and `bbox` alone."""
    assert (await ada("search", q="*", num="0"))["results"] == []
    assert (await ada("search", q="*", num="1000", start="0"))["start"] == 1
    for field in ("numViews", "avgRating", "numComments", "relevance"):
        assert (await ada("search", q="*", sortField=field))["total"] >= 1
    assert (await ada("search", bbox="-10,-10,10,10"))["query"] == ""
    assert (await ada("search", q="*", start="x"))["error"]["code"] == 400
