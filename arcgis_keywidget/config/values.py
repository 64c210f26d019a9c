"""What a setting may be: how its text in the environment is read, what it must be, how it is shown."""

from __future__ import annotations

import json
import re
import ssl
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import MAX_DAYS, PRESETS, SIGN_IN_METHODS, KeyRequest, Proxies

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LOCKABLE = tuple(field.name for field in fields(KeyRequest))
"""What may be locked: the arguments of `KeyRequest`."""

_HOST = re.compile(r"(https://)?(?!-)[\w-]{1,63}(?<!-)(\.(?!-)[\w-]{1,63}(?<!-))*\.?(:\d{1,5})?", re.ASCII)
_USER = re.compile(r"://.*@", re.DOTALL)  # a password may hold any sign, a blank among them
_LISTED = frozenset({"methods", "tags", "locks", "trusted_hosts"})
_JSON = frozenset({"portals", "presets"})
_NUMBERS = frozenset({"default_days", "max_days"})

NEEDS = {
    "portal": "It must be a text: the address of a portal, or 'practice'.",
    "portals": "It must be a list of {'title': ..., 'url': ..., 'client_id': ...}, each of them a text.",
    "client_id": "It must be a text: the client id of OAuth 2.0 credentials.",
    "methods": f"It must be a list of some of {', '.join(SIGN_IN_METHODS)}.",
    "presets": "It must be names, each with a list of privileges or {'title': ..., 'privileges': [...]}.",
    "preset": f"It must be one of {', '.join(PRESETS)}, or a name among presets.",
    "default_days": f"It must be a whole number of days, 1 to {MAX_DAYS}.",
    "max_days": f"It must be a whole number of days, 1 to {MAX_DAYS}.",
    "folder": "It must be a text: the title of a folder.",
    "tags": "It must be a list of texts without commas.",
    "locks": f"It must be a list of some of {', '.join(LOCKABLE)}.",
    "ca_bundle": "It must be a text: the path of a file with certificates in PEM form.",
    "proxies": "It must be {'https': ..., 'http': ..., 'all': ..., 'no': ...}, some of them, each a text.",
    "trusted_hosts": "It must be a list of hosts, such as 'gis.example.com' or 'gis.example.com:6443'.",
}
"""Every setting, and what it must be."""


def parse(name: str, text: str) -> Any:  # noqa: ANN401 (as different as the settings)
    """Return the value of a setting that stands as a text in the environment.

    Lists have commas between, or are JSON; dictionaries are JSON, and proxies may be one address for all.

    Raises:
        ValueError: it is not written like that.
    """
    text = text.strip()
    if name in _NUMBERS:
        return int(text)
    if name in _JSON or (name in _LISTED and text.startswith("[")) or text.startswith("{"):
        return json.loads(text)
    if name in _LISTED:
        return [part.strip() for part in text.split(",") if part.strip()]
    return {"all": text} if name == "proxies" else text


def check(name: str, value: Any) -> None:  # noqa: ANN401 (same)
    """Look closer at a value of the right type.

    Raises:
        FieldError: it cannot be right; says why.
    """
    checks = _CHECKS.get(name)
    if checks is not None and value:
        checks(value)


def privileges_of(entry: object) -> tuple[str, ...]:
    """Return the privileges of a preset, however it is written.

    Raises:
        FieldError: they are no privileges.
        TypeError: it is no list, nor a dictionary with one.
    """
    listed = entry.get("privileges", ()) if isinstance(entry, dict) else entry
    if not isinstance(listed, list | tuple):
        raise TypeError("a list of privileges")
    opens = isinstance(entry, dict) and bool(entry.get("item"))
    if opens and not listed:
        return ()
    return KeyRequest(privileges=tuple(listed)).privileges


def settled_preset(name: str, entry: object) -> dict[str, Any]:
    """Return a preset, however it is written, as the arguments of `privileges.Preset`."""
    told = entry if isinstance(entry, dict) else {}
    return {
        "id": name,
        "title": told.get("title") or name,
        "text": told.get("text") or "",
        "cost": "",
        "privileges": privileges_of(entry),
        "needs_item": bool(told.get("item")),
    }


def shown(value: object) -> Any:  # noqa: ANN401 (as JSON can carry it)
    """Return a value as it may be shown: without user names and passwords in addresses."""
    if isinstance(value, str):
        return _USER.sub("://••••@", value)
    if isinstance(value, dict):
        return {shown(name): shown(entry) for name, entry in value.items()}
    return [shown(entry) for entry in value] if isinstance(value, list | tuple) else value


def _check_presets(presets: Mapping[str, Any]) -> None:
    for name, entry in presets.items():
        if name in PRESETS:
            raise FieldError("presets", f"{name!r} is a preset of the form itself; choose another name.")
        try:
            privileges_of(entry)
        except FieldError as error:
            raise FieldError("presets", f"{name!r}: {error.message}") from None
        texts = {key: text for key, text in entry.items() if key != "item"} if isinstance(entry, dict) else {}
        texts.pop("privileges", None)
        if not set(texts) <= {"title", "text"} or not all(isinstance(text, str) for text in texts.values()):
            raise TypeError("title and text")


def _check_hosts(hosts: list[str]) -> None:
    for host in hosts:
        if not _HOST.fullmatch(host.strip()):
            raise FieldError("trusted_hosts", NEEDS["trusted_hosts"])


def _check_certificates(name: str) -> None:
    try:
        ssl.create_default_context(cafile=Path(name).expanduser())
    except (
        OSError,
        RuntimeError,
        ValueError,
    ):  # no file, no certificates in it, no such home, no path at all
        message = f"{name} cannot be read as certificates; name a file in PEM form on the kernel's machine."
        raise FieldError("ca_bundle", message) from None


_CHECKS: dict[str, Callable[[Any], object]] = {
    "presets": _check_presets,
    "default_days": lambda days: KeyRequest(expires=timedelta(days=days)),
    "folder": lambda title: KeyRequest(folder=title),
    "tags": lambda tags: KeyRequest(tags=tags),
    "ca_bundle": _check_certificates,
    "proxies": Proxies,
    "trusted_hosts": _check_hosts,
}
