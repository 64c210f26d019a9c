"""When keys end: dates kept to the second, and what may be switched about them."""

from __future__ import annotations

DAY = 86_400_000


async def test_whole_seconds_are_kept(ada, clock):
    """No rounding to a day: `expires_in` is the time to the second that was asked for."""
    item = await ada.add()
    app = await ada.register(item)
    await ada(f"{ada.me}/items/{item}/update", apiToken1ExpirationDate=str(clock.ms + 3 * DAY + 499))
    kept = (await ada(f"content/items/{item}"))["apiToken1ExpirationDate"]
    assert kept == (clock.ms + 3 * DAY + 499) // 1000 * 1000
    assert (await ada.mint(app))["expires_in"] == (kept - clock.ms) // 1000


async def test_a_day_may_be_rounded_up(open_portal, call_as, clock):
    """With the switch, a date is the last second of its UTC day."""
    ada = await call_as(open_portal(switches={"expiry": "day"})).sign_in()
    _, app = await ada.make_key()
    kept = (await ada(f"content/items/{app['itemId']}"))["apiToken1ExpirationDate"]
    assert kept % DAY == DAY - 1000
    assert 0 <= kept - (clock.ms + 7 * DAY) < DAY


async def test_add_item_may_keep_the_date(open_portal, call_as, ada, clock):
    """Ignored unless switched; then three requests make a key."""
    end = str(clock.ms + DAY)
    item = await ada.add(apiToken1ExpirationDate=end)
    assert (await ada(f"content/items/{item}"))["apiToken1ExpirationDate"] == -1
    kind = await call_as(open_portal(switches={"add_item_expiry": "keep"})).sign_in()
    item = await kind.add(apiToken1ExpirationDate=end)
    key = await kind.mint(await kind.register(item))
    assert key["expires_in"] in {DAY // 1000, DAY // 1000 - 1}


async def test_a_new_date_for_a_live_key(open_portal, call_as, ada):
    """The key keeps its end; with the switch it dies, and the other slot's lives."""
    key, app = await ada.make_key()
    await ada.set_expiry(app["itemId"], days=30)
    assert "error" not in await ada("portals/self", token=key)
    strict = await call_as(open_portal(switches={"live_expiry": "void"})).sign_in()
    key, app = await strict.make_key()
    await strict.set_expiry(app["itemId"], slot=2)
    assert "error" not in await strict("portals/self", token=key)
    await strict.set_expiry(app["itemId"], days=30)
    assert (await strict("portals/self", token=key))["error"]["code"] == 498


async def test_revoking_may_clear_the_date(open_portal, call_as, ada):
    """Kept unless switched."""
    cleared = await call_as(open_portal(switches={"revoked_expiry": "clear"})).sign_in()
    for caller, expected in ((ada, False), (cleared, True)):
        _, app = await caller.make_key()
        await caller(
            "oauth2/revokeToken", **{name: app[name] for name in ("client_id", "client_secret")}, apiToken="1"
        )
        date = (await caller(f"content/items/{app['itemId']}"))["apiToken1ExpirationDate"]
        assert (date == -1) is expected


async def test_the_keyword_may_come_with_the_first_key(open_portal, call_as):
    """With the switch, registering alone does not make an item one that lists of keys find."""
    ada = await call_as(open_portal(switches={"key_keyword": "first-key"})).sign_in()
    item = await ada.add()
    app = await ada.register(item)
    assert "APIToken" not in (await ada(f"content/items/{item}"))["typeKeywords"]
    await ada.set_expiry(item)
    await ada.mint(app)
    assert "APIToken" in (await ada(f"content/items/{item}"))["typeKeywords"]


async def test_referrers_may_be_prefixes(open_portal, call_as, ada):
    """Compared by origin unless switched: then a path in the entry counts."""
    prefix = await call_as(open_portal(switches={"referrers": "prefix"})).sign_in()
    for caller, code in ((ada, None), (prefix, 498)):
        key, _ = await caller.make_key(httpReferrers='["https://notebook.example/class"]')
        reply = await caller("portals/self", token=key)
        assert reply.get("error", {}).get("code") == code
        inside = {"Referer": "https://notebook.example/class/one"}
        assert "error" not in await caller("portals/self", token=key, headers=inside)


async def test_a_key_may_have_to_end_on_a_later_day(open_portal, call_as, ada, clock):
    """Any moment in the future will do, unless switched."""
    tonight = str(clock.ms // DAY * DAY + DAY - 1000)
    strict = await call_as(open_portal(switches={"soonest_expiry": "tomorrow"})).sign_in()
    for who, allowed in ((ada, True), (strict, False)):
        item = (await who.register(await who.add()))["itemId"]
        reply = await who(f"{who.me}/items/{item}/update", apiToken1ExpirationDate=tonight)
        assert ("error" not in reply) is allowed
        assert "error" not in await who.set_expiry(item, days=1)


async def test_registration_may_drop_an_items_own_keywords(open_portal, call_as, ada):
    """They stay, unless switched."""
    strict = await call_as(open_portal(switches={"own_keywords": "drop"})).sign_in()
    for who, kept in ((ada, True), (strict, False)):
        item = await who.add(typeKeywords="mine")
        await who.register(item)
        assert ("mine" in (await who(f"content/items/{item}"))["typeKeywords"]) is kept
