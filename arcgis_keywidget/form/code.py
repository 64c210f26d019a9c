"""A form's settings as Python: the shortest code that makes the same key again."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from arcgis_keywidget.models import KeyRequest

_WIDTH = 88  # the customary width of code in notebooks
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How one comes into the portal again.

    Attributes:
        address: the portal's address; empty for the one that `Portal.connect` takes by itself.
        authority: file with the certificates to trust, empty for the machine's own.
        method: ``browser``, ``token``, ``gis``, or any other for user name and password.
        referer: the Referer that a token is bound to, empty for the portal's address.
        client_id: OAuth client id of the way by the browser, empty for that of the environment.
    """

    address: str = ""
    authority: str = ""
    method: str = "password"
    referer: str = ""
    client_id: str = ""


def key_code(request: KeyRequest, entry: Entry | None = None, *, ephemeral: bool = False) -> str:
    """Return code that signs in and makes the key of a request; it holds no secret, and asks for them.

    Args:
        request: the settings.
        entry: how one comes into the portal.
        ephemeral: whether the key ends with the kernel; the portal then stays open, to delete its item.
    """
    entry = entry or Entry()
    make = "ephemeral.create_key(portal, request)" if ephemeral else "portal.create_key(request)"
    names = ["KeyRequest", "Portal"] + ["ephemeral"] * ephemeral + ["use"] * request.generate
    sign_in, options = _sign_in(entry), _options(entry)
    opened = (
        f"portal = Portal.connect({options})" if ephemeral else f"with Portal.connect({options}) as portal:"
    )
    indent = "" if ephemeral else "    "
    return "\n".join(
        [
            *_imports(request, asks=any("getpass(" in line for line in sign_in)),
            f"from arcgis_keywidget import {', '.join(names)}",
            *(["from arcgis_keywidget.portal import portal_options_of"] if entry.method == "gis" else []),
            "",
            f"request = {request_code(request)}",
            *(["# gis: your signed-in GIS, which the form was made with"] if entry.method == "gis" else []),
            opened,
            *(f"{indent}{line}" for line in sign_in),
            f"{indent}use({make})" if request.generate else f"{indent}{make}",
        ]
    )


def _options(entry: Entry) -> str:
    """Return the arguments of `Portal.connect`; a GIS knows its own."""
    if entry.method == "gis":
        return "**portal_options_of(gis)"
    options = [repr(entry.address)] * bool(entry.address)
    options += [f"referer={entry.referer!r}"] * bool(entry.referer)
    options += [f"verify={entry.authority!r}"] * bool(entry.authority)
    return ", ".join(options)


def _sign_in(entry: Entry) -> list[str]:
    """Return the lines that sign in the way the person did: who has no password cannot write one."""
    if entry.method == "gis":
        return ["portal.sign_in_with_gis(gis)"]
    if entry.method == "token":
        return ['portal.sign_in_with_token(getpass("Token: "))']
    if entry.method == "browser":
        return [
            f"page = portal.begin_code_sign_in({repr(entry.client_id) if entry.client_id else ''})",
            "print(page.url)",
            'portal.sign_in_with_code(getpass("Code: "), page)',
        ]
    return ["portal.sign_in()"]


def request_code(request: KeyRequest) -> str:
    """Return the expression that makes an equal request: only what differs from the defaults is named."""
    named = [
        f"{field.name}={_expression(getattr(request, field.name))}"
        for field in fields(KeyRequest)
        if getattr(request, field.name) != field.default
    ]
    line = f"KeyRequest({', '.join(named)})"
    if len(line) + len("request = ") <= _WIDTH:
        return line
    return "\n".join(["KeyRequest(", *(f"    {one}," for one in named), ")"])


def _imports(request: KeyRequest, *, asks: bool) -> list[str]:
    kind = next(kind for kind in (timedelta, datetime, date) if isinstance(request.expires, kind))
    dated = request.expires != KeyRequest().expires
    lines = [f"from datetime import {kind.__name__}"] * dated + ["from getpass import getpass"] * asks
    return [*lines, ""] if lines else []


def _expression(value: object) -> str:
    """Return an expression for a setting; texts by `repr`, which leaves nothing to be run or misread."""
    if isinstance(value, tuple):
        return _list([repr(entry) for entry in value])
    if isinstance(value, timedelta):
        return _length(value)
    if isinstance(value, datetime):
        return f"datetime.fromisoformat({value.isoformat()!r})"
    if isinstance(value, date):
        return f"date({value.year}, {value.month}, {value.day})"
    return repr(value)


def _list(entries: list[str]) -> str:
    line = f"[{', '.join(entries)}]"
    if len(line) <= _WIDTH - 20:  # names of arguments and their indent
        return line
    return "\n".join(["[", *(f"        {entry}," for entry in entries), "    ]"])


def _length(value: timedelta) -> str:
    if not value % _DAY:
        return f"timedelta(days={value // _DAY})"
    if not value % _HOUR:
        return f"timedelta(hours={value // _HOUR})"
    parts = {"days": value.days, "seconds": value.seconds, "microseconds": value.microseconds}
    return f"timedelta({', '.join(f'{name}={part}' for name, part in parts.items() if part)})"
