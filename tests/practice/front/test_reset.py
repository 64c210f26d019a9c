"""Back to the start: who may, what goes, what stays."""

from __future__ import annotations

import pytest

from arcgis_keywidget.practice import PracticePortal

RESET = "/practice/reset"


async def test_administrator_puts_everything_back(ada, grace, portal):
    """Items, folders, keys, other people's tokens, faults and the log go; passwords and her token stay."""
    before = portal.items_of("ada")
    key, _ = await ada.make_key()
    await ada(f"{ada.me}/createFolder", title="Class 1")
    portal.fail("search:error=500*0")
    assert await grace(RESET) == {"success": True}
    assert [entry["operation"] for entry in portal.requests] == ["reset"]
    assert (await grace("community/self"))["username"] == "grace"
    assert (await ada("community/self"))["error"]["code"] == 498
    assert (await ada("portals/self", token=key))["error"]["code"] == 498
    await ada.sign_in()
    assert portal.items_of("ada") == before
    assert (await ada(ada.me))["folders"] == []
    assert (await ada("search", q=f"id:{portal.layer}"))["total"] == 1


async def test_others_may_not(ada, sam, anyone, portal):
    """A publisher, a user, a key and nobody are refused, and nothing is lost."""
    key, _ = await ada.make_key()
    before = portal.items_of("ada")
    codes = [(await caller(RESET))["error"]["code"] for caller in (ada, sam, anyone)]
    assert codes == [403, 403, 499]
    assert (await anyone(RESET, token=key))["error"]["code"] == 403
    assert portal.items_of("ada") == before


async def test_no_link_can_do_it(ada, grace, anyone, portal):
    """Neither a GET, nor a token in the address, nor a page of another origin is let through."""
    item = await ada.add()
    got = await grace.send(RESET, method="GET")
    assert (got.status_code, got.json()["error"]["code"]) == (405, 405)
    address = await anyone.http.post(f"http://practice.test{RESET}?f=json&token={grace.token}")
    assert address.json()["error"]["code"] in {403, 498}
    before = await anyone.http.options(f"http://practice.test{RESET}")
    assert "access-control-allow-origin" not in before.headers
    assert item in {one["id"] for one in portal.items_of("ada")}


async def test_token_in_the_form_will_do(grace, anyone):
    """For those who cannot set a header."""
    sent = {"f": "json", "token": grace.token}
    reply = await anyone.http.post(
        f"http://practice.test{RESET}", data=sent, headers={"Referer": "https://notebook.example"}
    )
    assert reply.json() == {"success": True}


async def test_seeded_items_come_back(open_portal, call_as):
    """The same items as at the start, and the faults of the start, armed anew."""
    portal = open_portal(items=300, seed=4, faults=["addItem:error=500"])
    before = portal.items_of("ada")
    ada = await call_as(portal).sign_in()
    assert (await ada(f"{ada.me}/addItem", title="x", type="Application"))["error"]["code"] == 500
    await ada(f"{ada.me}/items/{before[5]['id']}/delete")
    portal.reset()
    assert portal.items_of("ada") == before
    assert portal.faults.armed == ["addItem:error=500*1"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"items": -1}, "between 0 and 100,000"),
        ({"items": 100_001}, "between 0 and 100,000; not 100,001"),
        ({"latency": -1}, "0 to 60,000 milliseconds|between 0 and 60,000"),
        ({"latency": float("nan")}, "milliseconds"),
    ],
)
def test_numbers_out_of_bounds_are_refused(options, words):
    """A sentence with the limits, before anything is made."""
    with pytest.raises(ValueError, match=words):
        PracticePortal(**options)
