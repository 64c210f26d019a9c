"""`arcgis-keywidget edit`: other settings of a credential."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from arcgis_keywidget.cli.choosing import find_one
from arcgis_keywidget.cli.consent import agreed, agrees
from arcgis_keywidget.cli.discretion import WrongArgument
from arcgis_keywidget.cli.entry import Entry, signs_in
from arcgis_keywidget.cli.records import record_of, write_json
from arcgis_keywidget.cli.statuses import STATUSES, Status
from arcgis_keywidget.cli.typed import at_terminal
from arcgis_keywidget.cli.values import given
from arcgis_keywidget.cli.wording import named, slots

if TYPE_CHECKING:
    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.portal import BlockingPortal


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be different; None leaves a setting as it is."""

    title: str | None
    summary: str | None
    tags: tuple[str, ...] | None
    folder: str | None
    privileges: tuple[str, ...] | None
    items: tuple[str, ...] | None
    referrers: tuple[str, ...] | None

    def is_none(self) -> bool:
        """Whether nothing is to be different."""
        return all(getattr(self, name) is None for name in self.__slots__)

    def ends_keys(self, credential: KeyCredential) -> bool:
        """Whether live keys end by it: privileges, items or referrers are others than they were."""
        from arcgis_keywidget.privileges import canonical  # noqa: PLC0415 (reads the catalogue)

        def differ(wanted: tuple[str, ...] | None, now: tuple[str, ...]) -> bool:
            return wanted is not None and set(map(canonical, wanted)) != set(map(canonical, now))

        return bool(credential.live_slots()) and (
            differ(self.privileges, credential.privileges)
            or differ(self.items, credential.items)
            or differ(self.referrers, credential.referrers)
        )

    def make(self, portal: BlockingPortal, credential: KeyCredential, *, private: bool) -> KeyCredential:
        """Make it; whoever calls has asked whether live keys may end."""
        return portal.edit(
            credential,
            title=self.title,
            summary=self.summary,
            tags=self.tags,
            folder=self.folder,
            privileges=self.privileges,
            items=self.items,
            referrers=self.referrers,
            private=private,
            end_keys=self.ends_keys(credential),
        )


@click.command("edit", epilog=STATUSES)
@click.argument("name", metavar="ID|TITLE")
@click.option("--title", metavar="TEXT", help="Title of the item.")
@click.option("--summary", metavar="TEXT", help="Summary of the item; empty for none.")
@click.option("--tag", "tags", metavar="TEXT", multiple=True, help="All tags of the item, one each.")
@click.option("--folder", metavar="TITLE", help="Folder, made if there is none; empty for the root.")
@click.option(
    "--privilege", "privileges", metavar="NAME", multiple=True, help="All that its keys shall hold."
)
@click.option("--item", "items", metavar="ID", multiple=True, help="All items that its keys shall open.")
@click.option(
    "--referrer", "referrers", metavar="ADDRESS", multiple=True, help="All web pages they are bound to."
)
@click.option("--private", is_flag=True, help="For a private application, if it is not one yet.")
@agrees
@click.option("--json", "as_json", is_flag=True, help="Write the credential as JSON.")
@signs_in
def command(  # noqa: PLR0913 (its arguments are the options)
    *,
    entry: Entry,
    name: str,
    title: str | None,
    summary: str | None,
    tags: tuple[str, ...],
    folder: str | None,
    privileges: tuple[str, ...],
    items: tuple[str, ...],
    referrers: tuple[str, ...],
    private: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Change settings of a credential; what is not given stays as it is.

    Title, summary, tags and folder change freely. Other privileges, items or referrers end the live keys of
    both slots: that is asked first, and 'rotate' makes a new key afterwards. --tag, --privilege, --item and
    --referrer are repeated for a whole new list; an empty one stands for none.
    """
    change = Change(
        title=title,
        summary=summary,
        tags=given(tags),
        folder=folder,
        privileges=given(privileges),
        items=given(items),
        referrers=given(referrers),
    )
    if change.is_none():
        raise WrongArgument("name a setting to change.")
    with entry.opened() as portal:
        credential = find_one(portal, name)
        if change.ends_keys(credential) and not _may_end(credential, yes=yes):
            click.echo("Nothing was changed.", err=True)
            return Status.PARTLY
        after = change.make(portal, credential, private=private)
        _tell(credential, after)
        if as_json:
            write_json(record_of(after, portal.url))
    return Status.DONE


def _may_end(credential: KeyCredential, *, yes: bool) -> bool:
    """Ask whether live keys may end; where nobody can be asked, that is a refusal."""
    warning = f"This ends the live keys of {named(credential)} ({slots(credential)}), wherever they are used."
    if not (yes or at_terminal()):
        raise WrongArgument(f"{warning} Say by this option that it is meant.", "--yes")
    if not yes:
        click.echo(warning, err=True)
    return agreed("Change it?", yes=yes)


def _tell(before: KeyCredential, after: KeyCredential) -> None:
    click.echo(f"{named(after)} is as you asked.", err=True)
    if before.live_slots() and not after.live_slots():
        click.echo(f"Its keys have ended; make a new one: arcgis-keywidget rotate {after.item_id}", err=True)
