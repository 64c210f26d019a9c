"""A .env file as a place for keys: a variable for each, a comment above it, all else as it was."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import FieldError, KeyWidgetError, MissingExtraError
from arcgis_keywidget.models import Secret
from arcgis_keywidget.session.env_text import EnvText, check_variable, variable_of
from arcgis_keywidget.session.folder import ChangedError, Folder
from arcgis_keywidget.session.gitignore import check_untracked, keep_out
from arcgis_keywidget.session.kept_key import KeptKey

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from arcgis_keywidget.session.folder import Document

_TRIES = 20  # others may write the file at any time; twenty in a row do not


class EnvStore:
    """The keys in a .env file.

    Args:
        path: the file, there or not; ``.env`` in the working folder unless given.

    Raises:
        MissingExtraError: python-dotenv is not installed.
    """

    where = ".env"

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        try:
            import_module("dotenv")
        except ImportError:
            title = "Reading and writing .env files needs the library python-dotenv."
            raise MissingExtraError(title, "Install it: pip install 'arcgis-keywidget[dotenv]'") from None
        self.path, is_folder = _placed(Path(".env" if path is None else path))
        if not self.path.name or is_folder:
            raise FieldError("path", f"{self.path} is a folder; name a file in it, such as {self.path}/.env.")

    def check(self) -> None:
        """Find out whether a key can be kept here; nothing is written but a lock for a moment.

        Raises:
            KeyWidgetError: it cannot, and why.
        """
        with Folder(self.path.parent) as folder:
            folder.check_writable(self.path.name, folder.read(self.path.name, private=True))
            check_untracked(folder, self.path.name)
            with folder.locked(self.path.name):
                pass

    def kept(self) -> tuple[KeptKey, ...]:
        """Return the keys that are kept here, without the keys.

        Raises:
            KeyWidgetError: the file cannot be read, or is not this person's alone.
        """
        return tuple(self._records(self._read()).values())

    def read(self, kept: KeptKey) -> Secret | None:
        """Return the key itself, None where it is here no more."""
        text = self._read()
        variable = self._variable(text, kept)
        return text.value(variable) if variable else None

    def check_sealed(self, kept: KeptKey) -> None:
        """Refuse a key that stands beside another note than it was written with.

        Raises:
            KeyWidgetError: it does.
        """
        text = self._read()
        variable = self._variable(text, kept)
        if variable and not text.is_sealed(variable):
            title = (
                f"{self._place(variable)} was changed since '{kept.name}' was kept, or what stands above it."
            )
            hint = f"Take a key from there with use(...), and keep it again; or unkeep({kept.name!r})."
            raise KeyWidgetError(title[0].upper() + title[1:], hint)

    def keep(self, kept: KeptKey, key: Secret, variable: str | None = None) -> KeptKey:
        """Write a key, in the place of the one under its name.

        Args:
            kept: what is known of it.
            key: the key.
            variable: where; derived from the name unless given.

        Raises:
            FieldError: the variable holds something else, or the name another credential's key.
            KeyWidgetError: it cannot be written here.
        """
        if variable is not None:
            check_variable(variable)
        chosen = ""

        def change(text: EnvText) -> Secret:
            nonlocal chosen
            before = self._variable(text, kept)
            self._check_same(text, kept, before)
            chosen = _choose(text, kept, before, variable)
            if before is not None and before != chosen:
                text = EnvText(text.without(before))
            return text.with_key(chosen, key, kept.as_document())

        self._change(change, keep_out)
        return replace(kept, where=".env", place=self._place(chosen))

    def unkeep(self, kept: KeptKey) -> None:
        """Take a key out of the file, with what stood beside it."""

        def change(text: EnvText) -> Secret | None:
            variable = self._variable(text, kept)
            return text.without(variable) if variable else None

        self._change(change)

    def _change(
        self,
        change: Callable[[EnvText], Secret | None],
        prepare: Callable[[Folder, str], object] = lambda *_: None,
    ) -> None:
        name = self.path.name
        with Folder(self.path.parent) as folder, folder.locked(name):
            prepare(folder, name)
            for _ in range(_TRIES):
                before = folder.read(name, private=True)
                after = change(_text_of(before))
                try:
                    if after is not None:
                        folder.write(name, after, before, mode=0o600)
                except ChangedError:
                    continue
                return
        raise KeyWidgetError(f"Something else keeps writing {self.path}.", "Try again in a moment.")

    def _read(self) -> EnvText:
        with Folder(self.path.parent) as folder:
            return _text_of(folder.read(self.path.name, private=True))

    def _records(self, text: EnvText) -> dict[str, KeptKey]:
        found = {
            variable: KeptKey.of_document(note, ".env", self._place(variable))
            for variable, note in text.notes().items()
            if variable in text
        }
        return {variable: kept for variable, kept in found.items() if kept is not None}

    def _variable(self, text: EnvText, kept: KeptKey) -> str | None:
        records = self._records(text).items()
        return next((name for name, other in records if other.is_named(kept.name, kept.portal)), None)

    def _check_same(self, text: EnvText, kept: KeptKey, variable: str | None) -> None:
        if variable is not None:
            kept.check_replaces(self._records(text)[variable])

    def _place(self, variable: str) -> str:
        return f"the variable {variable} in {self.path}"


def _placed(given: Path) -> tuple[Path, bool]:
    """Return the whole path of a file, and whether it is a folder's.

    Raises:
        FieldError: no file can have it (field ``path``).
        KeyWidgetError: it cannot be told.
    """
    if not given.name.isprintable():  # a line break in it would be one of .gitignore, too
        raise FieldError("path", "Name a file on one line, such as .env.")
    try:
        path = Path.cwd() / given.expanduser()
        return path, path.is_dir()
    except (OSError, RuntimeError, ValueError) as error:  # no working folder any more, no such person's home
        why = getattr(error, "strerror", None) or "no such place"
    raise KeyWidgetError(f"There is no telling which file {given} is ({why}).", "Name it by its whole path.")


def _text_of(document: Document | None) -> EnvText:
    return EnvText(document.text if document else Secret(""))


def _choose(text: EnvText, kept: KeptKey, before: str | None, wanted: str | None) -> str:
    """Return the variable for a key: the one that is named, the one it has, or a new one."""
    if wanted is None:
        return before or variable_of(kept.name, text.names())
    if wanted in text and wanted != before:
        raise FieldError("variable", f"{wanted} is something else already; choose another name.")
    return wanted
