"""`arcgis-keywidget config`: which settings are in force, and where each comes from."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from arcgis_keywidget.cli.records import write_json
from arcgis_keywidget.cli.statuses import Status
from arcgis_keywidget.cli.wording import visible
from arcgis_keywidget.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arcgis_keywidget.config import FormConfig
    from arcgis_keywidget.config.telling import Told

_COLUMNS = ("Setting", "Value", "Comes from")


@click.command(
    "config",
    epilog="Exit status: 0 every setting counts, 1 some were left out, which standard error tells.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
def command(*, as_json: bool) -> int:
    """Tell the settings that a kernel started here would have, and where each comes from.

    They are those of c.KeyForm in the configuration files of Jupyter and of IPython (profile default), and
    those of the environment. Passwords in addresses are masked.
    """
    from arcgis_keywidget.config import read_files, tell_settings  # noqa: PLC0415 (loads traitlets)

    config = read_files()
    settings = tell_settings(config)
    left_out = [*config.problems, *_wrong_addresses(config)]
    if as_json:
        write_json({"settings": [one.as_dict() for one in settings], "left_out": left_out})
    else:
        _write(settings)
    for problem in () if as_json else left_out:
        click.echo(visible(problem), err=True)
    return Status.PARTLY if left_out else Status.DONE


def _wrong_addresses(config: FormConfig) -> Iterator[str]:
    """Go through the portals that no form will offer."""
    from arcgis_keywidget.portal import normalise_address  # noqa: PLC0415 (loads httpx)

    named = [("portal", config.portal)] if config.portal not in {"", "practice"} else []
    for name, address in [*named, *(("portals", entry.get("url", "")) for entry in config.portals)]:
        try:
            normalise_address(address)
        except FieldError as error:
            yield f"{name} ({config.source(name)}): an address is left out. {error.message}"


def _write(settings: Iterable[Told]) -> None:
    rows = [(one.name, _text(one.value), visible(str(one.source))) for one in settings]
    if sys.stdout is None or not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(row))
        return
    from rich import box  # noqa: PLC0415 (a terminal alone needs it)
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(*_COLUMNS, box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    for row in rows:
        table.add_row(*map(Text, row))  # as text: brackets in it are no markup
    Console(markup=False, highlight=False, emoji=False).print(table)


def _text(value: Any) -> str:  # noqa: ANN401 (as different as the settings)
    """Return a value on one line: lists of texts with commas, other lists and dictionaries as JSON."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return visible(", ".join(value))
    return visible(json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value))
