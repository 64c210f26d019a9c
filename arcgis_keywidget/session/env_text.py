"""The text of a .env file: what is in it, and the same with one key more or less."""

from __future__ import annotations

import hmac
import io
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models import Secret

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTE = "# arcgis-keywidget "
_SEAL = "seal"
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PLAIN = re.compile(r"[A-Za-z0-9_.\-]+")  # needs no quotes, which not every reader of such files takes off
_BOM = "\ufeff"


class EnvText:
    """A .env file, of which nothing shows by itself: its other values are secrets as well."""

    def __init__(self, text: Secret) -> None:
        from dotenv.parser import parse_stream  # noqa: PLC0415 (an extra)

        whole = text.reveal()
        self._bom = whole.startswith(_BOM)
        self._end = "\r\n" if "\r\n" in whole else "\n"
        self._parts = [
            (part.key, part.value, part.original.string)
            for part in parse_stream(io.StringIO(whole, newline=""))
        ]

    def __repr__(self) -> str:
        return "<EnvText>"

    def __contains__(self, variable: str) -> bool:
        return any(name == variable for name, _, _ in self._parts)

    def names(self) -> frozenset[str]:
        """Return the names of its variables."""
        return frozenset(name for name, _, _ in self._parts if name is not None)

    def value(self, variable: str) -> Secret | None:
        """Return what a variable holds; the last one counts, as for every reader."""
        values = [Secret(value or "") for name, value, _ in self._parts if name == variable]
        return values[-1] if values else None

    def notes(self) -> dict[str, dict[str, Any]]:
        """Return what stands beside each kept key, by the name of its variable."""
        found = (_note_in(written) for name, _, written in self._parts if name is None)
        return {str(note["variable"]): note for note in found if note}

    def is_sealed(self, variable: str) -> bool:
        """Whether a variable and the note beside it were written together.

        Else somebody may have put a note of his own beside a secret of this file, to have it sent elsewhere.
        """
        note, key = self.notes().get(variable, {}), self.value(variable)
        seal = note.pop(_SEAL, None)
        return bool(key) and key is not None and isinstance(seal, str) and seal == _seal_of(note, key)

    def with_key(self, variable: str, key: Secret, note: dict[str, Any]) -> Secret:
        """Return the text with a key and its note, in the place of those that it has of this variable.

        Raises:
            KeyWidgetError: the key could not be read again, since a line above it is not understood.
        """
        noted = {"variable": variable, **note}
        comment = f"{_NOTE}{json.dumps({**noted, _SEAL: _seal_of(noted, key)})}"
        block = Secret(f"{comment}{self._end}{variable}={_quoted(key)}{self._end}")
        written = self._write(variable, block)
        after = EnvText(written)
        others = {name for name, _, _ in self._parts if name not in {None, variable}}
        if after.value(variable) != key or any(after.value(name) != self.value(name) for name in others):
            title = "A line of this file is not understood: perhaps a quote that is not closed."
            raise KeyWidgetError(title, "Mend that line, or name another file.")
        return written

    def without(self, variable: str) -> Secret:
        """Return the text without a variable and its note."""
        return self._write(variable, Secret(""))

    def _write(self, variable: str, block: Secret) -> Secret:
        """Return the text with a block in the place of a variable and its note, or at the end."""
        texts: list[str] = []
        placed = False
        for name, _, written in self._parts:
            note = _note_in(written) if name is None else None
            if name != variable and not (note and note["variable"] == variable):
                texts.append(written)
                continue
            blank = written[: len(written) - len(written.lstrip())]
            texts.append(blank if placed else blank + block.reveal())
            placed = True
        if not placed and block:
            last = texts[-1] if texts else ""
            texts.append(("" if not last or last.endswith(("\n", "\r")) else self._end) + block.reveal())
        return Secret((_BOM if self._bom else "") + "".join(texts))


def variable_of(title: str, taken: Iterable[str] = ()) -> str:
    """Return the name of a variable for a key's title: MY_KEY for *My key*; a number where it is taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    word = "_".join(re.findall(r"[A-Z0-9]+", plain.upper())) or "ARCGIS"
    # No title may become PATH or HOME, nor SSLKEYLOGFILE, which has programs write down what they encrypt.
    word = word if {"KEY", "KEYS"} & {*word.split("_")} else f"{word}_KEY"
    word = f"KEY_{word}" if word[0].isdigit() else word
    used, number, name = set(taken), 1, word
    while name in used:
        number += 1
        name = f"{word}_{number}"
    return name


def check_variable(variable: str) -> str:
    """Return the name of a variable.

    Raises:
        FieldError: it cannot be one (field ``variable``).
    """
    if not isinstance(variable, str) or not _VARIABLE.fullmatch(variable):
        raise FieldError("variable", f"{variable!r} cannot name a variable in such a file.")
    return variable


def _seal_of(note: dict[str, Any], key: Secret) -> str:
    """Return what only somebody who has the key can make of a note."""
    text = json.dumps(note, sort_keys=True).encode()
    return hmac.new(key.reveal().encode(errors="surrogatepass"), text, "sha256").hexdigest()


def _quoted(key: Secret) -> str:
    text = key.reveal()
    if _PLAIN.fullmatch(text):
        return text
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _note_in(written: str) -> dict[str, Any] | None:
    """Return the note that a comment of ours holds."""
    line = written.strip()
    if not line.startswith(_NOTE):
        return None
    try:
        note = json.loads(line.removeprefix(_NOTE))
    except (ValueError, RecursionError):  # RecursionError: brackets in brackets, a thousand times
        return None
    return note if isinstance(note, dict) and isinstance(note.get("variable"), str) else None
