"""GeoJSON geometries as shapely's, a kind at a time: one by one takes ten times as long."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Geometries = NDArray[np.object_]
    Maker = Callable[[list[Any]], Geometries]


def make_geometries(given: Sequence[Mapping[str, Any] | None]) -> Geometries:
    """Return an array with one geometry, or None, for each; what is no geometry is None, and told."""
    made = np.full(len(given), None, dtype=object)
    places: dict[str, list[int]] = {}
    for place, geometry in enumerate(given):
        if geometry is not None:
            places.setdefault(geometry.get("type", ""), []).append(place)
    bad = 0
    for kind, where in places.items():
        try:
            made[where] = _MAKERS[kind]([given[place]["coordinates"] for place in where])  # type: ignore[index]  # none is None
        except (ShapelyError, KeyError, TypeError, ValueError):  # empty ones among them, or worse
            bad += _make_one_by_one(made, given, where)
    if bad:
        warnings.warn(f"{bad:,} geometries of the layer cannot be drawn; they are left empty.", stacklevel=4)
    return made


def _make_one_by_one(made: Geometries, given: Sequence[Any], where: Sequence[int]) -> int:
    """Fill in those that can be made; return how many cannot."""
    bad = 0
    for place in where:
        try:
            made[place] = shape(given[place])
        except (ShapelyError, AttributeError, KeyError, IndexError, TypeError, ValueError):
            bad += 1
    return bad


def _flatten(nested: list[Any]) -> tuple[list[Any], NDArray[np.intp]]:
    """Return the parts of all, and for each part the place of what it belongs to.

    Raises:
        ValueError: something has no parts.
    """
    sizes = [len(parts) for parts in nested]
    if 0 in sizes:
        raise ValueError("empty")
    return [part for parts in nested for part in parts], np.repeat(np.arange(len(nested)), sizes)


def _points(given: list[Any]) -> Geometries:
    return np.asarray(shapely.points(np.array(given, dtype=float)))


def _of(make: Callable[..., Any], make_parts: Maker | None = None) -> Maker:
    """Return what makes geometries of their parts, or of their corners."""

    def together(given: list[Any]) -> Geometries:
        parts, owners = _flatten(given)
        made = make_parts(parts) if make_parts else np.array(parts, dtype=float)
        return np.asarray(make(made, indices=owners))

    return together


_lines, _rings = _of(shapely.linestrings), _of(shapely.linearrings)
_polygons = _of(shapely.polygons, _rings)
_MAKERS: dict[str, Maker] = {
    "Point": _points,
    "MultiPoint": _of(shapely.multipoints, _points),
    "LineString": _lines,
    "MultiLineString": _of(shapely.multilinestrings, _lines),
    "Polygon": _polygons,
    "MultiPolygon": _of(shapely.multipolygons, _polygons),
}
