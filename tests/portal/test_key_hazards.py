"""What could end more than was asked for, or less than was told."""

from __future__ import annotations

import pytest

from arcgis_keywidget import Portal
from arcgis_keywidget.errors import FieldError, PortalError
from tests.portal.test_key_life import is_live, make


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
