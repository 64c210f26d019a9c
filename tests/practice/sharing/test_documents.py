"""The members of items and apps, whole, and what the portal's document leads to."""

from __future__ import annotations

import pytest

ITEM = """id owner ownerId orgId created isOrgItem modified guid name title type typeKeywords
description tags snippet thumbnail documentation extent categories spatialReference
accessInformation classification licenseInfo culture properties advancedSettings url proxyFilter
access size subInfo appCategories industries languages largeThumbnail banner screenshots listed
ownerFolder protected commentsEnabled numComments numRatings avgRating numViews itemControl
scoreCompleteness groupDesignations apiToken1ExpirationDate apiToken2ExpirationDate lastViewed"""
APP = """itemId client_id client_secret appType redirect_uris registered modified apnsProdCert
apnsSandboxCert gcmApiKey httpReferrers privileges isBeta isPersonalAPIToken apiToken1Active
apiToken2Active customAppLoginShowTriage"""
APP_INFO = "appId itemId appOwner orgId appTitle privileges expirationDate"


async def test_items_and_apps_are_described_in_full(ada):
    """An item, its registered app, and the same app as its key shows it."""
    key, app = await ada.make_key()
    assert set(app) == set(APP.split())
    assert set(await ada(f"content/items/{app['itemId']}")) == set(ITEM.split())
    assert set((await ada("portals/self", token=key))["appInfo"]) == set(APP_INFO.split())
    assert (len(app["client_id"]), len(app["client_secret"])) == (16, 32)


@pytest.mark.parametrize("account", ["location-platform", "online"])
async def test_the_default_basemap_can_be_opened(open_portal, call_as, account):
    """The style that the portal names is there for a key."""
    ada = await call_as(open_portal(account)).sign_in()
    key, _ = await ada.make_key(["premium:user:basemaps"])
    layer = (await ada("portals/self"))["defaultBasemap"]["baseMapLayers"][0]
    style = await ada.http.get(layer["styleUrl"], params={"token": key})
    assert style.json()["version"] == 8


async def test_enterprise_has_no_basemap_of_ours(open_portal, call_as):
    """Nothing leads to a service that is not there."""
    ada = await call_as(open_portal("enterprise")).sign_in()
    assert (await ada("portals/self"))["defaultBasemap"]["baseMapLayers"] == []


async def test_aliases_of_the_portal_say_the_same(ada):
    """`accounts/self` and the organisation's own id."""
    portal = await ada("portals/self")
    assert await ada("accounts/self") == await ada(f"portals/{portal['id']}") == portal
    for path in ("roles", "apiKeys"):
        assert await ada(f"portals/self/{path}") == await ada(f"portals/{portal['id']}/{path}")


async def test_an_item_keeps_its_spatial_reference_and_properties(ada):
    """Given back as they came; what is no JSON object is refused and changes nothing."""
    item = await ada.add(spatialReference="102100", properties='{"of": ["hers"]}')
    update = f"{ada.me}/items/{item}/update"
    for wrong in ("[1]", "{", '{"a": NaN}', '"\\ud800"', '{"a": "\\ud800"}', "[" * 9000):
        assert (await ada(update, properties=wrong))["error"]["code"] == 400
    document = await ada(f"content/items/{item}")
    assert (document["spatialReference"], document["properties"]) == ("102100", {"of": ["hers"]})
    await ada(update, properties="", clearEmptyFields="true")
    assert (await ada(f"content/items/{item}"))["properties"] is None
