"""Keys that are there: listed, generated, rotated, revoked, changed, deleted; against a practice portal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from arcgis_keywidget import KeyRequest
from arcgis_keywidget.errors import FieldError, KeyWidgetError, PortalError
from arcgis_keywidget.models import Secret
from arcgis_keywidget.portal import Portal

if TYPE_CHECKING:
    from arcgis_keywidget.models import KeyCredential
    from tests.portal.conftest import Site

BASEMAPS = "premium:user:basemaps"
TILES = "premium:user:staticbasemaptiles"


async def make(portal: Portal, title: str = "Trees", **settings) -> KeyCredential:
    """A credential with a key."""
    return await portal.create_key(KeyRequest(title, **{"privileges": (BASEMAPS, TILES), **settings}))


def is_live(site: Site, key) -> bool:
    """Whether the portal's own tiles open with a key."""
    url = f"{site.running.ready['basemaps']['static']}/arcgis/streets/static/tile/0/0/0"
    headers = {"X-Esri-Authorization": f"Bearer {Secret(key).reveal()}"}
    return httpx.get(url, headers=headers).status_code == 200


async def test_an_application_for_signing_in_is_no_key(site, signed_in) -> None:
    """One that was registered without privileges is not listed: who deletes in bulk would lose it."""
    site.settle()
    assert await signed_in.list_keys() == ()


async def test_listed_keys_have_all_their_settings(site, signed_in) -> None:
    """Slots, ends, privileges, items, referrers, folder, tags; without the key, and by title."""
    made = await make(
        signed_in,
        items=(site.practice.layer,),
        referrers=("https://example.com",),
        folder="Class 7",
        tags=("a", "b"),
        summary="For the lesson.",
    )
    await make(signed_in, "apples", generate=False)
    other, one = await signed_in.list_keys()
    assert (other.title, [slot.active for slot in other.slots]) == ("apples", [False, False])
    assert (one.item_id, one.client_id, one.key) == (made.item_id, made.client_id, None)
    assert set(one.privileges) == {BASEMAPS, TILES}
    assert (one.items, one.referrers) == ((site.practice.layer,), ("https://example.com",))
    assert (one.folder, set(one.tags), one.summary) == ("Class 7", {"a", "b"}, "For the lesson.")
    assert [slot.active for slot in one.slots] == [True, False]
    assert abs(one.slots[0].expires - made.key.expires) <= timedelta(seconds=1)
    assert (one.owner, one.protected, one.legacy) == (site.ada.username, False, False)


async def test_new_keys_are_listed_before_the_index_knows_them(signed_in) -> None:
    """And deleted ones no longer, though it still does."""
    made = await make(signed_in)
    assert [one.item_id for one in await signed_in.list_keys()] == [made.item_id]
    await signed_in.delete(made)
    assert await signed_in.list_keys() == ()


async def test_many_keys_come_in_pages(site, signed_in) -> None:
    """More than a page of a search; each is told as it is read."""
    for number in range(101):
        await make(signed_in, f"Key {number}", generate=False)
    site.settle()
    told = []
    async with Portal(site.url) as other:
        await other.sign_in(site.ada.username, site.ada.password)
        keys = await other.list_keys(title="key *", on_key=told.append)
    assert len(keys) == 101
    assert {one.title for one in keys} <= {one.title for one in told}
    assert site.operations().count("search") == 2


async def test_keys_are_chosen_by_id_title_and_tag(signed_in) -> None:
    """Large and small letters are the same, an asterisk stands for any."""
    tree = await make(signed_in, "Trees of 7a", tags=("class-7",))
    await make(signed_in, "Roads", tags=("class-8",))
    assert [one.title for one in await signed_in.list_keys(title="trees*")] == ["Trees of 7a"]
    assert [one.title for one in await signed_in.list_keys(tag="CLASS-8")] == ["Roads"]
    assert [one.title for one in await signed_in.list_keys(ids=[tree.item_id])] == ["Trees of 7a"]
    assert await signed_in.list_keys(title="trees*", tag="class-8") == ()


async def test_a_key_in_hand_is_matched_without_being_sent(site, signed_in) -> None:
    """By its last eight characters."""
    await make(signed_in, "Roads")
    tree = await make(signed_in)
    site.practice.log.forget()
    found = await signed_in.find_key(str.__str__(tree.key))
    assert found is not None
    assert found.item_id == tree.item_id
    assert await signed_in.find_key("AAPTelse.AT1_12345678") is None
    assert "portals/self" not in site.operations()


async def test_legacy_keys_are_told_and_refused(site, signed_in) -> None:
    """They have no slots; only deleting is left."""
    site.plant_legacy("Old map")
    site.settle()
    (old,) = await signed_in.list_keys(title="old*")
    assert (old.legacy, old.slots) == (True, ())
    with pytest.raises(KeyWidgetError, match="legacy API key"):
        await signed_in.generate(old)
    await signed_in.delete(old)
    assert await signed_in.list_keys(title="old*") == ()


async def test_rotation_leaves_no_gap(site, signed_in) -> None:
    """The second slot's key lives beside the first, until that is revoked."""
    first = await make(signed_in)
    second = await signed_in.rotate(first, timedelta(days=3))
    assert (first.key.slot, second.key.slot) == (1, 2)
    assert is_live(site, first.key)
    assert is_live(site, second.key)
    assert second.key.expires - datetime.now(UTC) < timedelta(days=3)
    with pytest.raises(KeyWidgetError, match="Both slots"):
        await signed_in.rotate(first)
    after = await signed_in.revoke(second, 1)
    assert [slot.active for slot in after.slots] == [False, True]
    assert not is_live(site, first.key)
    assert is_live(site, second.key)


async def test_generate_takes_four_requests(site, signed_in) -> None:
    """The item, its application, the date, the key."""
    made = await make(signed_in, generate=False)
    before = len(site.operations())
    await signed_in.generate(made)
    assert site.operations()[before:] == ["item", "registeredAppInfo", "update", "token"]


async def test_a_live_key_is_replaced_only_when_told(site, signed_in) -> None:
    """Then the old one ends at once."""
    made = await make(signed_in)
    with pytest.raises(FieldError, match="Slot 1 holds a live key"):
        await signed_in.generate(made, 1)
    assert is_live(site, made.key)
    again = await signed_in.generate(made, 1, replace=True)
    assert not is_live(site, made.key)
    assert is_live(site, again.key)
    with pytest.raises(FieldError, match="slots 1 and 2"):
        await signed_in.generate(made, 3)


async def test_an_ended_key_makes_room(site, signed_in) -> None:
    """Its date has passed: nothing is lost with it."""
    made = await make(signed_in, expires=timedelta(days=1))
    await signed_in.generate(made, 2, timedelta(days=9))
    site.clock.ahead += 2 * 86_400
    await signed_in.sign_in(site.ada.username, site.ada.password)
    again = await signed_in.rotate(made)
    assert again.key.slot == 1


async def test_plain_changes_keep_the_keys(site, signed_in) -> None:
    """Title, summary, tags and folder; emptied ones too."""
    made = await make(signed_in, tags=("a",), summary="Old.")
    after = await signed_in.edit(made, title="Oaks", summary="", tags=(), folder="Class 8")
    assert (after.title, after.summary, after.tags, after.folder) == ("Oaks", "", (), "Class 8")
    assert after.slots[0].active
    assert is_live(site, made.key)
    assert (await signed_in.edit(made, folder="")).folder is None


async def test_changes_that_end_keys_are_asked_for_twice(site, signed_in) -> None:
    """Privileges, items and referrers; the flags are read back."""
    made = await make(signed_in)
    with pytest.raises(KeyWidgetError, match="would end the live keys") as caught:
        await signed_in.edit(made, privileges=[TILES], title="Oaks")
    assert "end_keys=True" in caught.value.hint
    assert (await signed_in.read_key(made)).title == "Trees"
    assert is_live(site, made.key)
    after = await signed_in.edit(
        made, privileges=[TILES], items=[site.practice.layer], end_keys=True, title="Oaks"
    )
    assert (after.privileges, after.items, after.title) == ((TILES,), (site.practice.layer,), "Oaks")
    assert not any(slot.active for slot in after.slots)
    assert not is_live(site, made.key)
    assert is_live(site, (await signed_in.generate(after)).key)


async def test_nothing_is_sent_where_nothing_changes(site, signed_in) -> None:
    """Neither for live keys, in whatever order."""
    made = await make(signed_in, tags=("a", "b"))
    before = len(site.operations())
    await signed_in.edit(made, privileges=[TILES, BASEMAPS], tags=["b", "a"], title="Trees", referrers=[])
    assert site.operations()[before:] == ["item", "registeredAppInfo"]


async def test_what_an_account_may_not_grant_is_refused_before_anything(signed_in) -> None:
    """With the field's name."""
    made = await make(signed_in, generate=False)
    with pytest.raises(FieldError) as caught:
        await signed_in.edit(made, privileges=[BASEMAPS, "portal:admin:deleteItems"])
    assert caught.value.field == "privileges"
    with pytest.raises(FieldError):
        await signed_in.edit(made, privileges=[], items=[])


async def test_a_change_that_stops_half_way_says_what_was_done(site, signed_in) -> None:
    """Running it again does the rest."""
    made = await make(signed_in, generate=False)
    site.practice.fail("update:http=503*0")
    with pytest.raises(KeyWidgetError) as caught:
        await signed_in.edit(made, privileges=[BASEMAPS], title="Oaks")
    assert "Changed so far: privileges, items and referrers." in caught.value.hint
    site.practice.heal()
    after = await signed_in.edit(made, privileges=[BASEMAPS], title="Oaks")
    assert (after.privileges, after.title) == ((BASEMAPS,), "Oaks")


async def test_protected_keys_are_told(site, signed_in) -> None:
    """Before, in a dry run, and when it is tried."""
    made = await make(signed_in)
    await signed_in._rest.post(f"content/users/{site.ada.username}/items/{made.item_id}/protect", {})
    with pytest.raises(PortalError, match="protected against deletion"):
        await signed_in.delete(made)
    (listed,) = await signed_in.list_keys()
    (planned,) = await signed_in.delete_keys([listed], dry_run=True)
    assert (planned.state, planned.why.startswith("It is protected")) == ("failed", True)


async def test_many_are_deleted_one_by_one(site, signed_in) -> None:
    """A dry run first; what fails is told, the others go; again it finishes."""
    for title in ("A", "B", "C"):
        await make(signed_in, title, tags=("class-7",))
    keys = await signed_in.list_keys(tag="class-7")
    assert [one.state for one in await signed_in.delete_keys(keys, dry_run=True)] == ["planned"] * 3
    assert len(await signed_in.list_keys()) == 3
    site.practice.fail("delete:error=403*1")
    outcomes = await signed_in.delete_keys(keys)
    assert [one.state for one in outcomes] == ["failed", "done", "done"]
    assert [one.state for one in await signed_in.delete_keys(keys)] == ["done"] * 3
    assert await signed_in.list_keys() == ()


async def test_a_dead_portal_stops_the_rest(site, signed_in) -> None:
    """Nobody waits for forty time-outs."""
    for title in ("A", "B", "C"):
        await make(signed_in, title)
    keys = await signed_in.list_keys()
    site.practice.fail("revokeToken:drop-before*0")
    outcomes = await signed_in.revoke_keys(keys)
    assert [one.state for one in outcomes] == ["failed", "not tried", "not tried"]
    site.practice.heal()
    assert {one.state for one in await signed_in.revoke_keys(await signed_in.list_keys())} == {"done"}
    assert not any(one.live_slots() for one in await signed_in.list_keys())
