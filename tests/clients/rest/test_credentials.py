"""API key credentials by the requests of Esri's package for them, sent with `@esri/arcgis-rest-request`.

That package is not published; its source says what it sends.
"""

from __future__ import annotations

import pytest

PACKAGE = "@esri/arcgis-rest-request"
DAY = 86_400_000
TOKEN = {"f", "token"}
APP_INFO = ("POST registeredAppInfo", TOKEN)
ADD_ITEM = ("POST addItem", {*TOKEN, "description", "snippet", "tags", "title", "type"})
REGISTER = (
    "POST registerApp",
    {*TOKEN, "itemId", "appType", "redirect_uris", "httpReferrers", "privileges"},
)
SLOT = {"f", "client_id", "client_secret", "apiToken", "regenerateApiToken", "grant_type"}
BASEMAPS = "premium:user:basemaps"


def update(*slots) -> tuple:
    """The request that sets the dates of these slots."""
    return "POST update", {*TOKEN, "id", *(f"apiToken{slot}ExpirationDate" for slot in slots)}


def slots(app) -> tuple[bool, bool]:
    """Which slots hold a key."""
    return app["apiToken1Active"], app["apiToken2Active"]


@pytest.mark.parametrize("account", ["location-platform", "online", "enterprise"])
def test_seven_requests_make_a_key(open_client, clock, account):
    """Item, registration, dates, key: each request's reply leads on to the next, and the key works."""
    client = open_client(account=account)
    week = int(clock() * 1000) + 7 * DAY
    privilege = "portal:user:createItem" if account == "enterprise" else BASEMAPS
    found = client.run("create_key.mjs", request={"privileges": [privilege], "dates": {"1": week}})
    item, app, made = found["item"], found["app"], found["keys"]["1"]
    assert {"Application", "APIToken", "Registered App"} <= set(item["typeKeywords"])
    assert item["apiToken1ExpirationDate"] // 1000 == week // 1000
    assert item["apiToken2ExpirationDate"] == -1
    assert (app["itemId"], app["privileges"], app["httpReferrers"]) == (item["id"], [privilege], [])
    assert app["redirect_uris"] == ["urn:ietf:wg:oauth:2.0:oob"]
    assert slots(app) == (True, False)
    assert made["access_token"].startswith("AAPTpractice")
    assert made["access_token"].endswith(f"AT1_{app['client_id'][-8:]}")
    assert 0 <= 7 * DAY // 1000 - made["expires_in"] < 60
    assert client.sent[2:-1] == [
        *(ADD_ITEM, REGISTER, update(1, 2), ("POST item", TOKEN)),
        *(APP_INFO, ("POST token", SLOT), APP_INFO),
    ]


def test_the_portal_tells_what_a_key_is(client, clock):
    """`portals/self` with the key names its credential, its privileges and its end."""
    week = int(clock() * 1000) + 7 * DAY
    found = client.run("create_key.mjs", request={"privileges": [BASEMAPS], "dates": {"1": week}})
    known = found["self"]["appInfo"]
    assert known["itemId"] == found["item"]["id"]
    assert known["appId"] == found["app"]["client_id"]
    assert known["privileges"] == [BASEMAPS]
    assert known["expirationDate"] == found["item"]["apiToken1ExpirationDate"]
    assert "user" not in found["self"]


def test_the_life_of_a_credential(client):
    """A rotation ends one key, an edit both, an invalidation one, unregistering all."""
    found = client.run("key_life.mjs")
    assert found["both"] == [True, True]
    assert found["afterRotation"] == [False, True, True]
    assert found["afterEdit"] == [False, False]
    assert found["edited"]["app"]["privileges"] == [BASEMAPS, "premium:user:places"]
    assert slots(found["edited"]["app"]) == (False, False)
    assert found["invalidated"] == {"success": True}
    assert found["afterInvalidation"] == [False, False, True]
    assert slots(found["seen"]["app"]) == (False, True)
    assert found["seen"]["item"]["title"] == "A key"
    assert found["unregistered"] == {"success": True, "itemId": found["made"]["item"]["id"]}
    assert not found["afterAll"]
    assert found["removed"]["success"]


def test_what_the_package_sends(client):
    """Its sequences to create two keys, rotate, edit, make two anew, regenerate, invalidate, read, end."""
    client.run("key_life.mjs")
    item, key = ("POST item", TOKEN), [APP_INFO, ("POST token", SLOT)]
    asked = [one for one in client.sent if one[0] != "GET portals/self"]
    assert asked[2:] == [
        *(("POST addItem", {*TOKEN, "title", "type"}), REGISTER, update(1, 2), item, *key, *key, APP_INFO),
        *(update(1), item, *key, APP_INFO),
        *(APP_INFO, ("POST updateApp", {*TOKEN, "privileges", "httpReferrers"}), item, APP_INFO),
        *(update(2), item, *key, *key, APP_INFO),
        *(item, *key, APP_INFO),
        *(APP_INFO, ("POST revokeToken", SLOT)),
        *(APP_INFO, ("GET item", TOKEN)),
        *(APP_INFO, ("POST unregister", TOKEN)),
        ("POST delete", TOKEN),
    ]
