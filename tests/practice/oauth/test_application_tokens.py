"""Tokens of applications: `client_credentials` without a slot."""

from __future__ import annotations

import pytest

BASEMAPS = ["premium:user:basemaps"]


@pytest.fixture
async def ask(ada, anyone):
    """Asks for a token of an app with these options; the reply of `oauth2/token`."""

    async def ask_for(*, privileges=BASEMAPS, method="POST", app_options=(), **more):
        app = await ada.register(await ada.add(), privileges, **dict(app_options))
        sent = {
            "client_id": app["client_id"],
            "client_secret": app["client_secret"],
            "grant_type": "client_credentials",
            **more,
        }
        return (await anyone.send("oauth2/token", method=method, **sent)).json()

    return ask_for


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_app_is_nobody(ask, anyone, method):
    """`portals/self` shows the app and its privileges, no person and no end of a key."""
    token = (await ask(method=method))["access_token"]
    document = await anyone("portals/self", token=token)
    assert "user" not in document
    assert document["appInfo"]["privileges"] == BASEMAPS
    assert "expirationDate" not in document["appInfo"]
    assert (await anyone("community/self", token=token))["error"]["code"] == 498


async def test_not_even_one_with_personal_privileges(ask, anyone):
    """A key of such a scope shows its owner; the app's own token does not, and it creates nothing."""
    token = (await ask(privileges=["portal:user:createItem"]))["access_token"]
    assert "user" not in await anyone("portals/self", token=token)
    reply = await anyone("content/users/ada/addItem", token=token, title="A", type="Application")
    assert reply["error"]["code"] == 403


@pytest.mark.parametrize(("asked", "minutes"), [(None, 120), ("5", 5), ("-1", 20_160), ("99999", 20_160)])
async def test_its_life(ask, anyone, clock, asked, minutes):
    """Two hours unless asked, at most two weeks; then it is no good."""
    reply = await ask(**{"expiration": asked} if asked else {})
    assert reply["expires_in"] == minutes * 60
    clock.now += minutes * 60 - 1
    assert "appInfo" in await anyone("portals/self", token=reply["access_token"])
    clock.now += 1
    assert (await anyone("portals/self", token=reply["access_token"]))["error"]["code"] == 498


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"client_id": "unknown"}, "invalid_client_id"),
        ({"client_id": "pythonapi"}, "invalid_client_id"),
        ({"client_secret": "wrong"}, "invalid_request"),
        ({"client_secret": ""}, "invalid_request"),
        ({"expiration": "soon"}, "invalid_request"),
    ],
)
async def test_refusals(ask, change, error):
    """The secret is the authority; built-in clients have none that anyone knows."""
    assert (await ask(**change))["error"]["error"] == error


async def test_referrers_bind_it(ask, anyone):
    """As they bind the app's keys."""
    listed = {"httpReferrers": '["https://class.example"]'}
    token = (await ask(app_options=listed))["access_token"]
    assert (await anyone("portals/self", token=token))["error"]["code"] == 498
    passes = await anyone("portals/self", token=token, headers={"Referer": "https://class.example/a"})
    assert "appInfo" in passes


async def test_it_cannot_be_revoked(ask, anyone):
    """Documented: `revokeToken` says success and does nothing to application tokens."""
    token = (await ask())["access_token"]
    assert await anyone("oauth2/revokeToken", auth_token=token) == {"success": True}
    assert "appInfo" in await anyone("portals/self", token=token)


async def test_it_opens_what_the_app_was_given(ask, anyone, portal):
    """The layer whose item it was granted, and no other thing of its owner's."""
    layer = portal.layer
    token = (await ask(privileges=[f"portal:app:access:item:{layer}"]))["access_token"]
    assert (await anyone(f"content/items/{layer}", token=token))["id"] == layer
    refused = (await ask())["access_token"]
    assert (await anyone(f"content/items/{layer}", token=refused))["error"]["messageCode"] == "CONT_0001"
