"""Putting a key in the kernel: a variable, environment variables, the session's key ring."""

from __future__ import annotations

import builtins
import keyword
import os
import re
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import ApiKey, KeyCredential, Secret, is_arcgis_com, session_keys, veiled
from arcgis_keywidget.session.status import status

if TYPE_CHECKING:
    from collections.abc import Iterable

_FOR_ARCGIS_COM = ("ARCGIS_API_KEY", "ESRI_API_KEY")  # the second is what Esri's arcgis package reads
_ENVIRON_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Injected:
    """Where a key was put.

    Attributes:
        variable: name of the notebook's variable, None outside IPython.
        environ: names of the environment variables.
    """

    variable: str | None
    environ: tuple[str, ...]

    def __str__(self) -> str:
        places = [f"the variable {self.variable}"] if self.variable else []
        places += [f"the environment variable {name}" for name in self.environ]
        return ", ".join(places) or "this session's keys"


class _Traces:
    """What was put where, and what had been there, so that it can be taken back."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.variables: dict[str, ApiKey] = {}
        self.environ: dict[str, tuple[Secret, Secret | None]] = {}


_traces = _Traces()


def use(
    credential: KeyCredential | ApiKey | Secret | str,
    *,
    variable: str = "arcgis_api_key",
    environ: Iterable[str] | None = None,
) -> Injected:
    """Put a key in this kernel: in a variable, in the environment, and where this package looks for it.

    The variable does not show in ``%whos`` and variable inspectors. Environment variables are plain text to
    every library and child process of this kernel.

    Args:
        credential: a credential whose key was just made, or a key; a text that this session knows as a key
            is that one, any other a key of arcgis.com.
        variable: the notebook's variable; one that holds something else is never overwritten.
        environ: names of environment variables; by default ``ARCGIS_API_KEY`` and ``ESRI_API_KEY`` for a key
            of arcgis.com, and none for others, which those names would mislead.

    Raises:
        FieldError: a name that cannot be used (``variable``, ``environ``), or a credential without a key.
    """
    if not isinstance(credential, KeyCredential):
        credential = cast("ApiKey | Secret", veiled(credential))
    key = _key_of(credential)
    names = _environ_names(key, environ)
    with _traces.lock:
        shell = _shell()
        _check_variable(variable, shell)
        session_keys.add(key, credential.title if isinstance(credential, KeyCredential) else "")
        if shell is not None:
            shell.push({variable: key}, interactive=False)
            _traces.variables[variable] = key
        for name in names:
            _set_environ(name, key)
    status.tell(key)
    return Injected(variable if shell is not None else None, names)


def forget(key: ApiKey | None = None) -> None:
    """Take a key, or every key, out of this kernel again; what the person has changed since is left alone.

    In the portal the keys stay valid, and outputs that showed a key keep it.

    Args:
        key: the key to take out; all of them unless given.
    """
    with _traces.lock:
        for variable, held in [*_traces.variables.items()]:
            if key in {None, held}:
                _drop_variable(variable)
        for name, (ours, _) in [*_traces.environ.items()]:
            if key is None or Secret(key) == ours:
                _restore_environ(name)
        session_keys.discard(key)


def current_key(portal: str | None = None) -> ApiKey:
    """Return the session's key for a portal's address, or the newest of all.

    Raises:
        KeyWidgetError: there is none.
    """
    return session_keys.need(portal)


def _key_of(credential: KeyCredential | ApiKey | Secret) -> ApiKey:
    if isinstance(credential, ApiKey):
        return credential
    if isinstance(credential, Secret):
        return session_keys.recognise(ApiKey(credential))
    if credential.key is None:
        raise FieldError("credential", "This credential holds no key; generate one first.")
    return credential.key


def _environ_names(key: ApiKey, environ: Iterable[str] | None) -> tuple[str, ...]:
    if environ is None:
        return _FOR_ARCGIS_COM if is_arcgis_com(key.portal) else ()
    if isinstance(environ, str):
        raise TypeError("environ: a list of names, not one text.")
    names = tuple(environ)
    for name in names:
        if not _ENVIRON_NAME.fullmatch(name):
            raise FieldError("environ", f"{name!r} cannot name an environment variable.")
    return names


def _check_variable(name: str, shell: Any) -> None:  # noqa: ANN401 (IPython has no types here)
    if not (isinstance(name, str) and name.isidentifier()) or keyword.iskeyword(name):
        raise FieldError("variable", f"{name!r} cannot name a variable.")
    taken = hasattr(builtins, name) or name.startswith("_")
    if not taken and shell is not None and name in shell.user_ns:
        taken = _traces.variables.get(name) is not shell.user_ns[name]
    if taken:
        raise FieldError("variable", f"'{name}' is something else already; choose another name.")


def _set_environ(name: str, key: ApiKey) -> None:
    present = os.environ.get(name)
    ours, earlier = _traces.environ.get(name, (None, None))
    if ours is None or present != ours.reveal():  # the person's own value: what forget() brings back
        earlier = Secret(present) if present is not None else None
    _traces.environ[name] = (Secret(key), earlier)
    os.environ[name] = key


def _drop_variable(name: str) -> None:
    key = _traces.variables.pop(name)
    shell = _shell()
    if shell is not None and shell.user_ns.get(name) is key:
        shell.drop_by_id({name: key})


def _restore_environ(name: str) -> None:
    ours, earlier = _traces.environ.pop(name)
    if os.environ.get(name) != ours.reveal():
        return
    if earlier is None:
        del os.environ[name]
    else:
        os.environ[name] = earlier.reveal()


def _shell() -> Any:  # noqa: ANN401 (IPython has no types here)
    """Return the running IPython, None in plain Python; where none was imported, none runs."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None
