"""The `arcgis-keywidget` command."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from arcgis_keywidget import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command named on the command line and return its exit status."""
    parser = argparse.ArgumentParser(prog="arcgis-keywidget", description="ArcGIS API keys for notebooks.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("practice", add_help=False, help="serve a practice portal on this machine")
    options, rest = parser.parse_known_args(argv)
    del options
    return _practice(rest)


def _practice(argv: list[str]) -> int:
    if not all(find_spec(name) for name in ("hypercorn", "PIL", "python_multipart", "starlette")):
        print('Not installed; install it: pip install "arcgis-keywidget[practice]"', file=sys.stderr)
        return 2
    from arcgis_keywidget.practice.__main__ import main as serve  # noqa: PLC0415 (an extra, when asked for)

    return serve(argv)
