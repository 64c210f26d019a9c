"""`%arcgis_key`: the keys of this session, in a line of a cell."""

from __future__ import annotations

import os
import shlex
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models import ApiKey, KeyCredential, Secret, session_keys
from arcgis_keywidget.session.inject import forget, use
from arcgis_keywidget.session.standing import standing_of, standings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

NAME = "arcgis_key"

_VARIABLES = ("ARCGIS_API_KEY", "ESRI_API_KEY")
_LONGEST_WORD = 60  # characters; keys and tokens are longer, and have no blank
_KEYS_BEGIN = ("AAPT", "AAPK", "AAST")
_TYPED = (
    "A key is never written in a line: the notebook and IPython's history keep it. Put it in a variable, "
    "key = getpass(), and write %arcgis_key use key. If that was a key, delete this cell, and revoke the key "
    "where others can read it."
)
_NO_SUCH = "There is no variable, no environment variable and no key of this session of that name."
_HELP = """\
%arcgis_key                      the keys of this session, and how long they live on
%arcgis_key use NAME [as OTHER]  use the key or credential in the variable NAME, or else in the environment
                                 variable NAME; it is then in the variable arcgis_api_key, or OTHER
%arcgis_key new [PORTAL]         show the form that makes a key
%arcgis_key load [TITLE]         use a key that was kept on this machine
%arcgis_key forget [NAME]        take every key out of this kernel, or the one of that variable or title
%arcgis_key help                 this text"""


class KeyMagic:
    """The magic of one IPython.

    Args:
        shell: the IPython.
    """

    def __init__(self, shell: Any) -> None:  # noqa: ANN401 (IPython has no types here)
        self._shell = shell
        self._commands: dict[str, Callable[[list[str]], None]] = {
            "status": self._status,
            "use": self._use,
            "new": self._new,
            "load": self._load,
            "forget": self._forget,
            "help": self._help,
        }

    def run(self, line: str) -> None:
        """Tell of the keys of this session, use one, make one, forget them: %arcgis_key help."""
        problem = ""
        try:
            words = _words(line)
            self._command(words[0] if words else "status")(words[1:])
        except FieldError as error:
            problem = error.message
        except KeyWidgetError as error:
            problem = str(error)
        if problem:  # out here it has no context, whose frames hold what was typed
            _refuse(problem)

    def _command(self, name: str) -> Callable[[list[str]], None]:
        if name not in self._commands:
            raise FieldError("line", f"%{NAME} knows {', '.join(self._commands)}.")
        return self._commands[name]

    def complete(self, line: str) -> list[str]:
        """Return the words that may come next in a line."""
        words = line.split()
        if len(words) < 2 or (len(words) == 2 and not line.endswith(" ")):  # noqa: PLR2004 (the magic, its command)
            return [*self._commands]
        if words[1] in {"use", "forget"}:
            return [*self._variables(), *(name for name in _VARIABLES if os.environ.get(name, "").strip())]
        return []

    def _variables(self) -> list[str]:
        held = (ApiKey, KeyCredential, Secret)
        space = self._shell.user_ns.items()
        return [name for name, value in space if isinstance(value, held) and not name.startswith("_")]

    def _status(self, words: Sequence[str]) -> None:
        _take(words, 0)
        told = [str(standing) for standing in standings()]
        if not told:
            there = next((name for name in _VARIABLES if os.environ.get(name, "").strip()), "NAME")
            told = [
                "There is no API key in this session yet.",
                f"Make one: %{NAME} new. Or use one that is there: %{NAME} use {there}",
            ]
        _say("\n".join(told))

    def _use(self, words: Sequence[str]) -> None:
        _take(words, 3, "use NAME [as OTHER]", least=1)
        variable = {}
        if len(words) > 1:
            if words[1] != "as" or len(words) < 3:  # noqa: PLR2004 (as, and a name)
                raise FieldError("line", f"Write %{NAME} use NAME as OTHER.")
            variable = {"variable": words[2]}
        found = self._find(words[0])
        if found is None:
            raise FieldError("line", _NO_SUCH)
        injected = use(found, **variable)
        _say(f"{standing_of(session_keys.need())} It is in {injected}.")

    def _new(self, words: Sequence[str]) -> None:
        _take(words, 1, "new [PORTAL]")
        from IPython.display import display  # noqa: PLC0415 (there is an IPython)

        from arcgis_keywidget.form.widget import KeyForm  # noqa: PLC0415 (loads the form)

        display(KeyForm(*words))  # type: ignore[no-untyped-call]

    def _load(self, words: Sequence[str]) -> None:
        import_module("arcgis_keywidget").load(" ".join(words) or None)
        self._status([])

    def _forget(self, words: Sequence[str]) -> None:
        name = " ".join(words)
        key = self._held(words) if name else None
        told = [standing_of(one) for one in ([key] if key else session_keys)]
        forget(key)
        for standing in told:
            _say(f"Forgotten in this kernel: {standing}")
        if any(not standing.ended for standing in told):
            _say("In the portal it stays valid; revoke it under My keys where others may have seen it.")
        if not told:
            _say("There was no API key in this session.")

    def _held(self, words: Sequence[str]) -> ApiKey:
        """Return the key of this session that a variable holds, or whose credential has this title.

        Raises:
            FieldError: there is none.
        """
        found = _key_of(self._find(words[0])) if len(words) == 1 else None
        titled = (key for key in session_keys if session_keys.title_of(key) == " ".join(words))
        key = found or next(titled, None)
        if key is None:
            raise FieldError("line", _NO_SUCH)
        return key

    def _help(self, words: Sequence[str]) -> None:
        _take(words, 0)
        _say(_HELP)

    def _find(self, name: str) -> KeyCredential | ApiKey | Secret | None:
        """Return what a variable, or else an environment variable, holds; None where there is none.

        Raises:
            FieldError: the variable holds something else.
        """
        if name in self._shell.user_ns:
            value = self._shell.user_ns[name]
            if isinstance(value, KeyCredential | ApiKey | Secret):
                return value
            if not isinstance(value, str):
                raise FieldError("line", f"The variable {name} holds no key, but a {type(value).__name__}.")
            return Secret(value)
        return Secret(os.environ[name]) if os.environ.get(name, "").strip() else None


def load(shell: Any) -> None:  # noqa: ANN401 (IPython has no types here)
    """Add the magic to an IPython, with the completion of its words."""
    magic = KeyMagic(shell)
    shell.register_magic_function(magic.run, "line", NAME)
    for said in (f"%{NAME}", NAME):
        shell.set_hook("complete_command", lambda _, event: magic.complete(event.line), str_key=said)


def unload(shell: Any) -> None:  # noqa: ANN401 (same)
    """Take the magic away again."""
    shell.magics_manager.magics["line"].pop(NAME, None)


def _words(line: str) -> list[str]:
    """Return the words of a line, none of which is a key.

    Raises:
        FieldError: one may be, or a quotation mark has no other.
    """
    _refuse_typed(line.split())  # before quotation marks are read: a key may be pasted with one of them
    words: list[str] | None = None
    try:
        words = shlex.split(line)
    except ValueError:
        raise FieldError("line", "A quotation mark has no other in this line.") from None
    _refuse_typed(part for word in words for part in word.split())
    return words


def _refuse_typed(parts: Iterable[str]) -> None:
    if any(len(part) >= _LONGEST_WORD or any(begin in part for begin in _KEYS_BEGIN) for part in parts):
        raise FieldError("line", _TYPED)


def _take(words: Sequence[str], most: int, usage: str = "", *, least: int = 0) -> None:
    if not least <= len(words) <= most:
        raise FieldError("line", f"Write %{NAME} {usage}".rstrip() + ".")


def _key_of(held: KeyCredential | ApiKey | Secret | None) -> ApiKey | None:
    """Return the key of this session that something is."""
    if isinstance(held, KeyCredential):
        held = held.key
    if held is None:
        return None
    return next((key for key in session_keys if Secret(key) == Secret(held)), None)


def _say(text: str) -> None:
    print(text)


def _refuse(message: str) -> NoReturn:
    from IPython.core.error import UsageError  # noqa: PLC0415 (there is an IPython)

    raise UsageError(message)  # shown without a traceback; the cell has failed all the same
