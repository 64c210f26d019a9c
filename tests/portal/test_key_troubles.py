"""What goes wrong while a key is made or ended in a credential that is there: nothing lost, nothing left."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from arcgis_keywidget import Portal
from arcgis_keywidget.errors import KeyWidgetError, PortalError
from arcgis_keywidget.practice import tokens
from tests.portal.test_key_life import is_live, make


def slots_of(site, credential) -> list[bool]:
    """Which slots hold live keys, as the portal itself knows."""
    app = tokens.find_app(site.practice.store, client_id=credential.client_id)
    now = int(site.clock() * 1000)
    return [tokens.is_active(site.practice.store, app, slot, now) for slot in (1, 2)]


@pytest.mark.parametrize("fault", ["token:drop-after", "token:half", "token:html", "token:error=500"])
async def test_a_lost_answer_loses_no_key(site, signed_in, fault: str) -> None:
    """The key that nobody saw gives way to another; where none was made, nothing is left."""
    made = await make(signed_in)
    site.practice.fail(fault)
    try:
        fresh = await signed_in.rotate(made)
    except KeyWidgetError:
        assert slots_of(site, made) == [True, False]
        assert (await signed_in.read_key(made)).slots[1].expires is None
    else:
        assert is_live(site, fresh.key)
    assert is_live(site, made.key)


@pytest.mark.parametrize("operation", ["item", "registeredAppInfo", "update", "token"])
async def test_a_dead_portal_at_any_request_leaves_the_live_key_alone(
    site, signed_in, operation: str
) -> None:
    """And no other in the free slot."""
    made = await make(signed_in)
    site.practice.fail(f"{operation}:drop-before*0")
    with pytest.raises(KeyWidgetError):
        await signed_in.rotate(made)
    site.practice.heal()
    assert is_live(site, made.key)
    assert slots_of(site, made) == [True, False]


async def test_cancelled_in_the_middle_no_key_stays(site, signed_in) -> None:
    """The slot is as it was, its date too."""
    made = await make(signed_in)
    site.practice.fail("token:slow=0.5")
    task = asyncio.ensure_future(signed_in.rotate(made))
    await asyncio.sleep(0.3)  # the portal is at work on the last of four requests by then
    assert site.operations()[-1] == "update"
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    for _ in range(50):
        if slots_of(site, made) == [True, False]:
            break
        await asyncio.sleep(0.1)
    assert slots_of(site, made) == [True, False]
    assert (await signed_in.read_key(made)).slots[1].expires is None


async def test_two_who_rotate_at_once_get_one_key_each_or_are_told(site, signed_in) -> None:
    """Whoever comes second is told, and ends nobody's key."""
    made = await make(signed_in)
    async with Portal(site.url) as other:
        await other.sign_in(site.ada.username, site.ada.password)
        results = await asyncio.gather(
            signed_in.rotate(made), other.rotate(made, timedelta(days=3)), return_exceptions=True
        )
    keys = [one.key for one in results if not isinstance(one, BaseException)]
    failures = [one for one in results if isinstance(one, BaseException)]
    assert len(keys) == len(failures) == 1
    assert isinstance(failures[0], KeyWidgetError)
    assert is_live(site, keys[0])
    assert is_live(site, made.key)


async def test_a_credential_that_was_deleted_elsewhere_is_told(signed_in) -> None:
    """By every operation, in words."""
    made = await make(signed_in)
    await signed_in.delete(made)
    for work in (signed_in.rotate(made), signed_in.revoke(made, 1), signed_in.edit(made, title="B")):
        with pytest.raises(PortalError, match="no API key credential"):
            await work
    await signed_in.delete(made)


@pytest.mark.parametrize("fault", ["revokeToken:drop-after", "revokeToken:half"])
async def test_a_revoke_whose_answer_is_lost_is_looked_after(site, signed_in, fault: str) -> None:
    """It was done: no error."""
    made = await make(signed_in)
    site.practice.fail(fault)
    after = await signed_in.revoke(made, 1)
    assert not after.slots[0].active
    assert not is_live(site, made.key)


async def test_a_revoke_that_was_not_done_is_an_error(site, signed_in) -> None:
    """The key lives."""
    made = await make(signed_in)
    site.practice.fail("revokeToken:drop-before")
    with pytest.raises(KeyWidgetError):
        await signed_in.revoke(made, 1)
    assert is_live(site, made.key)


async def test_no_secret_is_in_what_is_told(site, signed_in) -> None:
    """Neither the client secret nor a key in errors, representations or the transcript."""
    made = await make(signed_in)
    app = tokens.find_app(site.practice.store, client_id=made.client_id)
    site.practice.fail("token:error=500")
    with pytest.raises(KeyWidgetError) as caught:
        await signed_in.rotate(made)
    told = f"{caught.value!r} {caught.value} {made!r} {signed_in.transcript!r} {[*signed_in.transcript]!r}"
    assert app.client_secret not in told
    assert str.__str__(made.key) not in told
    assert caught.value.__context__ is None or app.client_secret not in repr(caught.value.__context__)
