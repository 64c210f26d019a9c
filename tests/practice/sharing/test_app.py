"""Editing and ending a credential: what voids its keys, and what does not."""

from __future__ import annotations

import json

import pytest

REST = "http://practice.test/sharing/rest"
LAYER = "portal:app:access:item:"
OTHER = '["premium:user:basemaps"]'
ELSEWHERE = '["https://notebook.example"]'


def code(reply):
    """Code and message code of an error reply."""
    return reply["error"]["code"], reply["error"].get("messageCode")


async def make_both(caller):
    """A credential with both slots live: its app and the two keys."""
    first, app = await caller.make_key()
    await caller.set_expiry(app["itemId"], slot=2)
    return app, [first, (await caller.mint(app, 2))["access_token"]]


async def alive(caller, keys):
    """For each key, whether the portal takes it."""
    replies = [await caller("portals/self", token=key) for key in keys]
    return ["error" not in reply for reply in replies]


async def edit(caller, app, **changes):
    """One edit of an app; its document."""
    return await caller(f"oauth2/apps/{app['client_id']}/update", **changes)


@pytest.mark.parametrize("change", [{"privileges": OTHER}, {"httpReferrers": ELSEWHERE}])
async def test_edits_end_both_keys(ada, change):
    """Privileges and referrers: both keys are dead at once, and the reply says so."""
    app, keys = await make_both(ada)
    edited = await edit(ada, app, **change)
    assert (edited["apiToken1Active"], edited["apiToken2Active"]) == (False, False)
    assert await alive(ada, keys) == [False, False]
    assert [edited[name] for name in change] == [json.loads(value) for value in change.values()]


async def test_granting_an_item_ends_both_keys(ada, portal):
    """Item access stands in the same array as the privileges."""
    app, keys = await make_both(ada)
    await edit(ada, app, privileges=json.dumps([*app["privileges"], LAYER + portal.layer]))
    assert await alive(ada, keys) == [False, False]


async def test_other_edits_leave_keys_alive(ada):
    """Title, folder, protection, redirect URIs, the other slot's date, and an edit that alters nothing."""
    app, keys = await make_both(ada)
    item, folder = app["itemId"], (await ada(f"{ada.me}/createFolder", title="Keys"))["folder"]["id"]
    await ada(f"{ada.me}/items/{item}/update", title="Another", tags="a", snippet="b")
    await ada.set_expiry(item, days=30, slot=2)
    await ada(f"{ada.me}/items/{item}/move", folder=folder)
    await ada(f"{ada.me}/items/{item}/protect")
    await edit(ada, app, redirect_uris='["urn:x"]')
    same = await edit(ada, app, privileges=json.dumps(app["privileges"][::-1]), httpReferrers="[]")
    assert (same["apiToken1Active"], same["apiToken2Active"]) == (True, True)
    assert await alive(ada, keys) == [True, True]


@pytest.mark.parametrize(
    ("choice", "change", "left"),
    [
        ("keep", {"privileges": OTHER}, [True, True]),
        ("void", {"httpReferrers": "[]"}, [False, False]),
        ("void", {"redirect_uris": '["urn:x"]'}, [True, True]),
    ],
)
async def test_what_edits_do_can_be_switched(open_portal, call_as, choice, change, left):
    """`keep` ends nothing; `void` ends keys also when the values stay the same."""
    ada = await call_as(open_portal(switches={"edits": choice})).sign_in()
    app, keys = await make_both(ada)
    await edit(ada, app, **change)
    assert await alive(ada, keys) == left


async def test_a_kept_key_has_the_new_privileges(open_portal, call_as):
    """Where edits keep keys alive, they open what the credential grants now."""
    portal = open_portal(switches={"edits": "keep"})
    ada = await call_as(portal).sign_in()
    app, (key, _) = await make_both(ada)
    await edit(ada, app, privileges=OTHER)
    assert (await ada("portals/self", token=key))["appInfo"]["privileges"] == json.loads(OTHER)


async def test_spellings_of_arrays(ada):
    """JSON, repeated keys and a bare string; blanks leave as it is, `[]` empties."""
    _, app = await ada.make_key()
    url = f"{REST}/oauth2/apps/{app['client_id']}/update"
    form = {"f": "json", "httpReferrers": ["https://a.example", "https://b.example"]}
    signed = {"X-Esri-Authorization": f"Bearer {ada.token}", "Referer": "https://notebook.example"}
    repeated = (await ada.http.post(url, data=form, headers=signed)).json()
    assert repeated["httpReferrers"] == ["https://a.example", "https://b.example"]
    assert (await edit(ada, app, httpReferrers="https://c.example"))["httpReferrers"] == ["https://c.example"]
    assert (await edit(ada, app, httpReferrers=" "))["httpReferrers"] == ["https://c.example"]
    assert (await edit(ada, app, httpReferrers="[]"))["httpReferrers"] == []
    assert (await edit(ada, app))["privileges"] == app["privileges"]


async def test_edits_are_the_owners_and_within_her_rights(ada, sam, grace):
    """A stranger is refused, an administrator is not; unknown apps and invalid privileges change nothing."""
    key, app = await ada.make_key()
    assert code(await edit(sam, app, privileges=OTHER)) == (403, "GWM_0003")
    assert code(await edit(ada, {"client_id": "nobody"})) == (400, "CONT_0001")
    assert code(await edit(ada, app, privileges='["portal:admin:viewUsers"]'))[0] == 500
    assert code(await edit(ada, app, privileges='{"a": 1}x'))[0] == 500
    assert await alive(ada, [key]) == [True]
    assert (await edit(grace, app, privileges=OTHER))["privileges"] == json.loads(OTHER)


async def test_nobody_is_granted_more_than_she_holds(ada, grace):
    """An administrator cannot lend her own privileges to a member, who could make keys of them."""
    _, app = await ada.make_key()
    reply = await edit(grace, app, privileges='["portal:admin:viewItems"]')
    assert reply["error"]["message"] == "Invalid Privileges: portal:admin:viewItems"
    assert (await ada.register_info(app["itemId"]))["privileges"] == app["privileges"]


async def test_unregistering_leaves_a_plain_item(ada):
    """The marks, the dates and the keys go; the item can be registered again."""
    key, app = await ada.make_key()
    gone = await ada(f"oauth2/apps/{app['client_id']}/unregister")
    assert gone == {"success": True, "itemId": app["itemId"]}
    item = await ada(f"content/items/{app['itemId']}")
    assert (item["typeKeywords"], item["apiToken1ExpirationDate"]) == (["Application"], -1)
    assert await alive(ada, [key]) == [False]
    assert code(await ada.register_info(app["itemId"])) == (400, "CONT_0001")
    assert "client_id" in await ada.register(app["itemId"])


async def test_deleting_the_item_ends_its_keys(ada):
    """Both die with the credential."""
    app, keys = await make_both(ada)
    await ada(f"{ada.me}/items/{app['itemId']}/delete")
    assert await alive(ada, keys) == [False, False]


async def test_legacy_keys_are_no_more(ada, anyone):
    """They cannot be registered, added, reset or used; the list of them is empty."""
    item, (_, app) = await ada.add(), await ada.make_key()
    refused = [
        await ada("oauth2/registerApp", itemId=item, appType="apikey"),
        await ada(f"{ada.me}/addItem", title="A", type="API Key"),
        await ada(f"oauth2/apps/{app['client_id']}/resetApiKey"),
    ]
    assert [reply["error"]["code"] for reply in refused] == [400, 400, 400]
    assert "Legacy API keys" in refused[0]["error"]["details"][0]
    used = (await anyone("portals/self", token="AAPK" + "0" * 96))["error"]
    assert (used["code"], used["message"]) == (498, "Invalid token.")
    assert "retired" in used["details"][0]
    assert (await ada("portals/self/apiKeys"))["apiKeys"] == []


async def test_whether_a_key_is_valid(ada, anyone):
    """Live and with the privileges asked about, as Esri's Python client asks; nobody asks without a token."""
    key, app = await ada.make_key(["premium:user:basemaps"])
    ask = "oauth2/validateApiKey"
    assert await ada(ask, key=key, privilege="premium:user:basemaps") == {"valid": True}
    assert await ada(ask, key=key, privilege="premium:user:basemaps,premium:user:places") == {"valid": False}
    assert await ada(ask, key="AAPK" + "0" * 96) == {"valid": False}
    assert code(await ada(ask)) == (400, None)
    assert code(await anyone(ask, key=key))[0] == 499
    await ada(f"{ada.me}/items/{app['itemId']}/delete")
    assert await ada(ask, key=key) == {"valid": False}


async def test_an_administrators_key_rotates_others(ada, grace, clock):
    """With the privileges to view and update items it renews a colleague's key; it may not delete."""
    _, app = await ada.make_key()
    keeper, _ = await grace.make_key(["portal:admin:viewItems", "portal:admin:updateItems"])
    item = f"{ada.me}/items/{app['itemId']}"
    end = str(clock.ms + 3 * 86_400_000)
    assert (await ada(f"{item}/update", token=keeper, apiToken2ExpirationDate=end))["success"]
    info = await ada(f"{item}/registeredAppInfo", token=keeper)
    key = (await ada.mint(info, 2))["access_token"]
    assert await alive(ada, [key]) == [True]
    assert code(await ada(f"{item}/delete", token=keeper)) == (403, "GWM_0003")


async def test_a_key_is_nobodys_owner(ada):
    """Without the administrators' privileges it manages nothing, its own credential included."""
    key, app = await ada.make_key(["portal:user:createItem"])
    item = f"{ada.me}/items/{app['itemId']}"
    for action in ("update", "registeredAppInfo", "delete"):
        assert code(await ada(f"{item}/{action}", token=key)) == (403, "GWM_0003")
