"""Whether this machine has a vault that keeps keys encrypted."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from arcgis_keywidget.doctor.rows import failure, ok, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arcgis_keywidget.doctor.rows import Row

_CHAINER = "keyring.backends.chainer"
_NONE = frozenset({"keyring.backends.fail", "keyring.backends.null"})
# Whether a back end encrypts cannot be asked: these do.
_ENCRYPT = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "Windows", "kwallet", "libsecret", "macOS")
)


def look_at_vault() -> Iterator[Row]:
    """Tell which back end the library keyring would use; nothing is read or written."""
    if find_spec("keyring") is None:
        yield ok("keyring", "not installed; pip install 'arcgis-keywidget[keyring]' if keys shall be kept")
        return
    import keyring  # noqa: PLC0415 (an extra)

    try:
        chosen = keyring.get_keyring()
    except Exception as error:  # noqa: BLE001 (a back end of anybody's, named in the environment or a file)
        found = f"it does not start ({type(error).__name__})"
        yield failure("keyring", found, "See what `keyring diagnose` says on this machine.")
        return
    chained = type(chosen).__module__ == _CHAINER
    modules = [type(one).__module__ for one in (getattr(chosen, "backends", ()) if chained else [chosen])]
    good = next((name for name in modules if name in _ENCRYPT), None)
    if good:
        yield ok("keyring", f"{good}, which encrypts")
    elif set(modules) <= _NONE:
        found = "no vault of the operating system, as usual on servers and Hubs"
        yield warning("keyring", found, "Keep a key in a .env file instead, or make one for each session.")
    else:
        found = f"{', '.join(modules)}, not known to encrypt"
        yield warning("keyring", found, "Choose another back end; keys are not kept with this one.")
