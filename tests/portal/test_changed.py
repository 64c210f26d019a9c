"""The portal changed between the review of the settings and the making of the key."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget.errors import (
    FieldError,
    PortalError,
    PrivilegeError,
    TokenError,
    UndoneError,
    WayRefusedError,
)
from arcgis_keywidget.practice import PracticePortal

if TYPE_CHECKING:
    from arcgis_keywidget.portal.keys import Step

ADDRESS = "http://127.0.0.1:7443"
PLACES, ELEVATION = "premium:user:places", "premium:user:elevation"


def operations(practice: PracticePortal, since: int) -> list[str]:
    """The last word of each request's path."""
    return [entry["path"].rpartition("/")[2] for entry in practice.requests[since:]]


def applications(practice: PracticePortal) -> list[dict]:
    """What is left of keys."""
    return [item for item in practice.items_of("ada") if item["type"] == "Application"]


async def forget_folder(practice: PracticePortal, portal: Portal) -> None:
    """Let the client know a folder that is not there any more."""
    await portal.create_key(KeyRequest(folder="Keys"))
    with practice.store.writing():
        practice.store.run("DELETE FROM items WHERE type = 'Application'")
        practice.store.run("DELETE FROM folders")


async def test_a_folder_that_is_gone_is_made_anew(practice: PracticePortal, portal: Portal) -> None:
    """Noticed by a listing, and told as a step; the key is in the new folder."""
    await forget_folder(practice, portal)
    sent, steps = len(practice.requests), list[tuple[str, str]]()

    def note(step: Step) -> None:
        steps.append((step.name, step.state))

    assert (await portal.create_key(KeyRequest(folder="Keys"), on_step=note)).key
    made = ["addItem", "ada", "createFolder", "addItem", "registerApp", "update", "token"]
    assert operations(practice, sent) == made
    assert steps[2:6] == [("item", "started"), ("folder", "started"), ("folder", "done"), ("item", "done")]
    [folder] = await portal.folders()
    assert [item["ownerFolder"] for item in applications(practice)] == [folder.id]


async def test_a_folder_that_another_made_anew_is_used(practice: PracticePortal, portal, transport) -> None:
    """Same title, another id: no second folder."""
    await forget_folder(practice, portal)
    async with Portal(ADDRESS, transport=transport) as other:
        await other.sign_in("ada", practice.users[0].password)
        await other.create_key(KeyRequest(folder="KEYS", generate=False))
    assert (await portal.create_key(KeyRequest(folder="Keys"))).key
    assert len(await portal.folders()) == 1


async def test_it_is_made_anew_once_only(practice: PracticePortal, portal: Portal) -> None:
    """A portal that refuses the new folder, too, is believed; the folder is named."""
    await forget_folder(practice, portal)
    practice.fail("addItem:error=400*2")
    with pytest.raises(UndoneError, match="refused this") as caught:
        await portal.create_key(KeyRequest(folder="Keys"))
    assert "The new folder 'Keys' remains, empty." in caught.value.hint
    assert applications(practice) == []


async def test_a_refusal_with_the_folder_in_place_is_passed_on(practice, portal: Portal) -> None:
    """Looked up and found: nothing is made anew, and nothing is sent twice."""
    await portal.create_key(KeyRequest(folder="Keys"))
    sent = len(practice.requests)
    practice.fail("addItem:error=400")
    with pytest.raises(PortalError, match="refused this"):
        await portal.create_key(KeyRequest(folder="Keys"))
    assert operations(practice, sent)[:2] == ["addItem", "ada"]
    assert operations(practice, sent).count("addItem") == 1


@pytest.mark.parametrize("fault", ["error=498", "http=429"])
async def test_only_a_refusal_of_the_folder_is_looked_into(practice, portal: Portal, fault: str) -> None:
    """An ended session and a portal that wants a pause say nothing of it: no listing, no second item."""
    await portal.create_key(KeyRequest(folder="Keys"))
    sent = len(practice.requests)
    practice.fail(f"addItem:{fault}")
    with pytest.raises(PortalError):
        await portal.create_key(KeyRequest(folder="Keys"))
    assert operations(practice, sent) in (["addItem", "self"], ["addItem"])


async def test_a_privilege_that_was_withdrawn_is_named(practice, portal: Portal, withdraw) -> None:
    """By its label, at the field; everything is undone, and the account is as the portal tells it now."""
    request = KeyRequest(privileges=("premium:user:basemaps", PLACES), folder="Keys")
    withdraw(PLACES)
    with pytest.raises(FieldError, match="'Places service' is no longer") as caught:
        await portal.create_key(request)
    assert caught.value.field == "privileges"
    assert "leave it out. Nothing of this key is left behind." in caught.value.message
    assert "The new folder 'Keys' remains, empty." in caught.value.message
    assert applications(practice) == []
    assert PLACES not in portal.account.privileges
    with pytest.raises(FieldError, match="not among the privileges of your account"):
        await portal.create_key(request)
    assert (await portal.create_key(KeyRequest())).key


async def test_two_withdrawn_privileges(portal: Portal, withdraw) -> None:
    """Both are named; a privilege that stays is not."""
    withdraw(PLACES, ELEVATION)
    with pytest.raises(FieldError, match="'Places service' and 'Elevation service' are") as caught:
        await portal.create_key(KeyRequest(privileges=(PLACES, "premium:user:basemaps", ELEVATION)))
    assert "leave them out" in caught.value.message


@pytest.mark.parametrize("name", ["portal:user:generateApiTokens", "portal:user:createItem"])
async def test_the_right_to_make_keys_was_withdrawn(withdraw, name: str) -> None:
    """On Online: the portal's 403 becomes what is missing, whether an item was made or not."""
    practice = PracticePortal("online")
    try:
        async with Portal(ADDRESS, transport=httpx.ASGITransport(practice)) as portal:
            await portal.sign_in("ada", practice.users[0].password)
            withdraw(name)
            with pytest.raises(
                (UndoneError, PrivilegeError), match="may not make API keys: it lacks"
            ) as caught:
                await portal.create_key(KeyRequest())
            cause = getattr(caught.value, "cause", None) or caught.value
            assert isinstance(cause, PrivilegeError)
            assert "An administrator can add what is missing" in caught.value.hint
            assert "left behind" in caught.value.hint or cause is caught.value
            assert [one.privilege for one in portal.account.missing] == [name]
            assert applications(practice) == []
    finally:
        practice.close()


async def test_an_item_that_vanished_is_named(practice: PracticePortal, portal: Portal) -> None:
    """Of several items, the one that is not there or cannot be seen any more; the others are not blamed."""
    kept = practice.layers
    gone = "0" * 32
    with pytest.raises(FieldError, match=f"{gone} does not exist, or you can no longer see it") as caught:
        await portal.create_key(KeyRequest(items=(kept[0], gone, kept[1])))
    assert caught.value.field == "items"
    assert not any(item in caught.value.message for item in kept)
    assert "Nothing of this key is left behind" in caught.value.message
    assert applications(practice) == []


async def test_two_items_that_vanished(portal: Portal) -> None:
    """Both are named."""
    with pytest.raises(FieldError, match=f"{'0' * 32}, {'1' * 32} do not exist"):
        await portal.create_key(KeyRequest(items=("0" * 32, "1" * 32)))


async def test_what_has_no_such_reason_stays_as_it_is(practice: PracticePortal, portal: Portal) -> None:
    """The account and the items are fine, so the portal's own words stand."""
    for spec, title in (("error=500", "could not do this"), ("error=400", "refused this")):
        practice.fail(f"registerApp:{spec}")
        with pytest.raises(UndoneError, match=title):
            await portal.create_key(KeyRequest(items=(practice.layer,)))
    assert applications(practice) == []


async def test_a_session_that_ended_is_said_as_such(practice: PracticePortal, portal: Portal) -> None:
    """The account cannot be read either: sign in again, whatever the way was."""
    portal._rest.way = "browser"
    practice.fail("registerApp:error=498")
    practice.fail("portals/self:error=498")
    with pytest.raises(UndoneError, match="does not accept this token") as caught:
        await portal.create_key(KeyRequest())
    assert isinstance(caught.value.cause, TokenError)


async def oauth_token(practice: PracticePortal, transport: httpx.ASGITransport) -> str:
    """A token as the browser brings it back, of a whole sign-in."""
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as browser:
        asked = {
            "client_id": "pythonapi",
            "response_type": "token",
            "redirect_uri": "https://127.0.0.1:7443",
            "f": "html",
        }
        page = await browser.get("/sharing/rest/oauth2/authorize", params=asked)
        state = json.loads(re.search(r"\{.*\}", page.text)[0])["oauth_state"]
        form = {"oauth_state": state, "username": "ada", "password": practice.users[0].password}
        back = await browser.post("/sharing/oauth2/signin", data=form)
    return parse_qs(urlsplit(back.headers["location"]).fragment)["access_token"][0]


@pytest.mark.parametrize("way", ["browser", "token"])
async def test_a_portal_that_makes_no_keys_for_a_browser_s_session(way: str) -> None:
    """The account is fine and the session, too: the way is what it refuses, and other ways are offered."""
    practice = PracticePortal(switches={"oauth_keys": "refuse"})
    transport = httpx.ASGITransport(practice)
    words = {"browser": "for a session that was opened in the browser", "token": "with this token"}[way]
    try:
        async with Portal(ADDRESS, transport=transport) as portal:
            await portal.sign_in_with_token(await oauth_token(practice, transport))
            portal._rest.way = way
            with pytest.raises(UndoneError, match=rf"^127\.0\.0\.1 makes no keys {words}\.") as caught:
                await portal.create_key(KeyRequest())
            assert isinstance(caught.value.cause, WayRefusedError)
            for offer in ("left behind", "user name and password", "another account", "bring it along"):
                assert offer in caught.value.hint
            assert applications(practice) == []
            assert portal.account.can_create_keys
    finally:
        practice.close()


async def test_a_portal_that_accepts_a_browser_s_session(practice: PracticePortal, transport) -> None:
    """As the real one very probably does."""
    async with Portal(ADDRESS, transport=transport) as portal:
        await portal.sign_in_with_token(await oauth_token(practice, transport))
        assert (await portal.create_key(KeyRequest())).key


@pytest.mark.parametrize("code", [403, 498, 499])
async def test_the_way_is_refused_at_the_first_request(practice, portal: Portal, code: int) -> None:
    """Nothing was made, so nothing was undone; a session of a password is never blamed on its way."""
    portal._rest.way = "browser"
    practice.fail(f"addItem:error={code}")
    with pytest.raises(WayRefusedError, match="opened in the browser") as caught:
        await portal.create_key(KeyRequest())
    assert caught.value.code == code
    portal._rest.way = "password"
    practice.fail(f"addItem:error={code}")
    with pytest.raises((TokenError, PrivilegeError)) as caught:
        await portal.create_key(KeyRequest())
    assert not isinstance(caught.value, WayRefusedError)


async def test_without_a_key_for_now(practice: PracticePortal, portal: Portal) -> None:
    """The credential is complete but for its key: no token is asked for, both slots stand empty."""
    sent = len(practice.requests)
    credential = await portal.create_key(KeyRequest("Later", folder="Keys", generate=False))
    assert operations(practice, sent) == ["createFolder", "addItem", "registerApp", "update"]
    assert credential.key is None
    assert [slot.active for slot in credential.slots] == [False, False]
    [item] = applications(practice)
    assert item["apiToken1ExpirationDate"] == int(credential.slots[0].expires.timestamp()) * 1000
    assert "APIToken" in item["typeKeywords"]
