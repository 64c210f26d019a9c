"""Roles, keys by their end, tokens looked into, and Enterprise's versions."""

from __future__ import annotations

import pytest

DAY = 86_400_000


def code(reply):
    """The code of an error reply."""
    return reply["error"]["code"]


async def test_a_viewer_holds_what_the_user_type_allows(open_portal, call_as):
    """Whatever the role: no content, no keys; and a viewer whom nobody knows is refused."""
    ada = await call_as(open_portal(viewers=["ada"])).sign_in()
    seen = await ada("community/self")
    assert (seen["userLicenseTypeId"], seen["role"]) == ("viewerUT", "org_publisher")
    assert seen["privileges"] == [
        *("portal:user:joinGroup", "portal:user:viewOrgGroups"),
        *("portal:user:viewOrgItems", "portal:user:viewOrgUsers"),
    ]
    refused = await ada(f"{ada.me}/addItem", title="A key", type="Application")
    assert refused["error"]["code"] == 403
    with pytest.raises(ValueError, match="'eve' is none of: ada, grace, sam"):
        open_portal(viewers=["eve"])


async def test_roles_by_page(ada, anyone):
    """As Esri's Python client asks for them; each role has a document and privileges."""
    listed = await ada("portals/self/roles", start="1", num="100")
    assert {name: listed[name] for name in ("total", "start", "num", "nextStart")} == {
        "total": 2,
        "start": 1,
        "num": 2,
        "nextStart": -1,
    }
    own = (await ada("community/self"))["roleId"]
    assert (await ada(f"portals/self/roles/{own}"))["name"] == "Publisher who may create keys"
    granted = (await ada(f"portals/self/roles/{own}/privileges"))["privileges"]
    assert granted == (await ada("community/self"))["privileges"]
    assert (await ada("portals/self/roles", num="1", method="GET"))["nextStart"] == 2
    assert code(await ada("portals/self/roles/none")) == 400
    assert code(await anyone("portals/self/roles")) == 499


async def test_keys_by_their_end(ada, grace, clock):
    """Both slots stand in the list, soonest first, within the time asked for; members may not ask."""
    _, app = await ada.make_key()
    await ada.set_expiry(app["itemId"], days=3, slot=2)
    await ada.mint(app, 2)
    rows = (await grace("portals/self/apiTokens", num="100"))["items"]
    assert [(row["itemId"], row["apiToken"], row["owner"]) for row in rows] == [
        (app["itemId"], 2, "ada"),
        (app["itemId"], 1, "ada"),
    ]
    assert rows[0]["title"] == "A key"
    soon = await grace("portals/self/apiTokens", endExpirationDate=str(clock.ms + 4 * DAY))
    late = await grace("portals/self/apiTokens", startExpirationDate=str(clock.ms + 4 * DAY))
    assert [row["apiToken"] for row in soon["items"]] == [2]
    assert [row["apiToken"] for row in late["items"]] == [1]
    assert (await grace("portals/self/apiTokens", num="1"))["nextStart"] == 2
    assert code(await ada("portals/self/apiTokens")) == 403
    for odd in ("x", "9" * 5000):
        assert code(await grace("portals/self/apiTokens", startExpirationDate=odd)) == 400
    assert (await grace("portals/self/apiTokens", startExpirationDate="-" + "9" * 30))["total"] == 2


@pytest.mark.parametrize("path", ["portals/self", "portals/practiceOrg00001", "community/self"])
async def test_a_token_is_looked_into(ada, clock, path):
    """`appInfoToken` tells of a key what it is, live and expired."""
    key, app = await ada.make_key()
    live = (await ada(path, appInfoToken=key))["appInfo"]
    assert (live["appId"], live["itemId"], live["orgId"]) == (
        app["client_id"],
        app["itemId"],
        "practiceOrg00001",
    )
    clock.now += 8 * 86_400
    assert (await ada(path, appInfoToken=key))["appInfo"] == live
    assert live["expirationDate"] < clock.ms


async def test_who_may_look_into_tokens(ada, anyone):
    """Not a key, nobody without a token, and not into what is no token of this portal."""
    key, _ = await ada.make_key()
    assert code(await ada("portals/self", token=key, appInfoToken=key)) == 403
    assert code(await anyone("portals/self", appInfoToken=key)) == 499
    assert code(await ada("portals/self", appInfoToken=f"{key}x")) == 498
    assert "appInfo" not in await ada("portals/self", appInfoToken=ada.token)


@pytest.mark.parametrize(
    ("choice", "standard", "personal"),
    [("personal", False, True), ("always", True, True), ("never", False, False)],
)
async def test_which_keys_see_their_owner(open_portal, call_as, choice, standard, personal):
    """`portals/self` and `community/self` agree; the choice is a switch."""
    ada = await call_as(open_portal(switches={"key_user": choice})).sign_in()
    for privileges, seen in (
        (["premium:user:basemaps"], standard),
        (["portal:user:createItem"], personal),
    ):
        key, _ = await ada.make_key(privileges)
        assert ("user" in await ada("portals/self", token=key)) is seen
        assert ("error" not in await ada("community/self", token=key)) is seen


async def test_tags_of_a_person(ada, sam):
    """Counted over her items; nobody else's business."""
    await ada.add(tags="a,b")
    await ada.add(tags="a")
    tags = (await ada("community/users/ada/tags"))["tags"]
    assert {tag["tag"]: tag["count"] for tag in tags if tag["tag"] in "ab"} == {"a": 2, "b": 1}
    assert code(await sam("community/users/ada/tags")) == 403


async def test_administration_is_enterprises(open_portal, call_as, grace):
    """For administrators, below the web adaptor or not; the other kinds have none."""
    portal = open_portal("enterprise")
    boss, member = await call_as(portal).sign_in("grace"), await call_as(portal).sign_in("ada")
    for path in ("/portal/portaladmin", "/portaladmin"):
        assert (await boss(path, method="GET"))["version"] == "11.5"
    assert code(await member("/portaladmin")) == 403
    assert (await grace.send("/portaladmin")).status_code == 404


async def test_enterprise_before_api_keys(open_portal, call_as):
    """11.3 registers apps but grants them nothing, and knows no slots; 11.4 does."""
    old = await call_as(open_portal("enterprise", version="11.3")).sign_in()
    item = await old.add()
    assert "11.4" in (await old.register(item, ["portal:user:createItem"]))["error"]["details"][0]
    app = await old.register(item, [])
    assert "apiToken1Active" not in app
    assert "apiToken1ExpirationDate" not in await old(f"content/items/{item}")
    assert code(await old.mint(app)) == 400
    new = await call_as(open_portal("enterprise", version="11.4")).sign_in()
    assert (await new("/sharing/rest"))["currentVersion"] == "2024.2"
    key, _ = await new.make_key(["portal:user:createItem"])
    assert "appInfo" in await new("portals/self", token=key)


async def test_the_paths_that_the_python_client_tries(ada, anyone):
    """Unknown ones are 404, and none ever asks for another way to authenticate."""
    for path in (
        "/sharing/info",
        "/sharing/rest/info",
        "/sharing/sharing/rest/info",
        "/sharing/rest/services",
    ):
        reply = await anyone.send(path, method="GET")
        assert reply.status_code in {200, 404}
        assert "www-authenticate" not in reply.headers
    assert (await ada.send("/sharing/rest/nothing")).status_code == 404
