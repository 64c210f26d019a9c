"""Keys in a notebook: where they are, and its text without those in outputs, state and metadata."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from arcgis_keywidget.scan.forms import find_keys
from arcgis_keywidget.scan.places import belongs_to, is_packed, is_source
from arcgis_keywidget.scan.strings import json_strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arcgis_keywidget.scan.forms import Sighting
    from arcgis_keywidget.scan.strings import JsonString, Path

REMOVED = "[ArcGIS API key removed]"
"""What `strip` writes where a key was: plain letters, that neither JSON nor HTML has to escape."""

_Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class NotebookFind:
    """A key in a notebook.

    Attributes:
        path: names and numbers that lead to it in the document.
        sighting: the key; its positions are those in the string, or in what is packed in it.
        pieces: the strings that make up the text it is in.
        packed: whether that text is the base64 of a text.
    """

    path: Path
    sighting: Sighting
    pieces: Sequence[JsonString]
    packed: bool


def is_notebook(text: str) -> bool:
    """Whether a text is JSON that can be read as a notebook's."""
    try:
        return isinstance(json.loads(text.removeprefix("\ufeff")), dict)
    except (ValueError, RecursionError):
        return False


def find_in_notebook(text: str) -> Iterator[NotebookFind]:
    """Go through the keys of a notebook, given as JSON text that `is_notebook` accepts."""
    for (path, is_name), group in groupby(json_strings(text), key=_text_of):
        pieces = [*group]
        content = "".join(piece.value for piece in pieces)
        unpacked = unpack(content) if is_packed(path) and not is_name else None
        for sighting in find_keys(content if unpacked is None else unpacked):
            yield NotebookFind(path, sighting, pieces, packed=unpacked is not None)


def strip_notebook(text: str) -> str:
    """Return a notebook's text without the keys that are not in sources; nothing else of it changes."""
    edits: set[_Edit] = set()  # a set: several keys in one piece of base64 change it once
    for find in find_in_notebook(text):
        if is_source(find.path):
            continue
        if find.packed:
            edits.update(_repacked(find.pieces))
        else:
            edits.update(_edits(find.pieces, find.sighting.start, find.sighting.end, REMOVED))
    for start, end, new in sorted(edits, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    return text


def unpack(content: str) -> str | None:
    """Return what base64 holds if that is plainly text, that is UTF-8 without a zero; else None."""
    try:
        text = base64.b64decode("".join(content.split()), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    return None if "\0" in text else text


def _text_of(piece: JsonString) -> tuple[Path, bool]:
    """Return what the strings of one text have in common."""
    return belongs_to(piece.path), piece.is_name


def _edits(pieces: Sequence[JsonString], start: int, end: int, new: str) -> Iterator[_Edit]:
    """Replace a stretch of a text that may go over several strings: the new words go where it begins."""
    offset = 0
    for piece in pieces:
        length = len(piece.value)
        first, last = max(start - offset, 0), min(end - offset, length)
        if first < last:
            yield (*piece.span(first, last), new)
            new = ""
        offset += length


def _repacked(pieces: Sequence[JsonString]) -> Iterator[_Edit]:
    """Replace what base64 holds, keys and all, by the same without them."""
    packed = "".join(piece.value for piece in pieces)
    content = unpack(packed) or ""
    for sighting in reversed([*find_keys(content)]):
        content = f"{content[: sighting.start]}{REMOVED}{content[sighting.end :]}"
    yield from _edits(pieces, 0, len(packed), base64.b64encode(content.encode()).decode())
