"""`outStatistics`: numbers about rows, by group where groups are asked for."""

from __future__ import annotations

import json
import math
import statistics
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

EXCEEDS_LIMIT = "exceedslimit"
MOST = 50
_NUMERIC: dict[str, Callable[[Sequence[float]], float]] = {
    "sum": math.fsum,
    "avg": statistics.fmean,
    "stddev": statistics.stdev,
    "var": statistics.variance,
}
_ANY: dict[str, Callable[[Sequence[Any]], Any]] = {"count": len, "min": min, "max": max}
_SPREAD = {"stddev", "var"}
"""Of at least two values."""


class StatisticsError(ValueError):
    """What is asked for is no statistic of these fields."""


class Statistic(NamedTuple):
    """One number; `most` is where a layer has too many points to be drawn at once."""

    kind: str
    field: str
    name: str
    most: int = 0

    def compute(self, rows: Sequence[Mapping[str, Any]]) -> Any:  # noqa: ANN401 (a cell of any type)
        """The number for some rows; None of nothing, as in SQL."""
        if self.kind == EXCEEDS_LIMIT:
            return int(len(rows) > self.most)
        values = [value for row in rows if (value := row[self.field]) is not None]
        if self.kind == "count":
            return len(values)
        if len(values) < (2 if self.kind in _SPREAD else 1):
            return None
        return (_NUMERIC | _ANY)[self.kind](values)


def read_statistics(text: str, texts: Mapping[str, bool], limit: int) -> tuple[Statistic, ...]:
    """Read the parameter.

    Args:
        text: a JSON array of objects with `statisticType`, `onStatisticField`, `outStatisticFieldName`.
        texts: the layer's fields, true for text.
        limit: rows in a full page, for the statistic `exceedslimit` that web clients begin with.

    Raises:
        StatisticsError: no such array, statistic or field.
    """
    if not text.strip():
        return ()
    try:
        given = json.loads(text)
        found = tuple(_read(entry, texts, limit) for entry in given)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise StatisticsError(text[:80]) from None
    if not 0 < len(found) <= MOST or len({statistic.name for statistic in found}) < len(found):
        raise StatisticsError(text[:80])
    return found


def _read(entry: Mapping[str, Any], texts: Mapping[str, bool], limit: int) -> Statistic:
    kind = str.lower(entry["statisticType"])
    if kind == EXCEEDS_LIMIT:
        most = entry.get("maxPointCount", limit)
        return Statistic(kind, "", str(entry.get("outStatisticFieldName") or EXCEEDS_LIMIT)[:80], int(most))
    field = str.lower(entry["onStatisticField"])
    if field not in texts or kind not in {*_NUMERIC, *_ANY} or (kind in _NUMERIC and texts[field]):
        raise StatisticsError(field)
    return Statistic(kind, field, str(entry.get("outStatisticFieldName") or f"{kind}_{field}")[:80])


def summarize(
    rows: Iterable[Mapping[str, Any]], found: Sequence[Statistic], groups: Sequence[str]
) -> list[dict[str, Any]]:
    """One row of numbers a group, in the order in which the groups come up; one in all without groups."""
    gathered: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {} if groups else {(): []}
    for row in rows:
        gathered.setdefault(tuple(row[name] for name in groups), []).append(row)
    return [
        dict(zip(groups, key, strict=True)) | {number.name: number.compute(members) for number in found}
        for key, members in gathered.items()
    ]
