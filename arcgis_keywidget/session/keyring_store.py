"""The operating system's vault as a place for keys, through the library keyring."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import KeyWidgetError, MissingExtraError
from arcgis_keywidget.models import Secret
from arcgis_keywidget.session.folder import Folder
from arcgis_keywidget.session.kept_key import KeptKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keyring.backend import KeyringBackend

SERVICE = "arcgis-keywidget"
"""What our entries are called in the vault."""

_INDEX = "index"  # the library cannot list entries, so that one lists the others, and has pages if need be
_PAGE = 1200  # characters: a Windows vault takes 1,280
_CHAINER = "keyring.backends.chainer"
# Other back ends may come with any package, and whether one encrypts cannot be asked: these do.
_VAULTS = MappingProxyType(
    {
        "keyring.backends.SecretService": "the Secret Service of this desktop",
        "keyring.backends.Windows": "the Windows Credential Manager",
        "keyring.backends.kwallet": "KWallet",
        "keyring.backends.libsecret": "the Secret Service of this desktop",
        "keyring.backends.macOS": "the macOS Keychain",
    }
)
_NO_VAULT = "no vault of the operating system is to be had, as usual on servers and Hubs"
_REASONS = MappingProxyType(
    {
        "keyring.backends.fail": _NO_VAULT,
        "keyring.backends.null": "it keeps nothing",
        "keyrings.alt": "it writes keys to a file or store of its own, most often unencrypted",
    }
)
_UNKNOWN = "it is not known to encrypt what it keeps"
_LOCKED = (
    "Locked",
    "Dismissed",
)  # of the errors that the vaults raise: KeyringLocked, PromptDismissedException


class KeyringStore:
    """The keys in the operating system's vault.

    Raises:
        MissingExtraError: the library keyring is not installed.
        KeyWidgetError: it has no vault here that encrypts.
    """

    where = "keyring"

    def __init__(self) -> None:
        self._backend = _vault()
        self.place = _VAULTS[type(self._backend).__module__]

    def check(self) -> None:
        """Find out whether it opens.

        Raises:
            KeyWidgetError: it is locked, or fails.
        """
        self._names()

    def kept(self) -> tuple[KeptKey, ...]:
        """Return the keys that are kept here, without the keys.

        Raises:
            KeyWidgetError: it is locked, or fails.
        """
        found = (self._entry(name) for name in self._names())
        return tuple(entry[0] for entry in found if entry is not None)

    def read(self, kept: KeptKey) -> Secret | None:
        """Return the key itself, None where it is here no more."""
        entry = self._entry(_name_of(kept))
        return entry[1] if entry else None

    def keep(self, kept: KeptKey, key: Secret) -> KeptKey:
        """Put a key in the vault, in the place of the one under its name.

        Raises:
            FieldError: that one is of another credential (field ``name``).
            KeyWidgetError: the vault is locked, or fails.
        """
        name = _name_of(kept)
        with _alone():
            before = self._entry(name)
            if before is not None:
                kept.check_replaces(before[0])
            names = self._names()
            if name not in names:  # first: what is listed and not there is passed over, the reverse is lost
                self._list([*names, name])
            self._put(name, _written(kept, key))
        return replace(kept, where="keyring", place=self.place)

    def unkeep(self, kept: KeptKey) -> None:
        """Take a key out of the vault."""
        name = _name_of(kept)
        with _alone():
            if self._get(name) is not None:
                self._ask(lambda: self._backend.delete_password(SERVICE, name))
            self._list([other for other in self._names() if other != name])

    def _names(self) -> list[str]:
        pages = [_read_json(text) for _, text in self._pages()]
        listed = [name for names in pages if isinstance(names, list) for name in names]
        return [*dict.fromkeys(name for name in listed if isinstance(name, str))]

    def _list(self, names: list[str]) -> None:
        pages = _paged(names)
        before = [page for page, _ in self._pages()]
        for number, text in enumerate(pages):
            self._put(_page_name(number), text)
        for page in before[len(pages) :]:
            self._ask(lambda page=page: self._backend.delete_password(SERVICE, page))  # type: ignore[misc]

    def _pages(self) -> Iterator[tuple[str, Secret]]:
        for number in count():
            text = self._get(_page_name(number))
            if text is None:
                return
            yield _page_name(number), text

    def _entry(self, name: str) -> tuple[KeptKey, Secret] | None:
        text = self._get(name)
        return _read_entry(text, self.place) if text is not None else None

    def _get(self, name: str) -> Secret | None:
        text = self._ask(lambda: _veil(self._backend.get_password(SERVICE, name)))
        return text if isinstance(text, Secret) else None

    def _put(self, name: str, text: Secret) -> None:
        self._ask(lambda: self._backend.set_password(SERVICE, name, text.reveal()))

    def _ask(self, question: Callable[[], object]) -> object:
        try:
            return question()
        except Exception as error:  # noqa: BLE001 (every vault has errors of its own)
            kind = type(error).__name__
        if any(word in kind for word in _LOCKED):
            title = f"The keyring is locked ({self.place})."
            raise KeyWidgetError(title, "Unlock it on this machine, and try again.")
        raise KeyWidgetError(
            f"The keyring does not answer ({self.place}: {kind}).", "Try again, or use .env."
        )


def _vault() -> KeyringBackend:
    """Return the vault that the library chooses, or the first of several that encrypts.

    Raises:
        MissingExtraError: the library is not installed.
        KeyWidgetError: there is none; names what was refused.
    """
    try:
        import keyring  # noqa: PLC0415 (an extra)
    except ImportError:
        title = "The operating system's vault is reached through the library keyring."
        raise MissingExtraError(title, "Install it: pip install 'arcgis-keywidget[keyring]'") from None
    try:
        chosen = keyring.get_keyring()
        chained = type(chosen).__module__ == _CHAINER
        offered: list[KeyringBackend] = [*getattr(chosen, "backends", ())] if chained else [chosen]
    except Exception as error:  # noqa: BLE001 (a back end of anybody's, named in the environment or a file)
        title = f"The library keyring does not start here ({type(error).__name__})."
        raise KeyWidgetError(title, "See what `keyring diagnose` says on this machine.") from None
    for backend in offered:
        if type(backend).__module__ in _VAULTS:
            return backend
    refused = "; ".join(f"{_full_name(one)}: {_reason(one)}" for one in offered) or f"none: {_NO_VAULT}"
    raise KeyWidgetError(f"The keyring here is not used ({refused}).", "Keep the key in a .env file.")


def _full_name(backend: KeyringBackend) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _reason(backend: KeyringBackend) -> str:
    module = type(backend).__module__
    known = (why for name, why in _REASONS.items() if module == name or module.startswith(f"{name}."))
    return next(known, _UNKNOWN)


def _name_of(kept: KeptKey) -> str:
    """Return how an entry is called: people see it in their vault."""
    return f"{kept.name.casefold()} @ {kept.origin}"


def _page_name(number: int) -> str:
    return f"{_INDEX} {number + 1}" if number else _INDEX


def _paged(names: list[str]) -> list[Secret]:
    """Return the names as JSON lists, none of them longer than a page."""
    pages: list[list[str]] = [[]]
    for name in names:
        if pages[-1] and _length(json.dumps([*pages[-1], name], ensure_ascii=False)) > _PAGE:
            pages.append([])
        pages[-1].append(name)
    return [Secret(json.dumps(page, ensure_ascii=False)) for page in pages]


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def _veil(text: str | None) -> Secret | None:
    return None if text is None else Secret(text)


def _written(kept: KeptKey, key: Secret) -> Secret:
    # A Windows vault takes 1,280 characters: letters are not written as escapes.
    return Secret(json.dumps({"key": key.reveal(), **kept.as_document()}, ensure_ascii=False))


def _read_json(text: Secret) -> Any:  # noqa: ANN401 (anything)
    try:
        return json.loads(text.reveal())
    except (ValueError, RecursionError):  # RecursionError: brackets in brackets, a thousand times
        return None


def _read_entry(text: Secret, place: str) -> tuple[KeptKey, Secret] | None:
    document = _read_json(text)
    if not isinstance(document, dict) or not isinstance(document.get("key"), str):
        return None
    kept = KeptKey.of_document(document, "keyring", place)
    return (kept, Secret(document["key"])) if kept is not None else None


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other processes from the list of entries meanwhile; vaults cannot compare before they write."""
    user = os.getuid() if hasattr(os, "getuid") else "own"
    path = Path(tempfile.gettempdir()) / f"{SERVICE}-{user}"
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        status = path.lstat()
    except OSError as error:
        title = f"The folder {path} cannot be made ({error.strerror})."
        raise KeyWidgetError(title, "Set TMPDIR to a folder that can be written.") from None
    foreign = hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022)
    if foreign or not stat.S_ISDIR(status.st_mode):
        raise KeyWidgetError(f"{path} is not this person's own folder.", "Remove it, or set TMPDIR.")
    with Folder(path) as folder, folder.locked("keyring"):
        yield
