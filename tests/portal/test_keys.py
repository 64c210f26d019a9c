"""Making a key on the practice portal."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget.errors import FieldError

if TYPE_CHECKING:
    from arcgis_keywidget.practice import PracticePortal

TILES = "premium:user:staticbasemaptiles"
BOTH = ("premium:user:basemaps", TILES)


def operations(practice: PracticePortal, since: int) -> list[str]:
    """The last word of each request's path."""
    return [entry["path"].rpartition("/")[2] for entry in practice.requests[since:]]


async def test_a_key_takes_four_requests(practice: PracticePortal, portal: Portal) -> None:
    """Item, registration, date, token; all but the last with the user's token, no secret in any address."""
    sent = len(practice.requests)
    credential = await portal.create_key(KeyRequest(privileges=BOTH))
    assert operations(practice, sent) == ["addItem", "registerApp", "update", "token"]
    carried = [entry["token_by"] for entry in practice.requests[sent:]]
    assert carried == ["X-Esri-Authorization"] * 3 + [None]
    assert all(entry["query"] == [] for entry in practice.requests[sent:])
    assert credential.key.slot == 1
    assert credential.key[-8:] == credential.client_id[-8:]


async def test_a_new_folder_takes_one_more_and_is_known_then(
    practice: PracticePortal, portal: Portal
) -> None:
    """Five requests, then four."""
    for count in (5, 4):
        sent = len(practice.requests)
        credential = await portal.create_key(KeyRequest(folder="Keys"))
        assert len(practice.requests) - sent == count
        assert credential.folder == "Keys"


async def test_a_folder_that_is_there_is_found(practice: PracticePortal, portal: Portal, transport) -> None:
    """Made by somebody else meanwhile: refused, listed, used."""
    await portal.create_key(KeyRequest(folder="Keys"))
    async with Portal(portal.url, transport=transport) as other:
        await other.sign_in(practice.users[0].username, practice.users[0].password)
        sent = len(practice.requests)
        await other.create_key(KeyRequest(folder="Keys"))
        assert operations(practice, sent)[:3] == ["createFolder", "ada", "addItem"]
    places = {item["ownerFolder"] for item in practice.items_of("ada") if item["type"] == "Application"}
    assert len(places) == 1


async def test_a_folder_in_other_letters_is_found(portal: Portal) -> None:
    """A portal does not tell large letters from small ones in a folder's title."""
    await portal.create_key(KeyRequest(folder="Keys"))
    assert (await portal.create_key(KeyRequest(folder="KEYS"))).key
    assert [folder.title for folder in await portal.folders()] == ["Keys"]


async def test_the_credential_is_what_was_asked_for(practice: PracticePortal, portal: Portal) -> None:
    """Title, tags, summary, items, referrers, date; the end is computed from the portal's answer."""
    before = datetime.now(UTC)
    request = KeyRequest(
        "A <b>title</b>, with a comma",
        privileges=BOTH,
        items=(practice.layer,),
        expires=timedelta(days=2),
        referrers=("https://*.example.com",),
        tags=("class", "practice"),
        summary="Zusammenfassung: 50 % & mehr",
    )
    credential = await portal.create_key(request)
    item = next(item for item in practice.items_of("ada") if item["id"] == credential.item_id)
    assert (item["title"], item["tags"], item["snippet"]) == (
        request.title,
        list(request.tags),
        request.summary,
    )
    assert item["apiToken1ExpirationDate"] / 1000 == pytest.approx(credential.key.expires.timestamp(), abs=2)
    assert timedelta(days=2) - timedelta(seconds=3) <= credential.key.expires - before <= timedelta(days=2)
    assert credential.privileges == BOTH
    assert credential.items == (practice.layer,)
    assert [(slot.number, slot.active) for slot in credential.slots] == [(1, True), (2, False)]
    assert credential.key.referrer == "https://www.example.com"
    assert credential.key.portal == portal.url
    assert credential.key.services == portal.account.services


async def test_without_generate_no_key_is_made(practice: PracticePortal, portal: Portal) -> None:
    """It stops after the date."""
    sent = len(practice.requests)
    credential = await portal.create_key(KeyRequest(generate=False))
    assert operations(practice, sent) == ["addItem", "registerApp", "update"]
    assert credential.key is None
    assert not any(slot.active for slot in credential.slots)


@pytest.mark.parametrize(("name", "flag"), [("premium:user:basemaps", 0), ("portal:user:createItem", 1)])
async def test_the_personal_flag(practice: PracticePortal, portal: Portal, name: str, flag: int) -> None:
    """Sent for general and admin privileges only."""
    credential = await portal.create_key(KeyRequest(privileges=(name,), private=True))
    row = practice.store.one("SELECT personal FROM apps WHERE item = ?", credential.item_id)
    assert row["personal"] == flag


async def test_what_may_not_be_granted_sends_nothing(practice: PracticePortal, portal: Portal) -> None:
    """An unknown privilege, a personal one for a public application, a date that has passed meanwhile."""
    sent = len(practice.requests)
    past = KeyRequest()
    object.__setattr__(past, "expires", timedelta(seconds=-1))
    for request in (
        KeyRequest(privileges=("premium:user:teleport",)),
        KeyRequest(privileges=("portal:user:createItem",)),
        past,
    ):
        with pytest.raises(FieldError):
            await portal.create_key(request)
    assert len(practice.requests) == sent


async def test_two_at_once_are_independent(portal: Portal) -> None:
    """Same title, same new folder, at the same time: two keys, one folder."""
    request = KeyRequest("Twin", folder="Keys")
    first, second = await asyncio.gather(portal.create_key(request), portal.create_key(request))
    assert first.key != second.key
    assert first.item_id != second.item_id
    assert [folder.title for folder in await portal.folders()] == ["Keys"]


async def test_one_failing_leaves_the_other_alone(practice: PracticePortal, portal: Portal) -> None:
    """Of two runs with the same title, the one that fails undoes only itself."""
    practice.fail("update:error=500")
    request = KeyRequest("Twin", folder="Keys")
    results = await asyncio.gather(
        portal.create_key(request), portal.create_key(request), return_exceptions=True
    )
    made = [result for result in results if not isinstance(result, Exception)]
    assert len(made) == 1
    apps = [item["id"] for item in practice.items_of("ada") if item["type"] == "Application"]
    assert apps == [made[0].item_id]
