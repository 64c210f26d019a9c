"""Keys: made, replaced, revoked, expired."""

from __future__ import annotations

import pytest

DAY = 86_400


def code(reply):
    """The code of an error reply."""
    return reply["error"]["code"]


async def test_key_has_the_documented_shape(ada):
    """Slot digit tenth from the end, client id's last eight at the end, and plainly a practice key."""
    item = await ada.add()
    app = await ada.register(item)
    for slot in (1, 2):
        await ada.set_expiry(item, slot=slot)
        key = (await ada.mint(app, slot))["access_token"]
        assert key.startswith("AAPTpractice")
        assert (key[-10], key[-9], key[-8:]) == (str(slot), "_", app["client_id"][-8:])
        assert 240 < len(key) < 290


async def test_key_lives_to_the_items_date(ada, clock):
    """`expires_in` counts whole seconds to the date; then the key is invalid and its slot inactive."""
    item = await ada.add()
    app = await ada.register(item)
    await ada.set_expiry(item, days=2)
    reply = await ada.mint(app)
    end = (await ada(f"content/items/{item}"))["apiToken1ExpirationDate"]
    assert reply["expires_in"] == (end - clock.ms) // 1000
    key = reply["access_token"]
    info = (await ada("portals/self", token=key))["appInfo"]
    assert (info["appId"], info["itemId"], info["expirationDate"]) == (app["client_id"], item, end)
    assert (info["appOwner"], info["privileges"]) == ("ada", app["privileges"])
    assert (await ada.register_info(item))["apiToken1Active"]
    clock.now += 2 * DAY
    assert code(await ada("portals/self", token=key)) == 498
    assert not (await ada.register_info(item))["apiToken1Active"]


async def test_slot_needs_a_date(ada, clock):
    """No date, or one that has passed: no key."""
    item = await ada.add()
    app = await ada.register(item)
    assert code(await ada.mint(app)) == 400
    await ada.set_expiry(item, days=1)
    assert code(await ada.mint(app, 2)) == 400
    clock.now += 2 * DAY
    assert code(await ada.mint(app, regenerate=True)) == 400


async def test_regenerating_kills_the_old_key_only_when_asked(ada):
    """An active slot refuses a new key unless told to regenerate; the other slot lives on."""
    item = await ada.add()
    app = await ada.register(item)
    first, second = [], []
    for slot, keys in ((1, first), (2, second)):
        await ada.set_expiry(item, slot=slot)
        keys.append((await ada.mint(app, slot))["access_token"])
    assert code(await ada.mint(app)) == 400
    assert "appInfo" in await ada("portals/self", token=first[0])
    await ada.set_expiry(item, days=30)
    first.append((await ada.mint(app, regenerate=True))["access_token"])
    assert code(await ada("portals/self", token=first[0])) == 498
    for key in (first[1], second[0]):
        assert "appInfo" in await ada("portals/self", token=key)


async def test_revoking_a_slot(ada):
    """The slot's key ends, the other slot's lives; the slot can be filled again."""
    key, app = await ada.make_key()
    ask = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
    assert await ada("oauth2/revokeToken/", **ask, apiToken="2") == {"success": True}
    assert "appInfo" in await ada("portals/self", token=key)
    words = {"regenerateApiToken": "true", "grant_type": "client_credentials"}  # as arcgis-rest-js sends them
    assert await ada("oauth2/revokeToken/", **ask, **words, apiToken="1") == {"success": True}
    assert code(await ada("portals/self", token=key)) == 498
    assert "access_token" in await ada.mint(app)


async def test_revoking_a_token_tells_nothing(ada):
    """An unknown token, a key and a user token all answer success; the last two stay good."""
    key, _ = await ada.make_key()
    for token in ("unknown", key, ada.token):
        assert await ada("oauth2/revokeToken", auth_token=token) == {"success": True}
    assert "appInfo" in await ada("portals/self", token=key)
    assert (await ada("community/self"))["username"] == "ada"
    assert code(await ada("oauth2/revokeToken")) == 400


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"client_id": "unknown"}, "invalid_client_id"),
        ({"client_id": ""}, "invalid_client_id"),
        ({"client_secret": "wrong"}, "invalid_request"),
        ({"client_secret": "é"}, "invalid_request"),
        ({"apiToken": "3"}, "invalid_request"),
        ({"apiToken": ""}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
async def test_refusals_have_both_kinds_of_names(ada, change, name):
    """OAuth's `error` and the portal's `message` stand in one object."""
    app = await ada.register(await ada.add())
    ask = {"client_id": app["client_id"], "client_secret": app["client_secret"], "apiToken": "1"}
    reply = await ada("oauth2/token", **{"grant_type": "client_credentials", **ask, **change})
    assert reply["error"]["error"] == name
    assert reply["error"]["message"] == reply["error"]["error_description"]
    assert code(reply) == 400


async def test_secret_is_the_authority(ada, anyone):
    """No user token is needed to make a key, and a bad one that comes along is not looked at."""
    item = await ada.add()
    app = await ada.register(item)
    await ada.set_expiry(item)
    assert "access_token" in await anyone.mint(app)
    anyone.token = "nonsense"
    assert "access_token" in await anyone.mint(app, regenerate=True)


async def test_a_key_is_no_person(ada):
    """A key cannot create, list or register."""
    key, app = await ada.make_key(["portal:user:createItem"])
    assert code(await ada(f"{ada.me}/addItem", token=key, title="A", type="Application")) == 403
    assert code(await ada(ada.me, token=key)) == 403
    assert code(await ada("oauth2/registerApp", token=key, itemId=app["itemId"], appType="multiple")) == 403


async def test_referrers_bind_a_key(ada):
    """Only requests with a listed Referer pass; others get 498."""
    key, _ = await ada.make_key(httpReferrers='["https://*.class.example"]')
    passes = await ada("portals/self", token=key, headers={"Referer": "https://a.class.example/page"})
    assert "appInfo" in passes
    assert code(await ada("portals/self", token=key)) == 498
