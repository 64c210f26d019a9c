"""`arcgis-keywidget show`: one credential in full."""

from __future__ import annotations

import click

from arcgis_keywidget.cli.choosing import find_one
from arcgis_keywidget.cli.entry import Entry, signs_in
from arcgis_keywidget.cli.records import record_of, write_json
from arcgis_keywidget.cli.statuses import STATUSES, Status


@click.command("show", epilog=STATUSES)
@click.argument("name", metavar="ID|TITLE")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@signs_in
def command(*, entry: Entry, name: str, as_json: bool) -> int:
    """Tell all of a credential but its keys, which no portal shows again."""
    with entry.opened() as portal:
        record = record_of(credential := find_one(portal, name), portal.url)
    if as_json:
        write_json(record)
    else:
        from arcgis_keywidget.cli.tables import write_details  # noqa: PLC0415 (loads rich)

        write_details(credential, record["page"])
    return Status.DONE
