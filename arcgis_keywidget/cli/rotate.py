"""`arcgis-keywidget rotate`: the next key of a credential, while the present one lives on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from arcgis_keywidget.cli.choosing import find_one
from arcgis_keywidget.cli.consent import stoppable
from arcgis_keywidget.cli.entry import Entry, signs_in
from arcgis_keywidget.cli.house import House
from arcgis_keywidget.cli.keeping import tell_still_kept
from arcgis_keywidget.cli.outlet import Outlet, hands_over
from arcgis_keywidget.cli.statuses import STATUSES, Status
from arcgis_keywidget.cli.values import expiring
from arcgis_keywidget.cli.wording import named, slots, visible
from arcgis_keywidget.errors import KeyWidgetError

if TYPE_CHECKING:
    from datetime import date, timedelta

    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.portal import BlockingPortal


@click.command("rotate", epilog=STATUSES)
@click.argument("name", metavar="ID|TITLE")
@expiring
@click.option("--revoke-old", is_flag=True, help="End the present key once the new one is written.")
@hands_over
@signs_in
def command(
    *, entry: Entry, outlet: Outlet, name: str, expires: timedelta | date | None, revoke_old: bool
) -> int:
    """Make a key in the free slot of a credential; it is written to standard output and shown nowhere again.

    The present key lives on until 'revoke' ends it, or at once with --revoke-old. Also for a credential that
    has no key yet. At a terminal it needs --keep or --show-key.
    What is configured for the life of keys (see 'config') holds here, too.
    """
    outlet.check()
    house = House(entry.settings)
    house.tell_left_out()
    lives = house.lifetime(expires)
    with entry.opened() as portal:
        before = find_one(portal, name)
        _refuse_full(before)
        with stoppable("No key was made, or it was taken back."):
            after = portal.rotate(before, lives)
            taken = {slot.number for slot in after.live_slots()} - {
                slot.number for slot in before.live_slots()
            }
            outlet.hand_over(portal, after, take_back=lambda: [portal.revoke(after, slot) for slot in taken])
        click.echo(f"Made a key in {named(after)}. Slots: {slots(after)}.", err=True)
        return _revoke(portal, before) if revoke_old else Status.DONE


def _refuse_full(credential: KeyCredential) -> None:
    if len(live := credential.live_slots()) > 1:
        raise KeyWidgetError(
            f"Both slots of {named(credential)} hold live keys.",
            f"End one first: arcgis-keywidget revoke {credential.item_id} --slot {live[0].number}",
        )


def _revoke(portal: BlockingPortal, before: KeyCredential) -> int:
    """End the keys that there were; the new one is out already, so a failure is one of a part."""
    for slot in before.live_slots():
        try:
            with stoppable(f"The new key is made; the one in slot {slot.number} may live on."):
                portal.revoke(before, slot.number)
        except KeyWidgetError as error:
            click.echo(f"The old key in slot {slot.number} lives on: {visible(str(error))}", err=True)
            return Status.PARTLY
        click.echo(f"Ended the old key in slot {slot.number}.", err=True)
        tell_still_kept(portal.url, [before], slot.number)
    return Status.DONE
