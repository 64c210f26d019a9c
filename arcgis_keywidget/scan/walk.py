"""Which files are looked at: those named, and those below the folders named."""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_TOOLS = {".git", ".hg", ".svn", "node_modules", "__pycache__", ".tox", ".nox", "site-packages"}
_ENVIRONMENT = {"pyvenv.cfg", "conda-meta"}
"""What stands in the folder of a virtual environment, whatever its name."""


@dataclass(slots=True)
class Walk:
    """Goes through files, and remembers what it passes by.

    Attributes:
        everything: look also into folders of tools and virtual environments.
        folders: the folders that were passed by, as they are of tools or environments.
        links: how many symbolic links below the folders were passed by.
        problems: what could not be looked at, and why.
    """

    everything: bool = False
    folders: list[Path] = field(default_factory=list)
    links: int = 0
    problems: list[tuple[Path, str]] = field(default_factory=list)

    def files(self, paths: Iterable[Path]) -> Iterator[Path]:
        """Go through the files, each once; those of a folder by name, hidden ones too.

        A symbolic link is followed where it is named itself. Below a folder none is: what it leads to is
        looked at in its own place, or lies outside.
        """
        seen: set[Path] = set()
        for path in paths:
            for file in self._below(path):
                if file.absolute() not in seen:
                    seen.add(file.absolute())
                    yield file

    def _below(self, top: Path) -> Iterator[Path]:
        waiting = [top]  # no recursion: folders may lie deeper in one another than calls may
        while waiting:
            path = waiting.pop()
            named = path is top
            try:
                mode = (path.stat() if named else path.lstat()).st_mode
                if stat.S_ISLNK(mode):
                    self.links += 1
                elif stat.S_ISDIR(mode):
                    waiting += reversed(self._in_folder(path, named=named))
                elif stat.S_ISREG(mode):
                    yield path
                elif named:
                    self.problems.append((path, "neither a file nor a folder"))
            except (OSError, ValueError) as error:  # ValueError: a name that no file can have
                self.problems.append((path, getattr(error, "strerror", None) or "cannot be read"))

    def _in_folder(self, folder: Path, *, named: bool) -> list[Path]:
        entries = sorted(folder.iterdir())
        of_a_tool = folder.name in _TOOLS or any(entry.name in _ENVIRONMENT for entry in entries)
        if of_a_tool and not named and not self.everything:
            self.folders.append(folder)
            return []
        return entries
