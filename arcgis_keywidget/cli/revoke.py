"""`arcgis-keywidget revoke`: the end of the key of a slot."""

from __future__ import annotations

import click

from arcgis_keywidget.cli.choosing import find_one
from arcgis_keywidget.cli.consent import agreed, agrees, refuse_unasked
from arcgis_keywidget.cli.entry import Entry, signs_in
from arcgis_keywidget.cli.keeping import tell_still_kept
from arcgis_keywidget.cli.records import record_of, write_json
from arcgis_keywidget.cli.statuses import STATUSES, Status
from arcgis_keywidget.cli.wording import life, named
from arcgis_keywidget.errors import KeyWidgetError


@click.command("revoke", epilog=STATUSES)
@click.argument("name", metavar="ID|TITLE")
@click.option(
    "--slot", "number", metavar="1|2", type=click.IntRange(1, 2), required=True, help="Whose key ends."
)
@agrees
@click.option("--json", "as_json", is_flag=True, help="Write the credential as JSON.")
@signs_in
def command(*, entry: Entry, name: str, number: int, yes: bool, as_json: bool) -> int:
    """End the key of a slot at once and for good, wherever it is used; the credential stays."""
    refuse_unasked(yes=yes)
    with entry.opened() as portal:
        credential = find_one(portal, name)
        slot = credential.slot(number)
        if slot is None:
            raise KeyWidgetError(f"{named(credential)} is a legacy key.", "It can only be deleted.")
        if not slot.active:
            click.echo(f"Slot {number} of {named(credential)} holds no key.", err=True)
        elif agreed(f"End the key in slot {number} of {named(credential)}, {life(slot)}?", yes=yes):
            credential = portal.revoke(credential, number)
            click.echo(f"Ended the key in slot {number} of {named(credential)}.", err=True)
            tell_still_kept(portal.url, [credential], number)
        else:
            click.echo("Nothing was changed.", err=True)
            return Status.PARTLY
        if as_json:
            write_json(record_of(credential, portal.url))
    return Status.DONE
