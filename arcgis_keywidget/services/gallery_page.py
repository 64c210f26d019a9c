"""A catalogue of styles as HTML that needs nothing from elsewhere, and as a plain table.

Styles are written at each element: notebooks that are not trusted lose style sheets. Colours are those of
JupyterLab where it is, and go with light and dark elsewhere. Everything that a service said is escaped.
"""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from arcgis_keywidget.models import Resource
    from arcgis_keywidget.services.catalogue import BasemapStyle, Catalogue

_PAGE = (
    "font-family:var(--jp-ui-font-family,system-ui,sans-serif);font-size:13px;line-height:1.4;"
    "color:var(--jp-ui-font-color1,inherit);max-width:1140px;text-align:left"
)
_HEADING = "font-size:14px;font-weight:600;margin:14px 0 8px"
_ROW = "display:flex;flex-wrap:wrap;gap:16px 12px;margin:0"
_CARD = "flex:0 0 140px;width:140px;min-width:0"
_FRAME = (
    "display:block;box-sizing:border-box;width:140px;height:93px;margin:0 0 6px;border-radius:4px;"
    "border:1px solid rgba(128,128,128,.45);background:rgba(128,128,128,.12)"
)
_CODE = (
    "font-family:var(--jp-code-font-family,monospace);font-size:12px;color:inherit;padding:1px 4px;"
    "border-radius:3px;background:rgba(128,128,128,.16);overflow-wrap:anywhere;user-select:all"
)
_SMALL = "font-size:12px;opacity:.8;margin-top:3px"
_FOLD = "margin:12px 0 0;cursor:default"
_LIST = "display:flex;flex-wrap:wrap;gap:6px 16px;margin:8px 0"
_FAMILIES = {"arcgis": "ArcGIS", "open": "Open data", "osm": "OpenStreetMap"}
_CHOICES = {"languages": "Languages", "worldviews": "Worldviews", "places": "Places"}


def render_page(found: Catalogue, pictures: Mapping[str, Resource], attribution: str) -> str:
    """Return a gallery as HTML.

    Args:
        found: the styles.
        pictures: of the styles, by name; others get an empty frame.
        attribution: the credits of the pictures.
    """
    whole = [style for style in found.styles if not style.part]
    groups: dict[str, list[BasemapStyle]] = {}
    for style in whole:
        groups.setdefault(_group_of(style), []).append(style)
    rows = "".join(
        f'<div style="{_HEADING}" role="heading" aria-level="3">{escape(group)}</div>'
        f'<div style="{_ROW}">{"".join(_card(style, pictures.get(style.name)) for style in styles)}</div>'
        for group, styles in groups.items()
    )
    folds = _parts(style for style in found.styles if style.part) + _choices(found)
    credits_ = (
        f'<div style="{_SMALL};margin-top:12px">{escape(_plain(attribution))}</div>' if attribution else ""
    )
    return f'<div style="{_PAGE}">{rows}{folds}{credits_}</div>'


def render_text(found: Catalogue) -> str:
    """Return the styles as a table of plain text."""
    rows = [
        (_plain(style.name), _plain(style.title), _kinds(style)) for style in found.styles if not style.part
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)] if rows else []
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    parts = sum(style.part for style in found.styles)
    more = [f"and {parts} parts of styles: .parts"] if parts else []
    return "\n".join([*lines, *more])


def _card(style: BasemapStyle, picture: Resource | None) -> str:
    frame = f'<div style="{_FRAME}"></div>'
    if picture is not None:
        data = base64.b64encode(picture.content).decode()
        source = f"data:{picture.content_type};base64,{data}"
        frame = f'<img alt="" src="{source}" style="{_FRAME};object-fit:cover;max-width:none">'
    return (
        f'<div style="{_CARD}">{frame}<div style="overflow-wrap:anywhere">{escape(_plain(style.title))}</div>'
        f'<code style="{_CODE}">{escape(_plain(style.name))}</code>'
        f'<div style="{_SMALL}">{_kinds(style)}</div></div>'
    )


def _parts(parts: Iterable[BasemapStyle]) -> str:
    entries = [
        f'<span><code style="{_CODE}">{escape(_plain(part.name))}</code> '
        f'<span style="opacity:.8">{_kinds(part)}</span></span>'
        for part in parts
    ]
    return _fold(f"Parts of styles ({len(entries)})", entries) if entries else ""


def _choices(found: Catalogue) -> str:
    return "".join(
        _fold(
            f"{title} ({len(codes)})",
            [
                f'<span><code style="{_CODE}">{escape(_plain(code))}</code> {escape(_plain(name))}</span>'
                for code, name in codes.items()
            ],
        )
        for field, title in _CHOICES.items()
        if (codes := getattr(found, field))
    )


def _fold(title: str, entries: Iterable[str]) -> str:
    summary = f'<summary style="cursor:pointer">{title}</summary>'
    return f'<details style="{_FOLD}">{summary}<div style="{_LIST}">{"".join(entries)}</div></details>'


def _kinds(style: BasemapStyle) -> str:
    kinds = " and ".join(
        kind for kind, is_one in (("pictures", style.raster), ("vector", style.vector)) if is_one
    )
    return f"{kinds}, deprecated" if style.deprecated else kinds


def _group_of(style: BasemapStyle) -> str:
    family = style.name.partition("/")[0]
    return _plain(style.group.capitalize() or _FAMILIES.get(family, family))


def _plain(words: str) -> str:
    """Return a service's words on one line, without what moves a terminal's cursor."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
