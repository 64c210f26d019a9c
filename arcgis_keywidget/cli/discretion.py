"""What is told of a command line that is not understood: never what was given, for it may be a key."""

from __future__ import annotations

import re

import click

from arcgis_keywidget.cli.wording import visible
from arcgis_keywidget.errors import FieldError, KeyWidgetError

_QUOTED = re.compile(r"""(['"])(?![a-z]+(?::[A-Za-z]+)+\1)(?:\\.|(?!\1).)*\1(?=:? )""", re.DOTALL)
"""What was given, at the beginning of a message, as `repr` writes it; the name of a privilege may be told."""
_KEY = re.compile(r"AAP[KT][\w.-]*")
_OPTIONS = {
    "client_id": "--client-id",
    "expires": "--expires",
    "folder": "--folder",
    "generate": "--no-generate",
    "items": "--item",
    "portal": "--portal",
    "preset": "--preset",
    "private": "--private",
    "privileges": "--privilege",
    "referrers": "--referrer",
    "slot": "--slot",
    "summary": "--summary",
    "tags": "--tag",
    "title": "--title",
    "username": "--user",
}
_OURS = {
    "private=True": "--private",
    "`items`": "--item",
    "Pass end_keys=True to go on": "Say --yes to go on",
    " with replace=True": "",
}
"""Words of Python in messages, and what the command line has for them."""
_NOT_UNDERSTOOD = (
    "these arguments are not understood. A key is never one, nor a password or a token: type it when asked, "
    "or pipe it in. --help tells the usage."
)


class WrongArgument(click.BadParameter):
    """An argument that cannot be right, in words of our own, which repeat nothing of it.

    Raised by a command itself it needs ``option``, as it is written on the command line.
    """

    def __init__(self, message: str, option: str | None = None) -> None:
        super().__init__(message, param_hint=option)


def unquoted(message: str) -> str:
    """Return the message of a FieldError without the value that it may begin with, and without any key."""
    quoted = _QUOTED.match(message)
    if quoted:
        rest = message[quoted.end() :]
        message = rest.removeprefix(": ") if rest.startswith(": ") else f"This{rest}"
    return _KEY.sub("…", message)


def tell(error: FieldError | KeyWidgetError) -> str:
    """Return what to say of a job that was refused, or failed."""
    if isinstance(error, KeyWidgetError):
        message = str(error)
    else:
        option = _OPTIONS.get(error.field)
        message = f"{option}: {unquoted(error.message)}" if option else unquoted(error.message)
    for python, ours in _OURS.items():
        message = message.replace(python, ours)
    return visible(message)


def explain(error: click.UsageError) -> str:
    """Return what to say of a wrong command line; click's own messages repeat what was given."""
    context = error.ctx
    if context is None:  # as of an option that takes no value, but was given one
        return f"arcgis-keywidget: {_reason(error)}"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return context.get_help()
    return f"{context.get_usage()}\n{context.command_path}: {_reason(error)}"


def _reason(error: click.UsageError) -> str:
    name = _name(error)
    if isinstance(error, WrongArgument):
        return f"{name}: {error.message}" if name else error.message
    if isinstance(error, click.MissingParameter) and name:
        return f"{name} is missing; --help tells the usage."
    if isinstance(error, click.BadParameter) and name:
        return f"{name}: this value cannot be used{_choices(error.param)}."
    return _NOT_UNDERSTOOD


def _name(error: click.UsageError) -> str:
    """Return the name of the option or argument that is wrong, as it was declared."""
    if not isinstance(error, click.BadParameter):
        return ""
    if isinstance(error.param_hint, str):
        return error.param_hint
    if isinstance(error.param, click.Argument):
        return error.param.make_metavar(error.ctx or click.get_current_context()).strip("[].")
    return error.param.opts[0] if error.param is not None else ""


def _choices(param: click.Parameter | None) -> str:
    if param is None or not isinstance(param.type, click.Choice):
        return ""
    return f"; choose one of {', '.join(str(choice) for choice in param.type.choices)}"
