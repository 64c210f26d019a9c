"""The app that notebooks sign in with: there from the start, and nobody's work is mixed up with it."""

from __future__ import annotations

import json

import pytest

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


@pytest.fixture
def sign_in(portal, anyone, read_facts, read_return):
    """Signs Ada in with the app, as a person at the page does; the document for the code."""

    async def sign_in_out_of_band():
        asked = {"client_id": portal.client_id, "redirect_uri": OUT_OF_BAND}
        page = await anyone.send(
            "oauth2/authorize", method="GET", **asked, response_type="code", state="s", expiration="20160"
        )
        form = {"oauth_state": read_facts(page)["oauth_state"], "password": portal.users[0].password}
        back = await anyone.send("/sharing/oauth2/signin", username="ada", **form)
        code = read_return(back)["code"]
        return await anyone("oauth2/token", **asked, grant_type="authorization_code", code=code)

    return sign_in_out_of_band


async def test_a_notebook_can_sign_in_at_once(sign_in, ada):
    """With the client id that the portal tells, out of band, without registering anything."""
    token = (await sign_in())["access_token"]
    seen = await ada("portals/self", token=token)
    assert seen["user"]["username"] == "ada"
    assert seen["appInfo"]["appTitle"] == "Notebook sign-in (practice)"


async def test_it_goes_on_after_a_reset(portal, sign_in):
    """The same client id, registered anew."""
    before = portal.client_id
    portal.reset()
    assert portal.client_id == before
    assert (await sign_in())["username"] == "ada"


async def test_it_is_graces_and_in_nobodys_way(ada, grace, portal):
    """Her item, which no search finds; Ada owns what she owned before."""
    [item] = portal.items_of("grace")
    assert tuple(one["id"] for one in portal.items_of("ada")) == portal.layers
    app = await grace(f"{grace.me}/items/{item['id']}/registeredAppInfo")
    assert (app["client_id"], app["redirect_uris"]) == (portal.client_id, [OUT_OF_BAND])
    for caller in (ada, grace):
        assert (await caller("search", q="notebook"))["total"] == 0


async def test_a_store_keeps_one(open_portal, tmp_path, call_as):
    """A second start neither doubles it nor changes its secret."""
    secrets = set()
    for _ in range(2):
        portal = open_portal(store=tmp_path / "class.sqlite")
        grace = await call_as(portal).sign_in("grace")
        [item] = portal.items_of("grace")
        secrets.add((await grace(f"{grace.me}/items/{item['id']}/registeredAppInfo"))["client_secret"])
        portal.close()
    assert len(secrets) == 1


async def test_everybody_is_told_its_client_id(portal, anyone):
    """In the line for programs and on the page for people."""
    assert portal.describe("http://practice.test")["oauth"] == {"client_id": portal.client_id}
    page = (await anyone.send("/", method="GET")).text
    assert f"<code>{portal.client_id}</code>" in page
    assert "client_secret" not in page + json.dumps(portal.describe(""))
