"""The table of the matrix: what the last run of each round showed, kept in docs/matrix.md."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

TITLE = "# The last full matrix"
ABOUT = """Written by `make test-matrix`. Single rounds (`make test-matrix ROUNDS="lab clients"`) replace
what they showed and leave the rest."""
KERNELS, OTHERS = "## Kernels", "## Other notebooks"
MAPS = "## Map libraries"
CLIENTS, LONG = "## Clients of others", "## The practice portal at length"
KERNELS_ABOUT = "Kernel, browser and leak tests, each row in an environment of its own."
OTHERS_ABOUT = "A key made, its map drawn and the look measured in notebooks that are not Jupyter's."
MAPS_ABOUT = """What `basemap` gives to each: what it asks for, drawn in JupyterLab where its code is at
hand, and the search for the key in all that a notebook leaves behind."""
CLIENTS_ABOUT = """Each client as published, in front of the practice portal. The calls are the operations in
the portal's request log, with the number of times that the tests made the client ask for them; `unknown` are
paths that are not served, such as those that the `arcgis` package probes before it signs in."""
LONG_ABOUT = """Tens of thousands of odd requests to every operation, a hundred rounds of requests that
change the store, the portal killed in the middle of its work again and again, a key rotated under load."""
NOT_RUN = "Not run yet."


def today() -> str:
    """The date as the table shows it."""
    return f"{datetime.now(UTC):%d %B %Y}"


def make_row(*cells: str) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def read_sections(text: str) -> dict[str, str]:
    """The text below each heading, by the heading."""
    parts = re.split(r"^(## .*)$", text, flags=re.MULTILINE)
    return {heading: body.strip() for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


def read_rows(section: str) -> dict[str, str]:
    """The rows of a section's table, below its head, by their first cell."""
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return {row.split("|")[1].strip(): row for row in rows[2:]}


def show_kernels(rows: Mapping[str, str], order: Sequence[str], shown: Sequence[str]) -> str:
    """The section on kernels: the rounds in their order, those never run left out."""
    head = make_row("environment", "date", "Python", *shown, "outcome")
    lines = [head, f"|{'---|' * (len(shown) + 4)}", *(rows[name] for name in order if name in rows)]
    return "\n".join([KERNELS_ABOUT, "", *lines])


def count_calls(lines: Iterable[str]) -> dict[tuple[str, str], Counter[str]]:
    """The calls of each client in its version, from the lines that `tests/clients/calls.py` keeps."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for line in lines:
        kept = json.loads(line)
        counts[kept["client"], kept["version"]].update(kept["calls"])
    return dict(counts)


def show_clients(counts: Mapping[tuple[str, str], Counter[str]], outcome: str) -> str:
    """The section on clients: each with its version and its calls, the most frequent first."""
    rows = [
        make_row(client, version, ", ".join(f"{name} {number}" for name, number in calls.most_common()))
        for (client, version), calls in sorted(counts.items())
    ]
    lines = [make_row("client", "version", "calls"), "|---|---|---|", *rows]
    return "\n".join([CLIENTS_ABOUT, "", *lines, "", f"{today()}: {outcome}."])


def show_others(title: str, outcome: str) -> str:
    """The section on other notebooks."""
    return f"{OTHERS_ABOUT}\n\n{title}, {today()}: {outcome}."


def show_maps(versions: Mapping[str, str], outcome: str) -> str:
    """The section on map libraries: each with its version."""
    rows = [make_row(name, versions[name]) for name in sorted(versions)]
    lines = [make_row("library", "version"), "|---|---|", *rows]
    return "\n".join([MAPS_ABOUT, "", *lines, "", f"{today()}: {outcome}."])


def show_long(outcome: str) -> str:
    """The section on the long tests of the practice portal."""
    return f"{LONG_ABOUT}\n\n{today()}: {outcome}."


def write_table(path: Path, sections: Mapping[str, str]) -> None:
    """Write the file; a section that was never run says so."""
    headings = (KERNELS, OTHERS, MAPS, CLIENTS, LONG)
    parts = [f"{heading}\n\n{sections.get(heading, NOT_RUN)}" for heading in headings]
    path.write_text("\n\n".join([TITLE, ABOUT, *parts]) + "\n")
