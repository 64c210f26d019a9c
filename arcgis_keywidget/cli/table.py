"""A group of commands that imports the one that is called, and none for its own help."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


class Commands(click.Group):
    """The commands of a table, in its order.

    Args:
        table: name of each command: its module in this package, and a line of help.
        about: what the program is for.
        epilog: what stands below the list.
    """

    def __init__(self, table: Mapping[str, tuple[str, str]], about: str, epilog: str) -> None:
        super().__init__(help=about, epilog=epilog)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names."""
        del ctx
        return [*self._table]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in self._table:
            return None
        module = import_module(f"{__package__}.{self._table[cmd_name][0]}")
        found = module.command
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands out of the table."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self._table.items()])
