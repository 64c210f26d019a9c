"""Keeping keys for later sessions, only when asked to: in the keyring, or in a .env file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models import ApiKey, KeyCredential, Secret, veiled
from arcgis_keywidget.models.token_kinds import kind_of_token
from arcgis_keywidget.session.env_store import EnvStore
from arcgis_keywidget.session.kept_key import KeptKey, Where, describe
from arcgis_keywidget.session.keyring_store import KeyringStore

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection

_Store: TypeAlias = KeyringStore | EnvStore


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a key can be kept, or cannot.

    Attributes:
        id: ``keyring`` or ``.env``.
        usable: whether it can be used now.
        why: which keyring or file it is, or why it cannot be used and what to do.
    """

    id: Where
    usable: bool
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """What is kept in the places that could be read.

    Attributes:
        keys: without the keys.
        troubles: a sentence for each place that could not be read.
    """

    keys: tuple[KeptKey, ...]
    troubles: tuple[str, ...]


def keep(
    credential: KeyCredential | ApiKey | Secret | str,
    where: Where | None = None,
    *,
    name: str | None = None,
    variable: str | None = None,
    path: str | os.PathLike[str] | None = None,
) -> KeptKey:
    """Keep a key for later sessions, for `load`; nothing is kept otherwise.

    Beside the key stays what is needed to ask its portal later: address, item, title, expiry, slot, referrer.
    A newer key of the same credential takes the place of the older one.

    Args:
        credential: a credential whose key was just made, or a key of this session.
        where: ``"keyring"``, the operating system's vault, which encrypts; or ``".env"``, a file that only
            you can read, unencrypted, which git is told to leave alone. The keyring, if it can be used,
            unless given.
        name: what `load` will take; the credential's title unless given.
        variable: for a file: the variable to write; derived from the name unless given.
        path: for a file: which one; ``.env`` in the working folder unless given.

    Returns:
        What is kept, without the key.

    Raises:
        FieldError: no key or name, a name that another credential's key has, or a variable that is taken.
        MissingExtraError: the place needs a library that is not installed.
        KeyWidgetError: the key cannot be kept there; says why, and what to do.
    """
    if not isinstance(credential, KeyCredential):
        credential = cast("ApiKey | Secret", veiled(credential))
    if where == "keyring" and (variable is not None or path is not None):
        raise TypeError("keep(): variable and path are for where='.env'.")
    kept, key = describe(credential, name)
    if (where or "keyring") == "keyring":
        store = _keyring_store(path, told=where is None)
        return store.keep(kept, Secret(key))
    if where != ".env":
        raise FieldError("where", f"There is no place {where!r}; choose 'keyring' or '.env'.")
    return EnvStore(path).keep(kept, Secret(key), variable)


def kept(path: str | os.PathLike[str] | None = None) -> tuple[KeptKey, ...]:
    """Return the keys that are kept, without the keys; a place that cannot be read has none.

    Args:
        path: the file to look in beside the keyring; ``.env`` in the working folder unless given.
    """
    return look(path).keys


def unkeep(
    name: str, *, portal: str | None = None, path: str | os.PathLike[str] | None = None
) -> tuple[KeptKey, ...]:
    """Drop a kept key from wherever it is kept, and return what was dropped. In the portal it stays valid.

    Args:
        name: as it is kept.
        portal: the portal's address, where keys of several portals have this name.
        path: the file to look in beside the keyring.

    Raises:
        FieldError: keys of several portals have this name (field ``portal``).
        KeyWidgetError: none has, or it cannot be dropped.
    """
    found = look(path)
    chosen = choose(found, name, portal)
    for one in chosen:
        _store(one.where, path).unkeep(one)
    return chosen


def places(path: str | os.PathLike[str] | None = None) -> tuple[Place, ...]:
    """Return where a key can be kept; a locked keyring may ask its person to unlock it meanwhile."""
    return _tried("keyring", KeyringStore), _tried(".env", lambda: EnvStore(path))


def place_of(where: Where) -> Place:
    """Return one place, as `places` does; the other one is not looked at."""
    return _tried(where, lambda: _store(where))


def kept_in(where: Where, portal: str, items: Collection[str]) -> tuple[KeptKey, ...]:
    """Return the keys of some credentials that a place keeps, without the keys.

    Args:
        where: the place.
        portal: address of the credentials' portal.
        items: their ids.

    Raises:
        KeyWidgetError: it cannot be read.
    """
    return tuple(one for one in _store(where).kept() if one.is_of_any(portal, items))


def survey(where: Where, credential: KeyCredential) -> tuple[Place, str]:
    """Return a place, and what it holds of a credential: its ``key``, an ``older`` one, or nothing."""
    place = place_of(where)
    if not place.usable:
        return place, ""
    store = _store(where)
    mine = [one for one in store.kept() if one.is_of(credential)]
    same = credential.key is not None and any(store.read(one) == Secret(credential.key) for one in mine)
    return place, "key" if same else "older" if mine else ""


def drop(credential: KeyCredential, where: Where) -> None:
    """Drop every kept key of a credential from a place.

    Raises:
        KeyWidgetError: it cannot be dropped.
    """
    store = _store(where)
    for one in store.kept():
        if one.is_of(credential):
            store.unkeep(one)


def look(path: str | os.PathLike[str] | None = None) -> Found:
    """Return what is kept anywhere, and what could not be read."""
    keys: list[KeptKey] = []
    troubles: list[str] = []
    for store in (KeyringStore, lambda: EnvStore(path)):
        try:
            keys += store().kept()
        except (KeyWidgetError, FieldError) as error:
            troubles.append(_sentence(error))
    return Found(tuple(keys), tuple(troubles))


def choose(found: Found, name: str | None, portal: str | None = None) -> tuple[KeptKey, ...]:
    """Return the kept keys that a name means, all of one portal: that one key, in every place that has it.

    Args:
        found: what is kept.
        name: None for the only one.
        portal: address of the portal, where several have the name.

    Raises:
        FieldError: several are meant (field ``portal`` or ``name``).
        KeyWidgetError: none is.
    """
    named = [one for one in found.keys if one.is_named(one.name if name is None else name, portal)]
    if not named:
        raise _not_kept(found, name)
    if len({one.name.casefold() for one in named}) > 1:
        raise FieldError("name", f"Several keys are kept: {_titles(named)}. Name one.")
    if len({one.origin for one in named}) > 1:
        where = ", ".join(sorted({one.portal for one in named}))
        raise FieldError("portal", f"Keys of several portals have this name; name one of them: {where}.")
    return tuple(named)


def read(kept: KeptKey, path: str | os.PathLike[str] | None = None) -> Secret | None:
    """Return a kept key itself, None where it is there no more.

    Raises:
        KeyWidgetError: its place cannot be read, or has another key, or another portal, than was written.
    """
    store = _store(kept.where, path)
    key = store.read(kept)
    if key and isinstance(store, EnvStore):
        store.check_sealed(kept)
    return key


def _store(where: Where, path: str | os.PathLike[str] | None = None) -> _Store:
    return KeyringStore() if where == "keyring" else EnvStore(path)


def _tried(where: Where, store: Callable[[], _Store]) -> Place:
    try:
        made = store()
        made.check()
    except (KeyWidgetError, FieldError) as error:
        return Place(where, usable=False, why=_sentence(error))
    return Place(where, usable=True, why=str(made.path) if isinstance(made, EnvStore) else made.place)


def _sentence(error: KeyWidgetError | FieldError) -> str:
    return error.message if isinstance(error, FieldError) else str(error)


def _keyring_store(path: str | os.PathLike[str] | None, *, told: bool) -> KeyringStore:
    """Return the keyring; where nobody chose it, what stands against it is told with the other place."""
    try:
        store = KeyringStore()
        store.check()
    except KeyWidgetError as error:
        if not told:
            raise
        why = error.title
    else:
        return store
    file = _tried(".env", lambda: EnvStore(path))
    how = f"keep(..., where='.env') writes it, unencrypted, to {file.why}." if file.usable else file.why
    raise KeyWidgetError(f"The key is not kept: {why}", how) from None


def _not_kept(found: Found, name: str | None) -> KeyWidgetError:
    # Somebody may paste the key itself for its name: that is not repeated.
    pasted = name is not None and kind_of_token(Secret(name)) is not None
    title = "A key is loaded by its name." if pasted else f"No key is kept as '{name}'."
    title = title if name else "No key is kept."
    others = f" Kept are: {_titles(found.keys)}." if found.keys else ""
    troubles = " ".join(("", *found.troubles))
    hint = (
        "A key cannot be read from the portal again: generate a new one in KeyForm(), under My keys, or "
        f"with portal.generate(...), and keep it with keep(...).{others}{troubles}"
    )
    return KeyWidgetError(title, hint)


def _titles(keys: tuple[KeptKey, ...] | list[KeptKey]) -> str:
    return ", ".join(sorted({f"'{one.name}'" for one in keys}))
