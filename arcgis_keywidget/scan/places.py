"""Where in a notebook something stands, in words, and which strings belong together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arcgis_keywidget.scan.forms import hide_keys

if TYPE_CHECKING:
    from arcgis_keywidget.scan.strings import Path

_SOURCES = {"source", "input"}  # input: notebooks of format 3
_TEXTS = {*_SOURCES, "text", "html", "svg", "latex", "javascript", "png", "jpeg", "pdf"}
_ERROR = {"traceback", "ename", "evalue"}
_PLAIN_WORD = re.compile(r"[\w.+/\-]{1,60}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a key stands in its file.

    Attributes:
        cell: the number of the cell from the top, from 1; None outside cells and notebooks.
        part: what of it: "source", "output 2 (text/html)", "widget state", "text", ...
        line: the line of the file, from 1; None in notebooks that could be read as such.
    """

    part: str
    cell: int | None = None
    line: int | None = None

    def __str__(self) -> str:
        if self.line is not None:
            return f"line {self.line}"
        return self.part if self.cell is None else f"cell {self.cell}, {self.part}"


def place_of(path: Path) -> Place:
    """Return the place that a path through a notebook's document leads to."""
    path = path[2:] if path[:1] == ("worksheets",) else path
    match path:
        case ("cells", int(index), *rest):
            return Place(cell=index + 1, part=_part_of_cell(*rest))
        case ("metadata", "widgets", *_):
            return Place(part="widget state")
        case ("metadata", *_):
            return Place(part="notebook metadata")
    return Place(part="notebook")


def is_source(path: Path) -> bool:
    """Whether it is what a person wrote, which is theirs to change."""
    path = path[2:] if path[:1] == ("worksheets",) else path
    return path[:1] == ("cells",) and path[2:3] in {(name,) for name in _SOURCES}


def is_packed(path: Path) -> bool:
    """Whether the string there is base64: an attachment, or a buffer of a widget."""
    match path:
        case ("cells", int(), "attachments", _, _, *_):
            return True
        case ("metadata", "widgets", *_, "buffers", int(), "data"):
            return True
    return False


def belongs_to(path: Path) -> Path:
    """Return the path of the text that a string is, or is a line of: notebooks have lists of lines."""
    if not path or not isinstance(path[-1], int) or path[0] not in {"cells", "worksheets"}:
        return path
    list_path = path[:-1]
    name, above = list_path[-1], list_path[-2:-1]
    of_bundle = above == ("data",) and isinstance(name, str) and not name.endswith("json")
    attached = "attachments" in list_path
    return list_path if name in _TEXTS or of_bundle or attached else path


def _part_of_cell(*path: str | int) -> str:
    match path:
        case (str(name), *_) if name in _SOURCES:
            return "source"
        case ("outputs", int(index), *rest):
            return f"output {index + 1}{_part_of_output(*rest)}"
        case ("attachments", *_):
            return "attachment"
        case ("metadata", *_):
            return "metadata"
    return "cell"


def _part_of_output(*path: str | int) -> str:
    match path:
        case ("data", str(kind), *_) if _PLAIN_WORD.fullmatch(kind) and hide_keys(kind) == kind:
            return f" ({kind})"
        case (str(name), *_) if name in _ERROR:
            return " (error)"
        case ("metadata", *_):
            return " (metadata)"
        case ("text", *_):
            return " (stream)"
    return ""
