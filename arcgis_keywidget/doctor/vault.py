"""Whether this machine has a vault that keeps keys encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget.doctor.rows import ok, warning
from arcgis_keywidget.errors import KeyWidgetError, MissingExtraError
from arcgis_keywidget.session.keyring_store import KeyringStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arcgis_keywidget.doctor.rows import Row


def look_at_vault() -> Iterator[Row]:
    """Tell which vault would keep keys; it is not opened, so that nobody is asked to unlock it."""
    try:
        store = KeyringStore()
    except MissingExtraError:
        yield ok("keyring", "not installed; pip install 'arcgis-keywidget[keyring]' if keys shall be kept")
    except KeyWidgetError as error:
        yield warning("keyring", error.title, error.hint)
    else:
        yield ok("keyring", f"{store.place}, which encrypts")
