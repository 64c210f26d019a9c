"""`arcgis-keywidget delete`: credentials and their keys, one or many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from arcgis_keywidget.cli.choosing import as_id, read_all, tell_all, titled
from arcgis_keywidget.cli.consent import agreed, agrees, refuse_unasked, stoppable
from arcgis_keywidget.cli.discretion import WrongArgument
from arcgis_keywidget.cli.entry import Entry, signs_in
from arcgis_keywidget.cli.keeping import tell_still_kept
from arcgis_keywidget.cli.records import write_json
from arcgis_keywidget.cli.statuses import STATUSES, Status
from arcgis_keywidget.cli.wording import named, visible
from arcgis_keywidget.errors import KeyWidgetError, PortalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.portal import BlockingPortal, KeyOutcome

_WORDS = {
    "done": "Deleted",
    "planned": "Would delete",
    "failed": "Not deleted:",
    "not tried": "Not tried:",
}
_GONE = "CONT_0001"


@click.command("delete", epilog=STATUSES)
@click.argument("names", metavar="[ID|TITLE]...", nargs=-1)
@click.option("--tag", metavar="TEXT", help="All of your keys that have this tag.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
@agrees
@click.option("--json", "as_json", is_flag=True, help="Write what became of each as JSON.")
@signs_in
def command(
    *, entry: Entry, names: tuple[str, ...], tag: str | None, dry_run: bool, yes: bool, as_json: bool
) -> int:
    """Delete credentials for good, with their keys; each is told with what became of it.

    A title that several have is refused, with their ids. What is not there any more is told, and no failure:
    to finish what was stopped, run the same again.
    """
    if not (names or tag):
        raise WrongArgument("name ids or titles, or a --tag.")
    if not dry_run:
        refuse_unasked(yes=yes)
    with entry.opened() as portal:
        chosen = _choose(portal, names, tag)
        if chosen and not dry_run and not _may_delete(chosen, yes=yes):
            click.echo("Nothing was deleted.", err=True)
            return Status.PARTLY
        with stoppable("What was deleted is told above; run it again to finish."):
            outcomes = portal.delete_keys(chosen, dry_run=dry_run, on_key=_tell)
        ended = [one.credential for one in outcomes if one.state == "done"]
        tell_still_kept(portal.url, ended)
    if as_json:
        write_json([_record(one) for one in outcomes])
    return Status.DONE if all(one.state in {"done", "planned"} for one in outcomes) else Status.PARTLY


def _choose(portal: BlockingPortal, names: Sequence[str], tag: str | None) -> list[KeyCredential]:
    """Return what is meant, each once.

    Raises:
        KeyWidgetError: a title is that of several; nothing is deleted.
    """
    titles = [name for name in names if not as_id(name)]
    listed = read_all(portal) if titles or tag else ()
    found = [one for name in names if as_id(name) for one in _read(portal, as_id(name))]
    for place, title in enumerate(titles, start=1):
        same = titled(listed, title)
        if len(same) > 1:
            tell_all(same)
            raise KeyWidgetError(f"{len(same)} of your keys have the same title.", "Name each by its id.")
        if not same:
            click.echo(f"Of the titles, number {place} is not there (any more).", err=True)
        found.extend(same)
    if tag:
        found.extend(one for one in listed if tag.casefold() in map(str.casefold, one.tags))
    return [*{one.item_id: one for one in found}.values()]


def _read(portal: BlockingPortal, item: str) -> list[KeyCredential]:
    try:
        return [portal.read_key(item)]
    except PortalError as error:
        if error.message_code != _GONE:
            raise
    click.echo(f"{item} is not there (any more).", err=True)
    return []


def _may_delete(chosen: list[KeyCredential], *, yes: bool) -> bool:
    if not yes:
        tell_all(chosen)
    what = "this credential" if len(chosen) == 1 else f"these {len(chosen)} credentials"
    return agreed(f"Delete {what} for good? Their keys end at once, wherever they are used.", yes=yes)


def _tell(outcome: KeyOutcome) -> None:
    why = f". {visible(outcome.why)}" if outcome.why else ""
    click.echo(f"{_WORDS[outcome.state]} {named(outcome.credential)}{why}", err=True)


def _record(outcome: KeyOutcome) -> dict[str, str]:
    one = outcome.credential
    return {"id": one.item_id, "title": one.title, "state": outcome.state, "why": outcome.why}
