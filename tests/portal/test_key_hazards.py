"""What could end more than was asked for, or less than was told."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from arcgis_keywidget import Portal
from arcgis_keywidget.errors import FieldError, KeyWidgetError, LeftBehindError, PortalError
from arcgis_keywidget.practice import serve
from tests.portal.test_key_life import is_live, make
from tests.portal.test_key_troubles import slots_of


async def test_only_credentials_are_deleted_by_id(site, signed_in) -> None:
    """A layer stays, and an id of nothing is told."""
    for item in (site.practice.layer, "0" * 32):
        with pytest.raises(PortalError, match="no API key credential"):
            await signed_in.delete(item)
    assert site.practice.layer in {item["id"] for item in site.practice.items_of(site.ada.username)}


async def test_an_administrator_is_told_that_an_id_is_somebody_elses(site, signed_in) -> None:
    """The key lives, so it is not called deleted; the same of a key that was looked into."""
    made = await make(signed_in)
    grace = site.practice.users[1]
    async with Portal(site.url) as other:
        await other.sign_in(grace.username, grace.password)
        for credential in (made.item_id, await other.inspect_key(made.key)):
            with pytest.raises(PortalError, match="no API key credential"):
                await other.delete(credential)
        assert is_live(site, made.key)


@pytest.mark.parametrize("bad", ["", "Trees", "../x", "a/delete?x="])
async def test_what_is_no_id_is_never_sent(site, signed_in, bad: str) -> None:
    """It would become a part of the address."""
    before = len(site.operations())
    for ask in (signed_in.read_key, signed_in.delete, signed_in.rotate, signed_in.edit):
        with pytest.raises(FieldError, match="no item id"):
            await ask(bad)
    assert len(site.operations()) == before


async def test_no_ids_are_no_keys(signed_in) -> None:
    """Whoever deletes what an empty list names deletes nothing; one text is no list."""
    await make(signed_in)
    assert await signed_in.list_keys(ids=[]) == ()
    with pytest.raises(TypeError, match="a list"):
        await signed_in.list_keys(ids="0" * 32)


async def test_brackets_of_a_title_stand_for_themselves(signed_in) -> None:
    """Only an asterisk and a question mark are more than letters."""
    await make(signed_in, "Keys [old]", generate=False)
    await make(signed_in, "Keys o", generate=False)
    assert [one.title for one in await signed_in.list_keys(title="keys [old]")] == ["Keys [old]"]


async def test_a_pasted_key_is_matched(signed_in) -> None:
    """With the line's end that came along."""
    made = await make(signed_in)
    assert await signed_in.find_key(f" {str.__str__(made.key)}\n") is not None


async def test_all_live_keys_are_revoked_as_they_are_now(site, signed_in) -> None:
    """Also the one that was made after the listing."""
    made = await make(signed_in)
    listed = await signed_in.list_keys()
    await signed_in.rotate(made)
    assert [one.state for one in await signed_in.revoke_keys(listed)] == ["done"]
    assert slots_of(site, made) == [False, False]


async def test_a_refused_replacement_leaves_key_and_date(site, signed_in) -> None:
    """The list would tell an end that the old key does not have."""
    made = await make(signed_in)
    before = (await signed_in.read_key(made)).slots[0]
    site.practice.fail("token:error=400")
    with pytest.raises(KeyWidgetError):
        await signed_in.generate(made, 1, timedelta(days=30), replace=True)
    assert is_live(site, made.key)
    assert (await signed_in.read_key(made)).slots[0] == before


async def test_a_key_that_cannot_be_taken_back_is_told(site, signed_in) -> None:
    """Its slot and item, so that it can be revoked."""
    made = await make(signed_in)
    site.practice.fail("token:drop-after*0")
    site.practice.fail("revokeToken:drop-before*0")
    with pytest.raises(LeftBehindError, match=r"slot 2 of 'Trees'") as caught:
        await signed_in.rotate(made)
    assert caught.value.items == (made.item_id,)
    assert slots_of(site, made) == [True, True]


async def test_a_lost_answer_loses_no_key_where_dates_are_rounded() -> None:
    """To the end of the day, as some portals may do."""
    with serve(switches={"expiry": "day"}) as running:
        ada = running.portal.users[0]
        async with Portal(running.url) as portal:
            await portal.sign_in(ada.username, ada.password)
            made = await make(portal)
            running.portal.fail("token:drop-after")
            assert (await portal.rotate(made)).key.slot == 2


async def test_a_cancelled_key_is_not_made_later(site, signed_in) -> None:
    """Nor in a slot that has still the date of a revoked key."""
    made = await make(signed_in)
    await signed_in.rotate(made)
    await signed_in.revoke(made, 2)
    site.practice.fail("token:slow=0.6")
    task = asyncio.ensure_future(signed_in.rotate(made, timedelta(days=3)))
    await asyncio.sleep(0.3)  # the portal is at work on the last of four requests by then
    assert site.operations()[-1] == "update"
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    for _ in range(100):
        if site.operations()[-1] == "token":
            break
        await asyncio.sleep(0.05)
    assert site.operations()[-1] == "token"
    assert slots_of(site, made) == [True, False]


async def test_what_stays_is_not_refused(site, signed_in) -> None:
    """A credential without privileges, or with names and referrers of the portal's own spelling."""
    made = await make(signed_in, generate=False)
    for privileges in ("[]", '["odd name", "premium:user:basemaps"]'):
        with site.practice.store.writing():
            site.practice.store.run(
                "UPDATE apps SET privileges = ?, referrers = ? WHERE item = ?",
                *(privileges, '["https://Example.com/"]', made.item_id),
            )
        assert (await signed_in.edit(made, title=f"Oaks {len(privileges)}")).title.startswith("Oaks")
        before = len(site.operations())
        await signed_in.edit(made, referrers=["https://example.com"])
        assert "updateApp" not in site.operations()[before:]
