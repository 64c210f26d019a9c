"""`arcgis-keywidget list`: the API key credentials of an account."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from arcgis_keywidget.cli.choosing import read_all
from arcgis_keywidget.cli.entry import Entry, signs_in
from arcgis_keywidget.cli.records import record_of, write_json
from arcgis_keywidget.cli.statuses import STATUSES, Status

if TYPE_CHECKING:
    from arcgis_keywidget.models import KeyCredential

ORDERS = ("title", "expiry", "folder")


_NONE = (
    "No API keys, or none that these options choose. Of one that was made a moment ago the portal tells "
    "some seconds later."
)


@click.command("list", epilog=STATUSES)
@click.option("--title", metavar="PATTERN", help="Only these; * stands for any letters, ? for one.")
@click.option("--tag", metavar="PATTERN", help="Only those with such a tag.")
@click.option(
    "--expiring",
    metavar="DAYS",
    type=click.IntRange(min=0),
    help="Only those whose last live key ends by then.",
)
@click.option(
    "--sort", "order", type=click.Choice(ORDERS), default="title", show_default=True, help="By what."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON: all that is known of each.")
@signs_in
def command(
    *,
    entry: Entry,
    title: str | None,
    tag: str | None,
    expiring: int | None,
    order: str,
    as_json: bool,
) -> int:
    """List the API key credentials of your account: their slots and days left, never a key.

    In a pipe it writes a line for each, with tabs between title, id, slots, number of privileges, number of
    items, referrers, folder and tags. The portal tells of a credential some seconds after it was made.
    """
    with entry.opened() as portal:
        found = read_all(portal, title=title, tag=tag)
    now = datetime.now(UTC)
    shown = sorted(
        (one for one in found if _ends_by(one, expiring, now)), key=lambda one: _place(one, order, now)
    )
    if as_json:
        write_json([record_of(one, portal.url, now) for one in shown])
    elif shown:
        from arcgis_keywidget.cli.tables import write_keys  # noqa: PLC0415 (loads rich, for this alone)

        write_keys(shown)
    else:
        click.echo(_NONE, err=True)
    return Status.DONE


def _ends_by(credential: KeyCredential, days: int | None, now: datetime) -> bool:
    left = credential.days_left(now)
    return days is None or (left is not None and left <= days)


def _place(credential: KeyCredential, order: str, now: datetime) -> tuple[float, str, str]:
    """Return what a credential is sorted by; without a live key, or a folder, it comes last or first."""
    left = credential.days_left(now)
    ends = float("inf") if left is None else left
    folder = (credential.folder or "").casefold()
    return (
        ends if order == "expiry" else 0.0,
        folder if order == "folder" else "",
        credential.title.casefold(),
    )
