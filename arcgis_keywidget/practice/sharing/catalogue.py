"""The search index: behind the items by a moment, as the real one is."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.sharing.search_syntax import spread

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from arcgis_keywidget.practice.store import Store

INSERT = "INSERT OR REPLACE INTO catalogue VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
LAG = 2.0
"""Seconds until a write can be found. That the index lags is documented; by how much is not."""


def entry(item: Mapping[str, Any] | sqlite3.Row) -> tuple[Any, ...]:
    """An item's row in the catalogue."""
    texts = (
        spread(item["title"]),
        *_spread_texts(item["type"], item["keywords"], item["tags"], item["fields"]),
    )
    days = (item["access"], item["created"], item["modified"])
    return (item["id"], item["owner"], *texts, *days, "".join(texts))


@lru_cache(maxsize=256)
def _spread_texts(kind: str, keywords: str, tags: str, fields: str) -> tuple[str, ...]:
    prose = json.loads(fields)
    return (
        spread(kind),
        *("".join(map(spread, json.loads(words))) for words in (keywords, tags)),
        *(spread(prose.get(name) or "") for name in ("snippet", "description")),
    )


def touch(store: Store, item: str, now: int) -> None:
    """Let the index see an item as it is now, after the lag. `now`: milliseconds since 1970."""
    store.run("INSERT INTO pending VALUES (?, ?)", item, now / 1000 + LAG)


def settle(store: Store, now: int) -> None:
    """Bring the index up to what is due. `now`: milliseconds since 1970."""
    due = store.rows("SELECT * FROM items WHERE id IN (SELECT item FROM pending WHERE due <= ?)", now / 1000)
    if due:
        with store.writing():
            store.run_many(INSERT, map(entry, due))
            store.run("DELETE FROM pending WHERE due <= ?", now / 1000)
