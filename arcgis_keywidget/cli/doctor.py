"""`arcgis-keywidget doctor`: what this machine or Hub has for forms and keys, and what is missing."""

from __future__ import annotations

from enum import IntEnum

import click

from arcgis_keywidget.cli.records import write_json
from arcgis_keywidget.cli.wording import visible


class _Status(IntEnum):
    WELL = 0
    WARNINGS = 1
    FAILURES = 2


@click.command(
    "doctor",
    epilog="Exit status: 0 all is well, 1 there are warnings, 2 there are failures.",
)
@click.option("--portal", metavar="URL", help="The portal to reach (the configured one, or www.arcgis.com).")
@click.option(
    "--timeout", metavar="SECONDS", type=click.FloatRange(1, 600), help="For all checks together (10)."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of lines.")
def command(portal: str | None, timeout: float | None, *, as_json: bool) -> int:
    """Look at versions, front end, Hub, proxy, certificates, portal, clock, keyring and folders.

    Nothing is changed, nothing secret is shown, and what cannot be looked at stops nothing else.
    """
    from arcgis_keywidget.doctor import TIMEOUT, State, examine  # noqa: PLC0415 (loads httpx)

    rows = examine(portal, seconds=timeout or TIMEOUT)
    if as_json:
        write_json({"rows": [row.as_dict() for row in rows]})
    else:
        width = max(len(row.name) for row in rows)
        for row in rows:
            click.echo(f"{row.state:<8} {row.name:<{width}}  {visible(row.found)}")
            if row.remedy:
                click.echo(f"{'':<8} {'':<{width}}  -> {visible(row.remedy)}")
    states = {row.state for row in rows}
    if State.FAILURE in states:
        return _Status.FAILURES
    return _Status.WARNINGS if State.WARNING in states else _Status.WELL
