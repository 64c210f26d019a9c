"""Keys that somebody has put in the environment of the kernel."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from arcgis_keywidget.models import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES = ("ARCGIS_API_KEY", "ESRI_API_KEY")  # as Esri's packages call them
_WORD = re.compile(r"[!-~]{20,2000}")  # the usual names may hold a key of another kind, but no other secret
_KEY = re.compile(r"AAPT[A-Za-z0-9_.-]{20,2000}")  # keys of developer credentials begin so


def key_variables(environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the names of the environment variables that hold something like a key, the usual ones first."""
    environ = os.environ if environ is None else environ
    usual = [name for name in _NAMES if _WORD.fullmatch(environ.get(name, "").strip())]
    others = sorted(
        name for name, value in environ.items() if name not in _NAMES and _KEY.fullmatch(value.strip())
    )
    return (*usual, *others)


def key_in(name: str, environ: Mapping[str, str] | None = None) -> Secret:
    """Return the key in a variable, empty where that is none of `key_variables`.

    Any other variable stays unread: a page must not be able to have the kernel send what it holds.
    """
    environ = os.environ if environ is None else environ
    return Secret(environ[name].strip() if name in key_variables(environ) else "")
