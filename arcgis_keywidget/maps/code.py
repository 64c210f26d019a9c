"""The page's code, as the js build left it: small files as text, others packed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from arcgis_keywidget.errors import MissingExtraError
from arcgis_keywidget.maps import texts

PACKED = {
    "view": "map-view.js.gz",
    "maplibre": "maplibre.js.gz",
    "keys": "form-keys.js.gz",
    "wizard": "form-wizard.js.gz",
}
"""What a page asks for when it first opens a map, the list of keys or all settings: gzip, unpacked there."""

_STATIC = Path(__file__).parent.parent / "static"


@cache
def small(name: str) -> str:
    """Return a small file of the page, which goes into the widget's state.

    Raises:
        MissingExtraError: it is not built (in a source checkout).
    """
    return _read(name).decode()


@cache
def packed(part: str) -> bytes:
    """Return one of `PACKED`.

    Raises:
        MissingExtraError: it is not built (in a source checkout).
    """
    return _read(PACKED[part])


def _read(name: str) -> bytes:
    try:
        return (_STATIC / name).read_bytes()
    except FileNotFoundError:
        title, hint = texts.NO_CODE
        raise MissingExtraError(title.format(name=name), hint) from None
