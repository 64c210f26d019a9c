"""Keeping a file out of a repository: its line in .gitignore, and whether git has it already."""

from __future__ import annotations

import fnmatch
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.models import Secret
from arcgis_keywidget.session.folder import ChangedError, draft_of

if TYPE_CHECKING:
    from arcgis_keywidget.session.folder import Folder

_FILE = ".gitignore"
_WHY = "# keys (arcgis-keywidget)"
_PATIENCE = 10  # seconds for git, which answers at once; a network disk may not
_SPECIAL = "\\*?[]!# "


def keep_out(folder: Folder, name: str) -> None:
    """Have git leave a file alone: where no pattern covers it yet, a line is added beside it.

    Raises:
        KeyWidgetError: git has the file already, cannot be asked, or the line cannot be written.
    """
    check_untracked(folder, name)
    for _ in range(3):
        with suppress(ChangedError):
            missing = _let_in(folder, name)
            if not missing:
                return
            _add_lines(folder, missing)
    if not _is_ignored(folder, name):
        title = f"{folder.path / name} is not kept out of git, whatever {_FILE} says."
        raise KeyWidgetError(title, "Take out the pattern that lets it in, or name another file.")


def check_untracked(folder: Folder, name: str) -> None:
    """Refuse a file that git has already.

    Raises:
        KeyWidgetError: it has, or it is there but cannot be asked.
    """
    if not _in_repository(folder.path):
        return
    listed = _git(folder.path, "ls-files", "--error-unmatch", "--", f":(literal){name}")
    if listed == 0:
        title = f"git has {folder.path / name} already: a key in it would be committed."
        raise KeyWidgetError(title, f"Take it out of the repository first: git rm --cached {name}")
    if listed is not None and listed != 1:
        title = f"git does not say whether it has {folder.path / name} already."
        raise KeyWidgetError(title, f"See what `git -C {folder.path} status` says, or name another file.")


def _let_in(folder: Folder, name: str) -> list[str]:
    """Return the patterns that are missing: for the file, and for what a process that was killed leaves."""
    pattern = "".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in name)
    left = [] if _is_ignored(folder, draft_of(name)) else [f"/{pattern}.arcgis-keywidget.*"]
    return left if _is_ignored(folder, name) else [f"/{pattern}", *left]


def _is_ignored(folder: Folder, name: str) -> bool:
    if _in_repository(folder.path):
        told = _git(folder.path, "check-ignore", "--quiet", "--no-index", "--", name)
        if told in {0, 1}:
            return told == 0
    found = folder.read(_FILE, private=False)
    return found is not None and _covers(found.text.reveal().splitlines(), name)


def _covers(lines: list[str], name: str) -> bool:
    """Whether patterns for this folder cover a file in it; the last that fits counts, as for git."""
    ignored = False
    for line in lines:
        pattern = line.strip()
        lets_in = pattern.startswith("!")
        pattern = pattern.removeprefix("!").removeprefix("/").removeprefix("**/")
        if pattern and not line.startswith("#") and fnmatch.fnmatchcase(name, pattern.replace("\\", "")):
            ignored = not lets_in
    return ignored


def _add_lines(folder: Folder, patterns: list[str]) -> None:
    before = folder.read(_FILE, private=False)
    text = before.text.reveal() if before else ""
    end = "\r\n" if "\r\n" in text else "\n"
    whole = text if not text or text.endswith("\n") else text + end
    added = end.join([_WHY, *patterns, ""])
    folder.write(_FILE, Secret(whole + added), before, mode=before.mode if before else 0o644)


def _in_repository(path: Path) -> bool:
    return any((one / ".git").exists() for one in (path.resolve(), *path.resolve().parents))


def _git(path: Path, *words: str) -> int | None:
    """Return git's exit code, None where there is no git. Settings of the repository start no program."""
    # Never a program of the working folder, which may be somebody else's: Windows looks there by itself.
    folders = [folder for folder in os.get_exec_path() if Path(folder).is_absolute()]
    git = shutil.which("git", path=os.pathsep.join(folders))
    if git is None:
        return None
    if not Path(git).is_absolute() or Path(git).parent == Path.cwd():
        return 128
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = [git, "-C", str(path), "-c", "core.fsmonitor=false", *words]
    try:
        done = subprocess.run(  # noqa: S603 (git itself, by its full path, with names after --)
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environ,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return 128  # as git says what it could not do
    return done.returncode
