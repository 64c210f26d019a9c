"""Cut outlines and lines down to a rectangle, so that deep levels draw only what they show."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arcgis_keywidget.practice.basemaps.world import Box

Spot = tuple[float, float]


def clip_outline(points: Sequence[Spot], box: Box) -> list[Spot]:
    """The part of an area inside a rectangle (Sutherland and Hodgman's method); empty where there is none."""
    ring = list(points)
    for axis, limit, sign in ((0, box.left, 1), (0, box.right, -1), (1, box.top, 1), (1, box.bottom, -1)):
        ring = _clip_side(ring, axis, limit, sign)
        if not ring:
            break
    return ring


def clip_line(points: Sequence[Spot], box: Box) -> Iterator[list[Spot]]:
    """The runs of a line inside a rectangle, their segments cut at its sides."""
    run: list[Spot] = []
    left, top, right, bottom = box
    for a, b in pairwise(points):
        if (a[0] < left and b[0] < left) or (a[0] > right and b[0] > right):
            continue
        if (a[1] < top and b[1] < top) or (a[1] > bottom and b[1] > bottom):
            continue
        cut = _clip_segment(a, b, box)
        if cut is None:
            continue
        if run and run[-1] == cut[0]:
            run.append(cut[1])
            continue
        if run:
            yield run
        run = list(cut)
    if run:
        yield run


def _clip_side(ring: list[Spot], axis: int, limit: float, sign: int) -> list[Spot]:
    kept: list[Spot] = []
    before = ring[-1]
    was_in = (before[axis] - limit) * sign >= 0
    for point in ring:
        is_in = (point[axis] - limit) * sign >= 0
        if is_in != was_in:
            kept.append(_cross(before, point, axis, limit))
        if is_in:
            kept.append(point)
        before, was_in = point, is_in
    return kept


def _cross(a: Spot, b: Spot, axis: int, limit: float) -> Spot:
    along = (limit - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + along * (b[1 - axis] - a[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)


def _clip_segment(a: Spot, b: Spot, box: Box) -> tuple[Spot, Spot] | None:
    """Liang and Barsky's method."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    enter, leave = 0.0, 1.0
    for step, room in (
        (-dx, a[0] - box.left),
        (dx, box.right - a[0]),
        (-dy, a[1] - box.top),
        (dy, box.bottom - a[1]),
    ):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    if enter > leave:
        return None
    start = a if enter == 0 else (a[0] + enter * dx, a[1] + enter * dy)
    return start, b if leave == 1 else (a[0] + leave * dx, a[1] + leave * dy)
