"""What was found, and what could not be looked at; nothing in it shows a key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.models.token_kinds import TokenKind
from arcgis_keywidget.scan.forms import hide_keys

if TYPE_CHECKING:
    from pathlib import Path

    from arcgis_keywidget.models import Secret
    from arcgis_keywidget.scan.forms import Sighting
    from arcgis_keywidget.scan.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """A key in a file.

    Attributes:
        path: the file.
        place: where in it.
        sighting: the key.
        number: the same for the same key, counted from 1 in the order of finds.
        strippable: whether `strip` may take it out of the file.
        removed: whether it was taken out.
    """

    path: Path
    place: Place
    sighting: Sighting
    number: int
    strippable: bool
    removed: bool

    @property
    def kind(self) -> str:
        """What it is, in words."""
        name = "legacy API key" if self.sighting.kind is TokenKind.LEGACY_KEY else "API key"
        return name if self.sighting.whole else f"part of an {name}".replace("an legacy", "a legacy")

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "file": shown(self.path),
            "cell": self.place.cell,
            "part": self.place.part,
            "line": self.place.line,
            "kind": self.kind,
            "slot": self.sighting.slot,
            "masked": self.sighting.masked,
            "key": self.number,
            "strippable": self.strippable,
            "removed": self.removed,
        }


@dataclass(slots=True)
class Report:
    """What a scan found.

    Attributes:
        finds: the keys, in the order of files and of places in them.
        notes: what is worth telling of a file.
        problems: what could not be read or written, and why.
        files: how many files were looked at.
        binary: how many were passed by, as they are no text.
        folders: folders of tools and environments that were passed by.
        links: how many symbolic links were passed by.
    """

    finds: list[Find] = field(default_factory=list)
    notes: list[tuple[Path, str]] = field(default_factory=list)
    problems: list[tuple[Path, str]] = field(default_factory=list)
    files: int = 0
    binary: int = 0
    folders: list[Path] = field(default_factory=list)
    links: int = 0
    _numbers: dict[Secret, int] = field(default_factory=dict, repr=False)

    @property
    def remaining(self) -> list[Find]:
        """The keys that are still there."""
        return [find for find in self.finds if not find.removed]

    def add(
        self, path: Path, place: Place, sighting: Sighting, *, strippable: bool = False, removed: bool = False
    ) -> None:
        """Tell of a key."""
        find = Find(
            path=path,
            place=place,
            sighting=sighting,
            number=self._numbers.setdefault(sighting.key, len(self._numbers) + 1),
            strippable=strippable,
            removed=removed,
        )
        self.finds.append(find)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "finds": [find.as_dict() for find in self.finds],
            "notes": [{"file": shown(path), "text": text} for path, text in self.notes],
            "problems": [{"file": shown(path), "text": text} for path, text in self.problems],
            "files": self.files,
            "skipped": {
                "binary": self.binary,
                "links": self.links,
                "folders": [shown(path) for path in self.folders],
            },
        }


def shown(path: Path) -> str:
    """Return a path as it may be printed: without a key, or letters that would drive a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in hide_keys(str(path)))
