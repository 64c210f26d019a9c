"""The layers of the vector styles: what is drawn of a vector tile, in which colour, at which level.

The look is that of the pictures in the same style. Filters by level are written as `minzoom`, because not
every client reads the level in an expression.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.basemaps.sprites import icon_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arcgis_keywidget.practice.basemaps.styles import Style

Layer = dict[str, Any]
_FONTS = {
    "arcgis": ("Arial Regular", "Arial Bold", "Arial Italic"),
    "open": ("Arial Unicode MS Regular", "Arial Unicode MS Bold", "Arial Unicode MS Italic"),
}
"""The fonts that the real styles of a family ask for; clients know what to show instead of Arial."""
_CASED, _READ, _LAST_COUNTRIES = 3, 8, 9
"""The first levels of cased borders and of named meridians; the level where names of countries end."""
_LAST_RANK = 6


def ground_layers(source: str, style: Style) -> list[Layer]:
    """Sea, land and borders."""
    land: list[Any] = ["match", ["get", "tint"]]
    for tint, colour in enumerate(style.land[1:], 1):
        land += [tint, colour]
    return [
        {"id": "Sea", "type": "background", "paint": {"background-color": style.deep}},
        *_shore(source, style),
        _graticule(source, style, maxzoom=_READ),
        _layer("Land", "fill", source, "land", paint={"fill-color": [*land, style.land[0]]}),
        *border_layers(source, style),
        _line("Coast", source, "coastline", {"line-color": style.coast, "line-width": 1}),
        _graticule(source, style, minzoom=_READ),
    ]


def _shore(source: str, style: Style) -> list[Layer]:
    """Shallow water: bands from the widest and deepest to the narrowest.

    One wide line with a blur would be simpler, but shows spikes at every sharp corner of a coast.
    """
    bands = 6
    return [
        _line(
            *(f"Shore/{band}", source, "coastline"),
            {"line-color": _mix(style.deep, style.shore, band / bands), "line-width": 4 * (bands + 1 - band)},
        )
        for band in range(1, bands + 1)
    ]


def _mix(start: str, end: str, part: float) -> str:
    """A colour between two, as far from the start as the part says."""
    pairs = zip(bytes.fromhex(start[1:]), bytes.fromhex(end[1:]), strict=True)
    return f"#{bytes(round(a + (b - a) * part) for a, b in pairs).hex()}"


def border_layers(source: str, style: Style) -> list[Layer]:
    """Borders between countries."""
    casing = {"line-color": style.casing, "line-width": 3.5}
    border = {"line-color": style.border, "line-width": _by_level((0, 0.5), (1, 1), (8, 1.5))}
    return [
        _line("Border/casing", source, "boundary", casing, minzoom=_CASED),
        _line("Border", source, "boundary", border),
    ]


def label_layers(source: str, name: str, style: Style, language: str) -> list[Layer]:
    """Names; of names that meet, the one in the later layer stays.

    Args:
        source: The name of the source.
        name: The style's, such as `arcgis/streets`.
        style: Its colours.
        language: A code of the labels' language; names that are not there in it stay as they are.
    """
    plain, bold, italic = _FONTS[name.partition("/")[0]]
    text = _text(language)
    return [
        _degree_labels(source, style, plain),
        _place_labels("city", source, name, style, (text, plain)),
        _place_labels("capital", source, name, style, (text, plain)),
        _sea_labels(source, style, (text, italic)),
        _country_labels("Country/small", [">"], source, style, (text, bold)) | {"minzoom": _LAST_RANK + 1},
        _country_labels("Country", ["<="], source, style, (text, bold)),
    ]


def _layer(name: str, kind: str, source: str, part: str, **more: Any) -> Layer:  # noqa: ANN401 (members of a layer)
    return {"id": name, "type": kind, "source": source, "source-layer": part, **more}


def _line(name: str, source: str, part: str, paint: Layer, **levels: int) -> Layer:
    layout = {"line-join": "round", "line-cap": "round"}
    return _layer(name, "line", source, part, layout=layout, paint=paint, **levels)


def _graticule(source: str, style: Style, **levels: int) -> Layer:
    side = "below" if "maxzoom" in levels else "above"
    opacity = 0.6 if side == "below" else 1
    paint = {"line-color": style.graticule, "line-width": 1, "line-opacity": opacity}
    return _line(f"Graticule/{side}", source, "graticule", paint, **levels)


def _by_level(*stops: tuple[float, Any]) -> list[Any]:
    return ["interpolate", ["linear"], ["zoom"], *(part for stop in stops for part in stop)]


def _text(language: str) -> str | list[Any]:
    if language in {"global", "local", "en"}:
        return "{name}"
    return ["coalesce", ["get", f"name_{language}"], ["get", "name"]]


def _write(ink: str, halo: str) -> Layer:
    return {"text-color": ink, "text-halo-color": halo, "text-halo-width": 1.5, "text-halo-blur": 0.5}


def _degree_labels(source: str, style: Style, font: str) -> Layer:
    layout = {
        "symbol-placement": "line",
        "symbol-spacing": 420,
        "text-field": "{name}",
        "text-font": [font],
        "text-size": 10,
    }
    paint = _write(style.inks["reading"], style.halo)
    return _layer(
        "Graticule/degrees", "symbol", source, "graticule", minzoom=_READ, layout=layout, paint=paint
    )


def _place_labels(kind: str, source: str, name: str, style: Style, text: tuple[Any, str]) -> Layer:
    """A mark with its name beside it, on the first free one of four sides."""
    small, large = (11, 14) if kind == "city" else (12, 15)
    layout = {
        "icon-image": icon_name(name, kind),
        "icon-padding": 1,
        "text-field": text[0],
        "text-font": [text[1]],
        "text-size": _by_level((3, small), (9, large)),
        "text-anchor": "left",
        "text-offset": [0.6, 0],
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 0.6,
        "text-justify": "auto",
        "text-max-width": 20,
        "text-padding": 2,
        "symbol-sort-key": ["get", "order"],
    }
    paint = _write(style.inks[kind], style.halo)
    return _layer(
        *(kind.title(), "symbol", source, "place"),
        filter=["==", ["get", "kind"], kind],
        layout=layout,
        paint=paint,
    )


def _sea_labels(source: str, style: Style, text: tuple[Any, str]) -> Layer:
    sizes = ((level, ["min", 17, ["+", start, ["get", "size"]]]) for level, start in ((0, 9), (8, 13)))
    layout = {
        "text-field": text[0],
        "text-font": [text[1]],
        "text-size": _by_level(*sizes),
        "text-max-width": 7,
        "text-letter-spacing": 0.08,
        "symbol-sort-key": ["get", "order"],
    }
    return _layer(
        "Sea/name",
        "symbol",
        source,
        "water_label",
        layout=layout,
        paint=_write(style.inks["sea"], style.sea_halo),
    )


def _country_labels(
    name: str, comparison: Sequence[str], source: str, style: Style, text: tuple[Any, str]
) -> Layer:
    """Names that grow with the room inside their country."""
    sizes = (
        (level, ["max", 10, ["min", 16, ["+", 7, ["*", ["get", "size"], (1 << level) / 2880]]]])
        for level in range(_LAST_COUNTRIES)
    )
    layout = {
        "text-field": text[0],
        "text-font": [text[1]],
        "text-size": _by_level(*sizes),
        "text-transform": "uppercase",
        "text-max-width": 7,
        "text-letter-spacing": 0.06,
        "symbol-sort-key": ["get", "order"],
    }
    kinds = ["==", ["get", "kind"], "country"]
    ranks = [*comparison, ["get", "rank"], _LAST_RANK]
    return _layer(
        *(name, "symbol", source, "place"),
        maxzoom=_LAST_COUNTRIES,
        filter=["all", kinds, ranks],
        layout=layout,
        paint=_write(style.inks["country"], style.halo),
    )
