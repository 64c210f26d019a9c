"""`arcgis-keywidget check`: what an API key is and opens, and why not."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click

from arcgis_keywidget.cli.discretion import tell
from arcgis_keywidget.cli.statuses import Status
from arcgis_keywidget.cli.typed import read_secret
from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models import Secret

if TYPE_CHECKING:
    from arcgis_keywidget.services.key_check import KeyCheck

_VARIABLES = ("ARCGIS_API_KEY", "ESRI_API_KEY")


@click.command(
    "check",
    help="Tell what an API key is, what it opens, and what to do about what it does not. The key comes from "
    f"the environment ({' or '.join(_VARIABLES)}), else it is typed or piped in.",
    epilog="Exit status: 0 all works, 1 something is refused, 2 it could not be checked.",
)
@click.option("--portal", metavar="URL", help="The portal that gave the key (www.arcgis.com).")
@click.option("--item", "items", metavar="ID", multiple=True, help="An item that it should open.")
@click.option("--referer", metavar="R", help="A referrer that the key was made for.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
@click.option("--ask", is_flag=True, help="Do not look for the key in the environment.")
def command(
    portal: str | None, items: tuple[str, ...], referer: str | None, *, as_json: bool, ask: bool
) -> int:
    """Check a key, tell, and return the exit status."""
    from arcgis_keywidget.services.check import check_key  # noqa: PLC0415 (loads httpx, for this alone)

    try:
        key = _read_key(ask=ask)
        found = check_key(key, portal=portal, items=items, referrer=referer)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nNo key was checked.", err=True)
        return Status.NOT_DONE
    except (FieldError, KeyWidgetError) as error:
        click.echo(tell(error), err=True)
        return Status.NOT_DONE
    click.echo(json.dumps(found.as_dict(), indent=2) if as_json else found)
    return _status(found)


def _read_key(*, ask: bool) -> Secret:
    for name in () if ask else _VARIABLES:
        if os.environ.get(name, "").strip():
            return Secret(os.environ[name])
    return read_secret("API key")


def _status(found: KeyCheck) -> Status:
    if found.refused:
        return Status.PARTLY
    return Status.DONE if found.ok else Status.NOT_DONE
