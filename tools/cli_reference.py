"""Write docs/cli.md out of the commands themselves: `python tools/cli_reference.py`."""

from __future__ import annotations

import inspect
from pathlib import Path

import click

from arcgis_keywidget.cli import COMMANDS, PROGRAM, program
from arcgis_keywidget.cli.statuses import STATUSES

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"

_HEAD = f"""# The command line
<!-- Made from the code by tools/cli_reference.py; change it there. -->

`{PROGRAM}` makes and keeps API keys from a terminal, a script or a scheduler.

## Secrets
- No password, token or key is ever an argument: everybody on a machine can read its command lines. An
  argument that is not understood is not repeated either. Secrets are typed where they do not show, or piped
  in: `--password-stdin`, `--token-stdin`.
- A new key is written to standard output once: alone on its line, or in the document of `--json`.
  Everything else goes to standard error. At a terminal the key would stay on the screen, so it is refused
  there without `--show-key`; otherwise keep it for `load` in Python ([keeping.md](keeping.md)), or send it
  where it belongs:

  ```sh
  {PROGRAM} create --user ada --title "Street map" --keep keyring
  ( umask 077; {PROGRAM} create --user ada --title "Street map" > street-map.key )
  ```
- Where the key has no way out, or its place cannot keep it, none is made; where it cannot be written or kept
  after all, as on a full disk, it is taken back.
- Titles and other texts of a portal cannot give orders to the terminal: control characters, and those that
  turn the direction of writing, are written out (`\\x1b`).

## Signing in
`--user` asks for the password. `--client-id` shows the address of a page of the portal, and asks for the
code that this page gives: the way for single sign-on or a second factor. Without either, the configured
client id is used (`c.KeyForm.client_id`, `ARCGIS_CLIENT`), else the user name is asked. Each command signs
in, and signs out at its end. A practice portal is signed in to as any other, at the address that `{PROGRAM}
practice` prints.

## Exit status
- **0**: done, or all is well.
- **1**: the answer is no, or a part was not done. A key or an item is refused, some of many could not be
  deleted, an old key lives on, something half made remains, or a question was answered with no.
- **2**: nothing was done, or it could not be found out. The arguments are not understood, there is no such
  key, nobody can be asked, the portal refuses or cannot be reached, or it was stopped by Ctrl-C.

`check`, `config`, `doctor` and `scan` say below what theirs mean; those of `doctor` are 0 all is well, 1
there are warnings, 2 there are failures.

Ctrl-C, and SIGTERM, take back what was begun; what could not be taken back is named by its id.

## Completion
`eval "$(_ARCGIS_KEYWIDGET_COMPLETE=bash_source {PROGRAM})"`; `zsh_source` for zsh, `fish_source` for fish.

## Commands
| command | |
|---|---|
"""


def reference() -> str:
    """Return the page."""
    context = click.Context(program, info_name=PROGRAM)
    rows = "".join(f"| [`{name}`](#{name}) | {text} |\n" for name, (_, text) in COMMANDS.items())
    return _HEAD + rows + "".join(_section(context, name) for name in COMMANDS)


def _section(parent: click.Context, name: str) -> str:
    command = program.get_command(parent, name)
    if command is None:
        raise LookupError(name)
    context = click.Context(command, info_name=name, parent=parent)
    if not command.add_help_option:  # it reads its own options
        return f"\n### {name}\n{_text(command)}\n\n`{PROGRAM} {name} --help` tells its options.\n"
    pieces = " ".join(command.collect_usage_pieces(context))
    options = [one for one in command.params if isinstance(one, click.Option)]
    rows = "".join(_row(option, context) for option in options)
    about = "\n\n".join([_text(command), *_statuses(command)])
    return f"\n### {name}\n`{PROGRAM} {name} {pieces}`\n\n{about}\n\n| option | |\n|---|---|\n{rows}"


def _statuses(command: click.Command) -> list[str]:
    """Return what a command says of exit statuses that have a meaning of their own there."""
    return [command.epilog] if command.epilog and command.epilog != STATUSES else []


def _text(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "")


def _row(option: click.Option, context: click.Context) -> str:
    names = "`, `".join([*option.opts, *option.secondary_opts])
    value = "" if option.is_flag else f" {option.make_metavar(context)}".replace("|", r"\|")
    about = [option.help or ""]
    if option.multiple:
        about.append("May be repeated.")
    if option.required:
        about.append("Needed.")
    if isinstance(option.show_default, str):
        about.append(f"Default: {option.show_default}.")
    elif option.show_default and not option.is_flag:
        about.append(f"Default: {option.default}.")
    return f"| `{names}{value}` | {' '.join(about)} |\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
    print(PAGE)
