"""`arcgis-keywidget create`: an API key credential, and its first key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from arcgis_keywidget.cli.consent import stoppable
from arcgis_keywidget.cli.discretion import WrongArgument
from arcgis_keywidget.cli.entry import Entry, signs_in
from arcgis_keywidget.cli.outlet import Outlet, hands_over
from arcgis_keywidget.cli.records import record_of, write_json
from arcgis_keywidget.cli.statuses import STATUSES, Status
from arcgis_keywidget.cli.values import expiring
from arcgis_keywidget.cli.wording import named, slots
from arcgis_keywidget.models import KeyRequest

if TYPE_CHECKING:
    from datetime import date, timedelta

    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.portal import BlockingPortal

PRESETS = ("basemaps", "basemaps-layer", "basemaps-services")


@click.command("create", epilog=STATUSES)
@click.option("--title", metavar="TEXT", help="Title of the item; else it tells when the key was made.")
@click.option("--preset", type=click.Choice(PRESETS), help="A common choice of privileges.")
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
    default=False,
    show_default=True,
    help="Whether it is for a private application, which may hold general and admin privileges.",
)
@click.option("--folder", metavar="TITLE", help="Folder of the item, made if there is none.")
@click.option("--tag", "tags", metavar="TEXT", multiple=True, help="A tag of the item.")
@click.option("--summary", metavar="TEXT", default="", help="One or two sentences for the item's page.")
@click.option("--no-generate", is_flag=True, help="Make the credential alone; 'rotate' makes its first key.")
@hands_over
@signs_in
def command(  # noqa: PLR0913 (its arguments are the options)
    *,
    entry: Entry,
    outlet: Outlet,
    preset: str | None,
    title: str | None,
    privileges: tuple[str, ...],
    items: tuple[str, ...],
    expires: timedelta | date,
    referrers: tuple[str, ...],
    private: bool,
    folder: str | None,
    tags: tuple[str, ...],
    summary: str,
    no_generate: bool,
) -> int:
    """Make an API key credential and its key, which is written to standard output and shown nowhere again.

    Without a preset or a privilege the key draws basemaps, or, where items are named, opens these alone. At a
    terminal it needs --show-key; to keep it out of sight, send the output to a file or a program. What fails
    half-way is taken back. --privilege, --item, --referrer and --tag may be repeated.
    """
    if not no_generate:
        outlet.check()
    request = KeyRequest(
        title,
        privileges=privileges or (() if items and preset is None else KeyRequest().privileges),
        items=items,
        expires=expires,
        referrers=referrers,
        private=private,
        folder=folder,
        tags=tags,
        summary=summary,
        generate=not no_generate,
    )
    with entry.opened() as portal:
        if preset is not None:
            request = replace(request, privileges=(*privileges, *_privileges_of(portal, preset, items)))
        with stoppable("Nothing was made, or it was taken back."):
            credential = portal.create_key(request)
            _tell(portal, credential, outlet)
    return Status.DONE


def _privileges_of(portal: BlockingPortal, preset: str, items: tuple[str, ...]) -> tuple[str, ...]:
    from arcgis_keywidget.privileges import presets  # noqa: PLC0415 (reads the catalogue, for this alone)

    offered = {one.id: one for one in presets(portal.account)}
    if preset not in offered:
        may = ", ".join(name for name in PRESETS if name in offered)
        raise WrongArgument(f"your account may grant {may or 'none of them'}.", "--preset")
    if offered[preset].needs_item and not items:
        raise WrongArgument(f"{preset} needs an --item that the key shall open.", "--preset")
    return offered[preset].privileges


def _tell(portal: BlockingPortal, credential: KeyCredential, outlet: Outlet) -> None:
    if credential.key is not None:
        outlet.hand_over(portal, credential, take_back=lambda: portal.delete(credential))
        click.echo(f"Made {named(credential)}. Slots: {slots(credential)}.", err=True)
        return
    if outlet.as_json:
        write_json(record_of(credential, portal.url))
    click.echo(f"Made {named(credential)}, without a key; 'rotate' makes one.", err=True)
