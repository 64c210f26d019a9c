"""Faults on demand, without a socket; those that need one are in `test_server`."""

from __future__ import annotations

import asyncio
import json
import time

import pytest


async def test_error_replaces_the_work(ada, portal):
    """ArcGIS's body with the wanted code, once, and nothing done."""
    portal.fail("createFolder:error=500")
    assert (await ada(f"{ada.me}/createFolder", title="A"))["error"]["code"] == 500
    assert (await ada(ada.me))["folders"] == []
    assert (await ada(f"{ada.me}/createFolder", title="A"))["success"]


async def test_http_and_html(ada, portal):
    """A true status, and the page of a captive proxy; both do no work."""
    portal.fail("addItem:http=503")
    portal.fail("addItem:html")
    replies = [await ada.send(f"{ada.me}/addItem", title="A", type="Application") for _ in range(2)]
    assert [reply.status_code for reply in replies] == [503, 200]
    assert all(reply.headers["content-type"].startswith("text/html") for reply in replies)
    assert len(portal.items_of("ada")) == len(portal.tables)


async def test_half_is_cut_after_the_work(ada, portal):
    """The reply is no JSON any more, but the item is there."""
    portal.fail("addItem:half")
    reply = await ada.send(f"{ada.me}/addItem", title="A", type="Application")
    with pytest.raises(json.JSONDecodeError):
        reply.json()
    assert portal.items_of("ada")[-1]["title"] == "A"


async def test_slow_answers_right(ada, portal):
    """The answer comes, late."""
    portal.fail("portals/self:slow=0.01")
    assert (await ada("portals/self"))["user"]["username"] == "ada"
    assert portal.requests[-1]["note"] == "fault slow"


async def test_drops_without_a_server(ada, portal):
    """The client sees the connection fail; after the work, or before it."""
    for kind, added in (("drop-before", 0), ("drop-after", 1)):
        portal.fail(f"addItem:{kind}")
        with pytest.raises(ConnectionResetError):
            await ada.add()
        assert len(portal.items_of("ada")) == len(portal.tables) + added
        assert (portal.requests[-1]["status"], portal.requests[-1]["note"]) == (None, f"fault {kind}")


async def test_counts_and_healing(ada, portal):
    """`*2` is two requests, `*0` every one until healed; other operations are left alone."""
    portal.fail("search:error=403*2")
    found = [await ada("search", q="owner:ada") for _ in range(3)]
    assert ["error" in reply for reply in found] == [True, True, False]
    portal.fail("search:error=498*0")
    assert all([(await ada("search", q="*"))["error"]["code"] == 498 for _ in range(3)])
    assert "error" not in await ada("community/self")
    portal.heal()
    assert "results" in await ada("search", q="*")


@pytest.mark.parametrize(
    "spec", ["", "addItem", "other:html", "addItem:other", "addItem:html=1", "addItem:http", "addItem:slow=x"]
)
def test_unknown_faults_are_refused(portal, spec):
    """Operation and kind must be known, and a number stand where one is needed."""
    with pytest.raises(ValueError, match="none of"):
        portal.fail(spec)


@pytest.mark.parametrize("status", [401, 403, 429])
async def test_refusals_of_services_have_arcgis_words(ada, portal, status):
    """A true status with an error document, and never a word about when to come back."""
    portal.fail(f"search:http={status}")
    reply = await ada.send("search", q="*")
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, status)
    assert "retry-after" not in reply.headers
    assert (await ada.send("search", q="*")).status_code == 200


async def test_armed_faults_are_listed_as_they_are_given(portal):
    """What the list says can be armed again."""
    specs = ["addItem:drop-after*1", "token:slow=0.5*2", "search:error=498*0"]
    for spec in specs:
        portal.fail(spec)
    assert portal.faults.armed == specs
    portal.heal()
    for spec in specs:
        portal.fail(spec)
    assert portal.faults.armed == specs


async def test_latency_is_for_every_reply_and_for_each_alone(open_portal, call_as):
    """Ten requests at once wait together, not one after the other."""
    portal = open_portal(latency=100)
    caller = call_as(portal)
    begin = time.perf_counter()
    replies = await asyncio.gather(*(caller.send("info") for _ in range(10)))
    took = time.perf_counter() - begin
    assert {reply.status_code for reply in replies} == {200}
    assert took >= 0.1
    portal.latency = 0
    assert (await caller.send("info")).status_code == 200
