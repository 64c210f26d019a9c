"""All rows of a query, page by page, several at once: complete, in order, none twice."""

from __future__ import annotations

import asyncio
import warnings
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from arcgis_keywidget.errors import UnexpectedReplyError
from arcgis_keywidget.services.collection import collection_paused

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Iterator, Mapping, Sequence

    from arcgis_keywidget._http import Reply
    from arcgis_keywidget.services.keyed import KeyedClient
    from arcgis_keywidget.services.layer import Column, Layer
    from arcgis_keywidget.services.pace import Pace
    from arcgis_keywidget.services.progress import Progress

T = TypeVar("T")
Row: TypeAlias = "tuple[tuple[Any, ...], dict[str, Any] | None]"
"""The values of a row in the order of the columns, and its GeoJSON geometry."""

NO_SECRETS = frozenset[str]()  # a layer's columns may be called token; they are no secrets of ours
_FEWER = 4  # times fewer rows are asked for where an answer is too long for us
_ROUNDS = 4  # of requests at the pace's limit; only what would take more is asked for in larger pages


async def together(work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Await everything at once; the first failure cancels the rest, and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in work]
    except BaseExceptionGroup as errors:
        first = errors.exceptions[0]
    else:
        return [task.result() for task in tasks]
    raise first


@dataclass(frozen=True, slots=True)
class Query:
    """One question to a layer: which rows, asked for in several ways."""

    client: KeyedClient
    url: str
    conditions: Mapping[str, str]
    pace: Pace

    async def ask(self, **form: str) -> Reply:
        """Return one answer; the conditions go in the body, so that no log of addresses has them."""
        whole = {"f": "json", **self.conditions, **form}
        return await self.pace.run(lambda: self.client.post(f"{self.url}/query", whole))

    async def count(self) -> int:
        """Return how many rows there are."""
        number = (await self.ask(returnCountOnly="true")).document(NO_SECRETS).get("count")
        if isinstance(number, int):
            return number
        raise UnexpectedReplyError("The layer did not say how many rows it has.", "Check its address.")

    async def ids(self) -> list[int]:
        """Return the object ids of all rows, ascending; servers list them whole, whatever a page holds."""
        document = (await self.ask(returnIdsOnly="true")).document(NO_SECRETS)
        return sorted(document.get("objectIds") or ())


class Reading:
    """The rows of one query.

    Args:
        query: which rows.
        layer: where they are.
        columns: what of them.
        progress: told of each page.
    """

    def __init__(self, query: Query, layer: Layer, columns: Sequence[Column], progress: Progress) -> None:
        self._query = query
        self._layer = layer
        self._progress = progress
        self._names = [column.name for column in columns]
        self._place = self._names.index(layer.object_id) if layer.object_id in self._names else None
        self._form = {
            "f": "geojson",
            "outFields": ",".join(self._names),
            "returnGeometry": "true",
            "outSR": "4326",
        }

    async def read(self, total: int, num: int | None) -> tuple[list[Row], bool]:
        """Return the rows, and whether the layer holds more.

        Args:
            total: how many the layer has promised.
            num: how many are wanted at most.
        """
        wanted = total if num is None else min(num, total)
        self._progress.total = wanted
        if not wanted:
            return [], total > 0
        if self._place is None:  # nothing to tell rows apart by, so no safe second page
            rows, cut = await self._page(**({"resultRecordCount": str(wanted)} if num else {}))
            return rows[:wanted], cut or total > min(wanted, len(rows))
        rows = await self._by_offset(wanted) if self._layer.pages else []
        if len(rows) == wanted == len(self._by_id(rows)):
            return rows, total > wanted
        return await self._complete(rows, num)

    async def _by_offset(self, wanted: int) -> list[Row]:
        """Return what pages counted from the first row give; they shift when rows come or go meanwhile."""
        size, form = self._layer.page, {}
        at_once = _ROUNDS * self._query.pace.limit
        if wanted > size * at_once and self._layer.largest > size:
            size, form = min(self._layer.largest, -(-wanted // at_once)), self._layer.larger
        spans = ((start, min(size, wanted - start)) for start in range(0, wanted, size))
        return [*chain.from_iterable(await together(self._span(*span, form) for span in spans))]

    async def _span(self, start: int, size: int, form: Mapping[str, str]) -> list[Row]:
        """Return so many rows from one on; a server may give them in smaller portions."""
        rows: list[Row] = []
        portion = size
        while True:
            try:
                more, cut = await self._page(
                    orderByFields=self._layer.object_id,
                    resultOffset=str(start + len(rows)),
                    resultRecordCount=str(min(portion, size - len(rows))),
                    **form,
                )
            except UnexpectedReplyError as error:
                if not (error.too_long and portion > 1):
                    raise
                portion = -(-portion // _FEWER)
                continue
            rows += more
            if len(rows) >= size or not more or not cut:
                return rows

    async def _complete(self, rows: list[Row], num: int | None) -> tuple[list[Row], bool]:
        """Return all rows by their ids, of which some may be here: what is gone is left out."""
        ids = await self._query.ids()
        wanted = ids[:num]
        found = self._by_id(rows)
        for _ in range(2):  # a server may give fewer at once than it says
            found |= self._by_id(await self._of_ids([number for number in wanted if number not in found]))
        if any(number not in found for number in wanted):
            ids = await self._query.ids()  # what was deleted meanwhile is not missing
            wanted = [number for number in ids if number in found][:num]
            _tell_missing(sum(number not in found for number in ids[:num]))
        return [found[number] for number in wanted], len(ids) > len(wanted)

    async def _of_ids(self, ids: Sequence[int]) -> list[Row]:
        answers = await together(self._portion(page) for page in _cut(ids, self._layer.page))
        return [*chain.from_iterable(answers)]

    async def _portion(self, ids: Sequence[int]) -> list[Row]:
        try:
            return (await self._page(objectIds=",".join(map(str, ids))))[0]
        except UnexpectedReplyError as error:
            if not (error.too_long and len(ids) > 1):
                raise
        fewer = _cut(ids, -(-len(ids) // _FEWER))
        return [row for part in fewer for row in await self._portion(part)]

    async def _page(self, **form: str) -> tuple[list[Row], bool]:
        """Return the rows of one answer, and whether the server had more for it."""
        rows, cut = self._take(await self._query.ask(**self._form, **form))
        self._progress.add(len(rows))
        return rows, cut

    @collection_paused()
    def _take(self, reply: Reply) -> tuple[list[Row], bool]:
        document = reply.document(NO_SECRETS)
        features = document.get("features") if document.get("type") == "FeatureCollection" else None
        if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
            raise UnexpectedReplyError(
                "The layer did not answer with rows.", "Try again, or check its address."
            )
        nested = document.get("properties")
        cut = document.get("exceededTransferLimit") or (nested or {}).get("exceededTransferLimit")
        return [*map(self._row, features)], bool(cut)

    def _row(self, feature: dict[str, Any]) -> Row:
        """Return a feature as a row: of its names, which are the same in each, nothing is kept."""
        properties = feature.get("properties") or {}
        return tuple(map(properties.get, self._names)), feature.get("geometry")

    def _by_id(self, rows: Iterable[Row]) -> dict[int, Row]:
        return {row[0][self._place]: row for row in rows}  # type: ignore[index]  # asked for where there are ids


def _cut(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _tell_missing(number: int) -> None:
    if number:
        text = f"The layer lists {number:,} row{'' if number == 1 else 's'} that it did not give."
        warnings.warn(f"{text} The others are here; read again for these.", stacklevel=2)
