"""The styles of the practice basemaps: their names, parts and colours."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The colours of a map.

    Attributes:
        title: what people call it.
        group: what it is for, in the words of the services' lists of styles.
        parts: the last words of the names of its parts, such as `base`: those that Esri lists for the style.
        deep: the open sea.
        shore: the sea near land.
        coast: the line between them.
        graticule: meridians and parallels at sea.
        land: ice first, then six that may meet; multiples of four, which a palette keeps exactly.
        border: the line between two countries.
        casing: the light or dark edge of that line.
        inks: of letters, by the kind of place.
        halo: round letters on land.
        sea_halo: round the names of seas.
        relief: whether the ground is a picture of the earth from above instead of plain colours.
    """

    title: str
    group: str
    parts: tuple[str, ...] = ()
    deep: str
    shore: str
    coast: str
    graticule: str
    land: tuple[str, ...]
    border: str
    casing: str
    inks: Mapping[str, str]
    halo: str
    sea_halo: str
    relief: bool = False


STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "arcgis/streets": Style(
            title="Practice Streets",
            group="streets",
            deep="#a4cce0",
            shore="#d3e8f1",
            coast="#86aec6",
            graticule="#9cc3da",
            land=("#fcfcf8", "#f8f4e8", "#f4ecdc", "#f8ece0", "#f0f0e0", "#f4f0ec", "#f0ece0"),
            border="#a99a98",
            casing="#e9dfd3",
            inks={
                "country": "#6b5f58",
                "sea": "#4f86aa",
                "city": "#3d3f45",
                "capital": "#26282e",
                "reading": "#8f8a80",
            },
            halo="#fdfbf5",
            sea_halo="#b9d8e8",
        ),
        "arcgis/dark-gray": Style(
            title="Practice Dark Gray",
            group="reference",
            parts=("base", "labels"),
            deep="#1c2024",
            shore="#282c31",
            coast="#555b62",
            graticule="#2a2e33",
            land=("#505458", "#383c40", "#3c4044", "#34383c", "#404448", "#44484c", "#484c50"),
            border="#7b8189",
            casing="#2f3236",
            inks={
                "country": "#c6cad0",
                "sea": "#8492a0",
                "city": "#dddfe2",
                "capital": "#f4f5f6",
                "reading": "#8d9299",
            },
            halo="#25282c",
            sea_halo="#1a1d21",
        ),
        "arcgis/light-gray": Style(
            title="Practice Light Gray",
            group="reference",
            parts=("base", "labels"),
            deep="#c8d0d4",
            shore="#dbe0e3",
            coast="#aab3b9",
            graticule="#bfc7cc",
            land=("#fcfcfc", "#f4f4f4", "#f0f0f0", "#f4f4f0", "#ececec", "#f0f0ec", "#ecece8"),
            border="#a9aaa9",
            casing="#e1e1df",
            inks={
                "country": "#6a6d71",
                "sea": "#73899a",
                "city": "#54575b",
                "capital": "#3a3d41",
                "reading": "#94979a",
            },
            halo="#fbfbfb",
            sea_halo="#d3d9dd",
        ),
        "arcgis/imagery": Style(
            title="Practice Imagery",
            group="satellite",
            parts=("standard", "labels"),
            deep="#0d2443",
            shore="#2f6f94",
            coast="#1d4a63",
            graticule="#4a5f62",
            land=("#eef3f6", "#6f7a4d", "#7c7a50", "#667447", "#838057", "#727c56", "#78744f"),
            border="#e9e4c6",
            casing="#565a45",
            inks={
                "country": "#ffffff",
                "sea": "#cfe6f7",
                "city": "#ffffff",
                "capital": "#fff6d6",
                "reading": "#e3e8ea",
            },
            halo="#12181c",
            sea_halo="#0a1a30",
            relief=True,
        ),
        "open/streets": Style(
            title="Practice Open Streets",
            group="streets",
            deep="#a0d0dc",
            shore="#c3e3ea",
            coast="#7fb2c0",
            graticule="#93c4d1",
            land=("#f8fcfc", "#f4f0e8", "#e8f0dc", "#f4ecdc", "#e4ecd8", "#f0e8e0", "#ecf0e4"),
            border="#a07fae",
            casing="#e3d3e8",
            inks={
                "country": "#7b5c8a",
                "sea": "#3f7f95",
                "city": "#3a3f3a",
                "capital": "#1f241f",
                "reading": "#87908a",
            },
            halo="#fcfcf7",
            sea_halo="#b4dbe4",
        ),
    }
)
