"""`arcgis-keywidget scan`: keys in notebooks and text files, before they are shared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from arcgis_keywidget.cli.statuses import Status
from arcgis_keywidget.scan import scan
from arcgis_keywidget.scan.report import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arcgis_keywidget.scan import Find, Report


@click.command(
    "scan",
    help="Find ArcGIS keys in notebooks (sources, outputs, widget state, attachments, metadata) and text "
    "files. No key is shown. Folders are looked at with all below them but .git, node_modules and virtual "
    "environments; binary files and symbolic links are passed by.",
    epilog="Exit status: 0 no key, or none any more; 1 keys are there; 2 no key was found, but something "
    "could not be read.",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path())
@click.option("--strip", is_flag=True, help="Clean outputs, state and metadata of notebooks; never sources.")
@click.option("--all", "everything", is_flag=True, help="Look also into .git, node_modules and environments.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of lines.")
def command(paths: tuple[str, ...], *, strip: bool, everything: bool, as_json: bool) -> int:
    """Look for keys, tell, and return the exit status."""
    report = scan(paths, everything=everything, strip=strip)
    if as_json:
        click.echo(json.dumps(report.as_dict(), indent=2))
    else:
        for line in [*map(_line, report.finds), _sum(report)]:
            click.echo(line)
    for path, text in [*report.notes, *report.problems]:
        click.echo(f"{shown(path)}: {text}", err=True)
    if report.remaining:
        if not as_json:
            click.echo(_advice(report), err=True)
        return Status.PARTLY
    return Status.NOT_DONE if report.problems else Status.DONE


def _line(find: Find) -> str:
    removed = ", removed" if find.removed else ""
    return (
        f"{shown(find.path)}: {find.place}: {find.kind} {find.sighting.masked} (key {find.number}{removed})"
    )


def _sum(report: Report) -> str:
    looked = f"{_count(report.files, 'file')} looked at{', '.join(['', *_passed(report)])}"
    if not report.finds:
        return f"No key; {looked}."
    keys = _count(max(find.number for find in report.finds), "key")
    return f"{keys} in {_count(len(report.finds), 'place')}; {looked}."


def _passed(report: Report) -> Iterator[str]:
    """Say what was not looked at."""
    if report.binary:
        yield f"{_count(report.binary, 'binary file')} passed by"
    if report.links:
        yield f"{_count(report.links, 'symbolic link')} not followed"
    if report.folders:
        yield f"{_count(len(report.folders), 'folder')} of tools passed by (--all looks into them)"


def _advice(report: Report) -> str:
    if any(find.strippable for find in report.remaining):
        remedy = "--strip cleans outputs and state; sources and text files"
    else:
        remedy = "Sources and text files"
    return (
        f"Revoke a key that others may have seen. {remedy} are yours to change: load the key at run time, as "
        "the form's code does."
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
