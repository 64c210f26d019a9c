"""The `arcgis-keywidget` command."""

from __future__ import annotations

import argparse
import json
import os
import sys
from getpass import getpass
from importlib.util import find_spec
from typing import TYPE_CHECKING, NoReturn

from arcgis_keywidget import __version__
from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models import Secret

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arcgis_keywidget.services.key_check import KeyCheck

_VARIABLES = ("ARCGIS_API_KEY", "ESRI_API_KEY")
_WORKS, _REFUSED, _UNCHECKED = range(3)  # exit statuses; 2 is also that of a wrong command line


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command named on the command line and return its exit status."""
    parser = argparse.ArgumentParser(prog="arcgis-keywidget", description="ArcGIS API keys for notebooks.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("practice", add_help=False, help="serve a practice portal on this machine")
    commands.add_parser("check", add_help=False, help="tell what an API key is and opens, and why not")
    options, rest = parser.parse_known_args(argv)
    return _check(rest) if options.command == "check" else _practice(rest)


def _practice(argv: list[str]) -> int:
    if not all(find_spec(name) for name in ("hypercorn", "PIL", "python_multipart", "starlette")):
        print('Not installed; install it: pip install "arcgis-keywidget[practice]"', file=sys.stderr)
        return 2
    from arcgis_keywidget.practice.__main__ import main as serve  # noqa: PLC0415 (an extra, when asked for)

    return serve(argv)


class _Discreet(argparse.ArgumentParser):
    """A parser that repeats nothing of a wrong command line: there may be a key in it."""

    def error(self, message: str) -> NoReturn:
        del message
        self.print_usage(sys.stderr)
        self.exit(
            _UNCHECKED,
            f"{self.prog}: these arguments are not understood. A key is never one: put it in the environment "
            "variable ARCGIS_API_KEY, type it when asked, or pipe it in.\n",
        )


def _check(argv: list[str]) -> int:
    parser = _Discreet(
        prog="arcgis-keywidget check",
        allow_abbrev=False,
        description="Tell what an API key is, what it opens, and what to do about what it does not. The key "
        f"comes from the environment ({' or '.join(_VARIABLES)}), else it is typed or piped in.",
        epilog="Exit status: 0 all works, 1 something is refused, 2 it could not be checked.",
    )
    parser.add_argument("--portal", metavar="URL", help="the portal that gave the key (www.arcgis.com)")
    parser.add_argument(
        "--item", metavar="ID", action="append", default=[], help="an item that it should open"
    )
    parser.add_argument("--referer", metavar="R", help="a referrer that the key was made for")
    parser.add_argument("--json", action="store_true", help="write JSON instead of a table")
    parser.add_argument("--ask", action="store_true", help="do not look for the key in the environment")
    options = parser.parse_args(argv)
    from arcgis_keywidget.services.check import check_key  # noqa: PLC0415 (loads httpx, for this alone)

    try:
        key = _read_key(ask=options.ask)
        found = check_key(key, portal=options.portal, items=options.item, referrer=options.referer)
    except (EOFError, KeyboardInterrupt):
        print("\nNo key was checked.", file=sys.stderr)
        return _UNCHECKED
    except FieldError as error:
        print(error.message, file=sys.stderr)
        return _UNCHECKED
    except KeyWidgetError as error:
        print(error, file=sys.stderr)
        return _UNCHECKED
    print(json.dumps(found.as_dict(), indent=2) if options.json else found)
    return _status(found)


def _read_key(*, ask: bool) -> Secret:
    for name in () if ask else _VARIABLES:
        if os.environ.get(name, "").strip():
            return Secret(os.environ[name])
    if sys.stdin is not None and sys.stdin.isatty():
        return Secret(getpass("API key: "))
    return Secret(sys.stdin.readline() if sys.stdin is not None else "")


def _status(found: KeyCheck) -> int:
    if found.refused:
        return _REFUSED
    return _WORKS if found.ok else _UNCHECKED
