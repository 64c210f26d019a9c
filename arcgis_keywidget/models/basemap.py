"""What a basemap is asked for, and what of it goes to a map."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from arcgis_keywidget.errors import FieldError

STYLE_NAME = re.compile(r"(arcgis|open|osm)/[a-z][a-z-]*(/[a-z]+)?|[0-9a-f]{32}")
"""A style of the basemap services, `family/name` or one of its parts; or the item id of a custom style."""

_CODE = re.compile(r"[A-Za-z]{2,40}(-[A-Za-z]{2,8})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How a basemap is to speak; the service's own choice where empty.

    Attributes:
        language: ``global``, ``local`` or a code such as ``de`` or ``pt-BR``; static tiles take codes only.
        worldview: whose borders are drawn, such as ``unitedStatesOfAmerica``.
        places: points of interest on vector maps of streets: ``none``, ``attributed`` or ``all``.

    Raises:
        FieldError: what no code can be.
    """

    language: str = ""
    worldview: str = ""
    places: str = ""

    def __post_init__(self) -> None:
        for name in ("language", "worldview", "places"):
            value = getattr(self, name)
            if value and not (isinstance(value, str) and _CODE.fullmatch(value)):
                raise FieldError(name, f"{value!r} is no code; the list basemaps() shows those that are.")

    def query(self, *names: str) -> dict[str, str]:
        """Return those of the preferences that were set, as parameters of a request."""
        return {name: value for name in names if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Resource:
    """A part of a basemap as a map takes it: what it is was checked at its bytes."""

    content: bytes = field(repr=False)
    content_type: str


def check_style(style: str) -> None:
    """Refuse what cannot name a style.

    Raises:
        FieldError: with what a name looks like.
    """
    if not (isinstance(style, str) and STYLE_NAME.fullmatch(style)):
        raise FieldError("style", f"{style!r} is no style; write it like 'arcgis/streets'.")
