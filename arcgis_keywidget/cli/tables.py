"""Credentials on a terminal: a table where it fits, a block for each where not, plain lines in a pipe."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from arcgis_keywidget.cli.wording import SOON, moment, slots, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arcgis_keywidget.models import KeyCredential

COLUMNS = ("Title", "ID", "Slots", "Privileges", "Items", "Referrers", "Folder", "Tags")
_WIDE = 120
"""Columns of a terminal that hold the table even where its cells are folded."""


def write_keys(credentials: Sequence[KeyCredential]) -> None:
    """Write credentials on standard output; an id is never cut, whatever the width."""
    if sys.stdout is None or not sys.stdout.isatty():
        for one in credentials:
            click.echo("\t".join(_cells(one)))
        return
    console = Console(markup=False, highlight=False, emoji=False)
    table = _table(credentials)
    without_bounds = console.options.update(max_width=sys.maxsize)
    fits = Measurement.get(console, without_bounds, table).maximum <= console.width
    if fits or console.width >= _WIDE:
        console.print(table)
        return
    for one in credentials:
        _write_block(console, one)


def write_details(credential: KeyCredential, page: str) -> None:
    """Write all of a credential but its key on standard output, a line a setting, lists a line an entry."""
    ends = "; ".join(
        f"slot {slot.number} until {moment(slot.expires)}" for slot in credential.live_slots() if slot.expires
    )
    rows = [
        ("Title", [credential.title]),
        ("ID", [credential.item_id]),
        ("Page", [page]),
        ("Owner", [credential.owner]),
        ("Client ID", [credential.client_id]),
        ("Folder", [credential.folder or ""]),
        ("Summary", [credential.summary]),
        ("Slots", [slots(credential)]),
        ("Keys end", [ends]),
        ("Privileges", credential.privileges),
        ("Items", credential.items),
        ("Referrers", credential.referrers),
        ("Tags", credential.tags),
        ("Protected", ["yes, against deletion" if credential.protected else ""]),
    ]
    for name, values in rows:
        for place, value in enumerate(filter(None, values)):
            click.echo(f"{'' if place else name:<12}{visible(value)}")


def _cells(credential: KeyCredential) -> tuple[str, ...]:
    return (
        visible(credential.title),
        visible(credential.item_id),
        slots(credential),
        str(len(credential.privileges)),
        str(len(credential.items)),
        visible(" ".join(credential.referrers)),
        visible(credential.folder or ""),
        visible(", ".join(credential.tags)),
    )


def _table(credentials: Sequence[KeyCredential]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in COLUMNS:
        if name == "ID":
            table.add_column(name, no_wrap=True, min_width=32)
        else:
            number = name in {"Privileges", "Items"}
            table.add_column(name, justify="right" if number else "left", overflow="fold")
    now = datetime.now(UTC)
    for one in credentials:
        cells = [Text(cell) for cell in _cells(one)]  # as text: brackets in it are no markup
        cells[COLUMNS.index("Slots")].stylize(_style(one, now))
        table.add_row(*cells)
    return table


def _write_block(console: Console, credential: KeyCredential) -> None:
    title, item, life, *others = _cells(credential)
    console.print(Text(title, style="bold"), soft_wrap=True)
    console.print(Text(f"  {item}"), soft_wrap=True)
    console.print(Text(f"  {life}", style=_style(credential, datetime.now(UTC))), soft_wrap=True)
    told = [f"{name.lower()}: {text}" for name, text in zip(COLUMNS[3:], others, strict=True) if text]
    console.print(Text(f"  {'; '.join(told)}"), soft_wrap=True)


def _style(credential: KeyCredential, now: datetime) -> str:
    """Return the colour of the life that is left; the words beside it say the same."""
    days = credential.days_left(now)
    if days is not None:
        return "yellow" if days < SOON else "green"
    return "green" if credential.live_slots(now) else "dim"
