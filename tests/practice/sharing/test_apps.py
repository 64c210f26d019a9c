"""Registered apps: what may be registered, by whom, with which privileges."""

from __future__ import annotations

import json

import pytest

from arcgis_keywidget.practice.roles import NOT_FOR_KEYS

LAYER = "portal:app:access:item:"


def code(reply):
    """Code and message code of an error reply."""
    return reply["error"]["code"], reply["error"].get("messageCode")


async def test_registering_makes_a_credential(ada, portal):
    """The reply holds client id and secret; the item gets its marks; the document is the same everywhere."""
    item = await ada.add()
    granted = ["premium:user:basemaps", LAYER + portal.layer]
    app = await ada.register(item, granted, redirect_uris='["urn:x"]', httpReferrers='["https://a.example"]')
    assert (app["itemId"], app["appType"], app["privileges"]) == (item, "multiple", granted)
    assert (len(app["client_id"]), len(app["client_secret"])) == (16, 32)
    assert (app["redirect_uris"], app["httpReferrers"]) == (["urn:x"], ["https://a.example"])
    assert (app["apiToken1Active"], app["apiToken2Active"], app["isPersonalAPIToken"]) == (
        False,
        False,
        False,
    )
    marks = (await ada(f"content/items/{item}"))["typeKeywords"]
    assert marks == ["Application", "APIToken", "Registered App"]
    for method in ("GET", "POST"):
        assert await ada(f"{ada.me}/items/{item}/registeredAppInfo", method=method) == app
        assert await ada(f"oauth2/apps/{app['client_id']}", method=method) == app


async def test_a_role_without_the_privileges_may_not(sam):
    """The refusal comes at registerApp; an OAuth app needs neither privilege until it is granted some."""
    item = await sam.add()
    assert code(await sam.register(item)) == (403, "GWM_0003")
    more = {"appType": "server", "privileges": '["premium:user:basemaps"]'}
    assert code(await sam("oauth2/registerApp", itemId=item, **more)) == (403, "GWM_0003")
    app = await sam("oauth2/registerApp", itemId=item, appType="browser", redirect_uris="https://a.example")
    assert app["redirect_uris"] == ["https://a.example"]
    assert (await sam(f"content/items/{item}"))["typeKeywords"] == ["Application", "Registered App"]


@pytest.mark.parametrize(
    "privileges",
    [["portal:admin:viewUsers"], ["premium:user:nonsense"], [NOT_FOR_KEYS[0]], ["premium:user:geocode"]],
)
async def test_only_ones_own_privileges_can_be_granted(ada, privileges):
    """Privileges that the user lacks, or that no key holds, are invalid; the item stays unregistered."""
    item = await ada.add()
    reply = await ada.register(item, privileges)
    assert reply["error"]["code"] == 500
    assert reply["error"]["message"].startswith("Invalid Privileges")
    assert code(await ada(f"{ada.me}/items/{item}/registeredAppInfo")) == (400, "CONT_0001")


async def test_item_access_needs_an_item_in_sight(ada, sam, open_portal, call_as):
    """Unknown items and those of strangers are refused, and so are more than a hundred."""
    item = await ada.add()
    theirs = await sam.add()
    for other in ("0" * 32, theirs, "' OR 1"):
        assert code(await ada.register(item, [LAYER + other])) == (400, "CONT_0001")
    rich = await call_as(open_portal(items=101)).sign_in()
    ids = [LAYER + entry["id"] for entry in rich.portal.items_of("ada")]
    item = await rich.add()
    assert code(await rich.register(item, ids[:101])) == (400, None)
    assert (await rich.register(item, ids[:100]))["privileges"] == ids[:100]


async def test_registering_is_refused_for(ada, sam):
    """A second time, a stranger's or unknown item, another type of item, the retired kind of key."""
    item = await ada.add()
    await ada.register(item)
    assert code(await ada.register(item)) == (400, None)
    assert code(await sam.register(item)) == (400, "CONT_0001")
    assert code(await ada.register("0" * 32)) == (400, "CONT_0001")
    document = (await ada(f"{ada.me}/addItem", title="A map", type="Web Map"))["id"]
    assert code(await ada.register(document)) == (400, None)
    assert code(await ada("oauth2/registerApp", itemId=await ada.add(), appType="apikey")) == (400, None)
    assert code(await ada("oauth2/registerApp", appType="multiple")) == (400, None)


async def test_arrays_in_four_spellings(ada):
    """JSON, commas, repeated keys and a bare string say the same."""
    both = ["https://a.example", "https://b.example"]
    for sent in (json.dumps(both), ",".join(both), both):
        app = await ada.register(await ada.add(), httpReferrers=sent)
        assert app["httpReferrers"] == both
    assert (await ada.register(await ada.add(), httpReferrers=both[0]))["httpReferrers"] == both[:1]
    for broken in ("[1]", "[", '{"a": 1}]', "[" * 5000):
        reply = await ada.register(await ada.add(), httpReferrers=broken)
        assert reply.get("error", {"code": 400})["code"] == 400


async def test_the_secret_is_for_owner_and_administrator(ada, sam, grace):
    """A colleague learns nothing, the administrator everything."""
    app = await ada.register(await ada.add())
    for path in (f"{ada.me}/items/{app['itemId']}/registeredAppInfo", f"oauth2/apps/{app['client_id']}"):
        assert (await grace(path))["client_secret"] == app["client_secret"]
        assert "error" in await sam(path)
    assert code(await ada("oauth2/apps/unknown")) == (400, "CONT_0001")


async def test_portal_privileges_make_a_key_personal(ada):
    """A key that holds more than location services and items is of personal scope, and shows its owner."""
    key, app = await ada.make_key(["premium:user:basemaps", "portal:user:createItem"])
    standard, other = await ada.make_key()
    assert (app["isPersonalAPIToken"], other["isPersonalAPIToken"]) == (True, False)
    assert (await ada("portals/self", token=key))["user"]["username"] == "ada"
    assert (await ada("community/self", token=key))["username"] == "ada"
    assert "user" not in await ada("portals/self", token=standard)
    assert code(await ada("community/self", token=standard)) == (498, None)
