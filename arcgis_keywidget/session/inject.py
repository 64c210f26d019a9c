"""Put a key into this kernel, find it again, take it out."""

from __future__ import annotations

import keyword
import os
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models import ApiKey, KeyCredential, session_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENVIRON = ("ARCGIS_API_KEY", "ESRI_API_KEY")  # ours and R's; and the one that the arcgis package reads
_lock = threading.Lock()
_variables: dict[str, ApiKey] = {}
_environ: dict[str, tuple[ApiKey, str | None]] = {}  # name: what we wrote, what stood there before


@dataclass(frozen=True, slots=True)
class Injected:
    """Where a key was put.

    Attributes:
        variable: name in the notebook's namespace, None outside IPython.
        environ: names of the environment variables.
    """

    variable: str | None
    environ: tuple[str, ...]

    def __str__(self) -> str:
        places = [f"the variable {self.variable}"] if self.variable else []
        places += [f"the environment variable {name}" for name in self.environ]
        return ", ".join(places) or "fetch_tile() and read_layer() find it by themselves"


def use(
    key: KeyCredential | ApiKey,
    *,
    variable: str = "arcgis_api_key",
    environ: Iterable[str] | None = None,
) -> Injected:
    """Put a key into this session: a variable, environment variables, and the keys that our functions find.

    The variable is kept out of ``%whos`` and of variable inspectors. Values of your own are not overwritten.

    Args:
        key: a credential that holds its key, or the key.
        variable: the name to give it in the notebook.
        environ: environment variables to set. None sets ARCGIS_API_KEY and ESRI_API_KEY for a key of
            arcgis.com, and nothing for others: libraries would send another portal's key to arcgis.com.

    Returns:
        Where it was put.

    Raises:
        FieldError: the variable's name is no name, or is taken by a value of yours.
        KeyWidgetError: the credential holds no key.
    """
    key = _key_of(key)
    names = _environ_names(key) if environ is None else tuple(environ)
    with _lock:
        place = _put_variable(variable, key)
        for name in names:
            before = _environ[name][1] if name in _environ else os.environ.get(name)
            _environ[name] = (key, before)
            os.environ[name] = key
    session_keys.add(key)
    return Injected(place, names)


def forget() -> None:
    """Take the keys out of this session: variables, environment, and what our functions find.

    Only what `use` put there is removed; an environment variable gets back the value it had before. In the
    portal the key stays valid.
    """
    with _lock:
        shell = _shell()
        for name, key in _variables.items():
            for names in (shell.user_ns, shell.user_ns_hidden) if shell else ():
                if names.get(name) is key:
                    del names[name]
        for name, (key, before) in _environ.items():
            if os.environ.get(name) == key:
                _restore(name, before)
        _variables.clear()
        _environ.clear()
    session_keys.discard()


def current_key(portal: str | None = None) -> ApiKey:
    """Return the newest key of this session, or the one of a portal.

    Args:
        portal: address of the portal that gave the key; None for the newest of all.

    Raises:
        KeyWidgetError: this session holds no such key.
    """
    key = session_keys.find(portal)
    if key is None:
        where = f" for {portal}" if portal else ""
        raise KeyWidgetError(
            f"This session holds no API key{where}.",
            "Make one in a KeyForm(), or hand one over with use(key).",
        )
    return key


def _key_of(key: KeyCredential | ApiKey) -> ApiKey:
    if isinstance(key, ApiKey):
        return key
    if isinstance(key, KeyCredential):
        if key.key is None:
            raise KeyWidgetError(
                "This credential holds no key.",
                "The portal shows a key only once; make a new one to use it here.",
            )
        return key.key
    raise TypeError("use() takes a KeyCredential or an ApiKey; wrap a text of your own: ApiKey(text).")


def _environ_names(key: ApiKey) -> tuple[str, ...]:
    host = key.origin.partition("://")[2]
    return _ENVIRON if host == "arcgis.com" or host.endswith(".arcgis.com") else ()


def _put_variable(name: str, key: ApiKey) -> str | None:
    if not name.isidentifier() or keyword.iskeyword(name):
        raise FieldError("variable", f"{name!r} cannot be the name of a variable.")
    shell = _shell()
    if shell is None:
        return None
    if not isinstance(shell.user_ns.get(name, key), ApiKey):
        raise FieldError(
            "variable", f"{name!r} holds a value of yours; choose another name: use(key, variable=...)."
        )
    shell.push({name: key}, interactive=False)
    _variables[name] = key
    return name


def _restore(name: str, before: str | None) -> None:
    if before is None:
        del os.environ[name]
    else:
        os.environ[name] = before


def _shell() -> Any:  # noqa: ANN401 (IPython's shell, which is published without types)
    ipython = sys.modules.get("IPython")  # where nobody has imported it, there is no notebook to put names in
    return ipython.get_ipython() if ipython else None
