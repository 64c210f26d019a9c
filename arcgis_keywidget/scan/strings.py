"""The strings of a JSON text with where they stand: in the document, and in the text, letter by letter.

A parser gives values but not their places. With those, a string can be changed without touching a byte beside
it, and a name that occurs twice in an object hides nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]

# What is neither a string nor structure (numbers, words, blanks, commas) is one token, however long.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]:]|[^"{}\[\]:]+', re.DOTALL)
_LETTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)

_DECODE = json.JSONDecoder(strict=False).decode


@dataclass(frozen=True, slots=True)
class JsonString:
    """A string of a JSON text.

    Attributes:
        path: names and numbers that lead to it; for a name of an object, the path of what it names.
        start: where it begins, its quotation mark included.
        raw: the text, as it is written, between its quotation marks.
        is_name: whether it is the name of something in an object, not a value.
    """

    path: Path
    start: int
    raw: str
    is_name: bool

    @property
    def value(self) -> str:
        """What it says."""
        if "\\" not in self.raw:
            return self.raw
        value: str = _DECODE(f'"{self.raw}"')
        return value

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where some of the value's letters stand in the whole text."""
        if "\\" not in self.raw:
            begin = self.start + 1
            return begin + start, begin + end
        places = [self.start + 1 + match.start() for match in _LETTER.finditer(self.raw)]
        places.append(self.start + 1 + len(self.raw))
        return places[start], places[end]


def json_strings(text: str) -> Iterator[JsonString]:
    """Go through all strings of a valid JSON text, names of objects among them, in their order."""
    path: list[str | int] = []  # of each open object the name that was read last, of each list the index
    naming = False  # whether the next string of an object is a name
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece[0] == '"':
            if naming:
                path[-1] = _DECODE(piece)
            yield JsonString(tuple(path), match.start(), piece[1:-1], naming)
        else:
            naming = _follow(path, piece, naming=naming)


def _follow(path: list[str | int], between: str, *, naming: bool) -> bool:
    """Go on by what stands between two strings; whether the next one is a name."""
    if between in {"{", "["}:
        path.append("" if between == "{" else 0)
        return between == "{"
    if between in {"}", "]"}:
        path.pop()
        return False
    if between == ":":
        return False
    if "," not in between or not path:  # blanks
        return naming
    last = path[-1]
    if isinstance(last, int):
        path[-1] = last + between.count(",")
    return isinstance(last, str)
