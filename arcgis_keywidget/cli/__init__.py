"""The `arcgis-keywidget` command: a table of commands, each imported when it is asked for."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

import click

from arcgis_keywidget import __version__
from arcgis_keywidget.cli.discretion import explain, tell
from arcgis_keywidget.cli.outlet import silence_output
from arcgis_keywidget.cli.statuses import STATUSES, Status
from arcgis_keywidget.cli.table import Commands
from arcgis_keywidget.cli.wording import visible
from arcgis_keywidget.errors import FieldError, KeyWidgetError, LeftBehindError
from arcgis_keywidget.models import default_network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arcgis_keywidget.models import Network

PROGRAM = "arcgis-keywidget"

COMMANDS = {
    "create": ("create", "make an API key credential and its key"),
    "list": ("listing", "list the API keys of your account"),
    "show": ("show", "tell all of one of them"),
    "rotate": ("rotate", "make the next key of one, while the present one lives on"),
    "revoke": ("revoke", "end the key in one of its slots"),
    "edit": ("edit", "change its title, privileges, items and more"),
    "delete": ("delete", "delete some, with their keys"),
    "check": ("check", "tell what an API key is and opens, and why not"),
    "config": ("config", "tell the settings that are in force, and where they come from"),
    "practice": ("practice", "serve a practice portal on this machine"),
    "doctor": ("doctor", "explain this machine or Hub: what works, what does not, what to do"),
    "scan": ("scan", "find keys in notebooks and text files, and clean notebooks of them"),
}
"""Name of a command: its module in this package, which calls it `command`, and a line of help."""

_COMPLETION = "_ARCGIS_KEYWIDGET_COMPLETE"
"""The variable by which click's completion asks for words."""

program = click.version_option(__version__, message="%(prog)s %(version)s")(
    Commands(COMMANDS, about="ArcGIS API keys for notebooks.", epilog=STATUSES)
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command named on the command line and return its exit status.

    Raises:
        SystemExit: after --help and --version, and for a command line that is not understood (2).
    """
    if _COMPLETION in os.environ:
        program.main(prog_name=PROGRAM, complete_var=_COMPLETION)
    _accept_any_letter()
    default_network.read_by(_read_network)
    try:
        with program.make_context(PROGRAM, [*(sys.argv[1:] if argv is None else argv)]) as context:
            return int(program.invoke(context))
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.UsageError as error:
        click.echo(explain(error), err=True)
        sys.exit(Status.NOT_DONE)
    except (FieldError, KeyWidgetError) as error:
        click.echo(tell(error), err=True)
        return Status.PARTLY if isinstance(error, LeftBehindError) else Status.NOT_DONE
    except (click.Abort, EOFError, KeyboardInterrupt) as stop:
        click.echo("\n" + visible(" ".join(["Stopped.", *getattr(stop, "__notes__", [])])), err=True)
        return Status.NOT_DONE
    except BrokenPipeError:  # whoever read the output has had enough, as head has
        silence_output()
        return Status.NOT_DONE
    except OSError as error:  # such as a full disk that the output goes to
        silence_output()
        click.echo(visible(f"Stopped: {error.strerror or type(error).__name__}."), err=True)
        return Status.NOT_DONE


def _read_network() -> tuple[Network, list[str]]:
    """Return how requests leave this machine, by the settings that kernels have here."""
    from arcgis_keywidget.config import read_files, read_network  # noqa: PLC0415 (loads traitlets, when asked)

    return read_network(read_files)


def _accept_any_letter() -> None:
    """Write what a terminal's encoding lacks as its number: a title must not stop a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
