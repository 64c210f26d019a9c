"""The styles of the practice basemaps: their names and colours."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The colours of a map."""

    title: str
    deep: str
    shore: str
    coast: str
    graticule: str
    land: tuple[str, ...]  # ice first, then six that may meet
    border: str
    casing: str
    inks: Mapping[str, str]
    halo: str
    sea_halo: str


STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "arcgis/streets": Style(
            title="Practice Streets",
            deep="#a6cbe1",
            shore="#d3e8f1",
            coast="#86aec6",
            graticule="#9cc3da",
            land=("#fbfbfa", "#f8f3e7", "#f3eedd", "#f7ede0", "#eff0df", "#f5f0ea", "#f0ebe0"),
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
        )
    }
)
