"""`arcgis-keywidget practice`: the practice portal, which reads its own options."""

from __future__ import annotations

from importlib.util import find_spec

import click

from arcgis_keywidget.cli.statuses import Status

_NEEDS = ("hypercorn", "PIL", "python_multipart", "starlette")


@click.command(
    "practice",
    add_help_option=False,  # its own tells its options
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def command(options: tuple[str, ...]) -> int:
    """Serve a practice portal on this machine; its options are told by --help."""
    if not all(find_spec(name) for name in _NEEDS):
        click.echo('Not installed; install it: pip install "arcgis-keywidget[practice]"', err=True)
        return Status.NOT_DONE
    from arcgis_keywidget.practice.__main__ import main as serve  # noqa: PLC0415 (an extra, when asked for)

    return serve(options)
