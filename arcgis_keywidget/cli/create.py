"""`arcgis-keywidget create`: an API key credential, and its first key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from arcgis_keywidget.cli.consent import stoppable
from arcgis_keywidget.cli.entry import Entry, signs_in
from arcgis_keywidget.cli.house import House
from arcgis_keywidget.cli.outlet import Outlet, hands_over
from arcgis_keywidget.cli.records import record_of, write_json
from arcgis_keywidget.cli.statuses import STATUSES, Status
from arcgis_keywidget.cli.values import expiring, given
from arcgis_keywidget.cli.wording import named, slots
from arcgis_keywidget.models import PRESETS

if TYPE_CHECKING:
    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.portal import BlockingPortal


@click.command("create", epilog=STATUSES)
@click.option("--title", metavar="TEXT", help="Title of the item; else it tells when the key was made.")
@click.option(
    "--preset",
    metavar="NAME",
    help=f"A common choice of privileges: {', '.join(PRESETS)}, or one that is configured.",
)
@click.option(
    "--privilege", "privileges", metavar="NAME", multiple=True, help="Such as premium:user:basemaps."
)
@click.option("--item", "items", metavar="ID", multiple=True, help="An item that the key shall open.")
@expiring
@click.option(
    "--referrer", "referrers", metavar="ADDRESS", multiple=True, help="A web page that it is bound to."
)
@click.option(
    "--private/--public",
    default=None,
    help="Whether it is for a private application, which may hold general and admin privileges.",
)
@click.option(
    "--folder", metavar="TITLE", help="Folder of the item, made if there is none; empty for the root."
)
@click.option("--tag", "tags", metavar="TEXT", multiple=True, help="A tag of the item.")
@click.option("--summary", metavar="TEXT", help="One or two sentences for the item's page.")
@click.option("--no-generate", is_flag=True, help="Make the credential alone; 'rotate' makes its first key.")
@hands_over
@signs_in
def command(
    *,
    entry: Entry,
    outlet: Outlet,
    preset: str | None,
    privileges: tuple[str, ...],
    items: tuple[str, ...],
    no_generate: bool,
    **others: Any,  # noqa: ANN401 (the other options are arguments of KeyRequest)
) -> int:
    """Make an API key credential and its key, which is written to standard output and shown nowhere again.

    Without a preset or a privilege the key draws basemaps, or, where items are named, opens these alone. At a
    terminal it needs --keep or --show-key; or send the output to a file or a program. What fails half-way is
    taken back. --privilege, --item, --referrer and --tag may be repeated. What is configured for keys (see
    'config') holds here, too: the preset, folder, tags and days where nothing is said, the longest lifetime,
    and what is locked.
    """
    outlet.check(makes_key=not no_generate)
    house = House(entry.settings)
    house.tell_left_out()
    preset = house.preset(preset, privileges)
    said = _said(others, privileges=privileges, items=items, generate=not no_generate)
    if items and preset is None and not privileges:
        said["privileges"] = ()
    request = house.request(said)
    with entry.opened() as portal:
        if preset is not None:
            granted = house.privileges_of(portal, preset, items)
            request = replace(request, privileges=(*privileges, *granted))
        with stoppable("Nothing was made, or it was taken back."):
            credential = portal.create_key(request)
            _tell(portal, credential, outlet)
    return Status.DONE


def _said(others: dict[str, Any], *, generate: bool, **lists: tuple[str, ...]) -> dict[str, Any]:
    """Return the arguments of `KeyRequest` of which something is said."""
    said = {name: value for name, value in {**others, **lists}.items() if value not in {None, ()}}
    if "tags" in said:
        said["tags"] = given(said["tags"])
    if "folder" in said:
        said["folder"] = said["folder"].strip() or None
    return said if generate else {**said, "generate": False}


def _tell(portal: BlockingPortal, credential: KeyCredential, outlet: Outlet) -> None:
    if credential.key is not None:
        outlet.hand_over(portal, credential, take_back=lambda: portal.delete(credential))
        click.echo(f"Made {named(credential)}. Slots: {slots(credential)}.", err=True)
        return
    if outlet.as_json:
        write_json(record_of(credential, portal.url))
    click.echo(f"Made {named(credential)}, without a key; 'rotate' makes one.", err=True)
