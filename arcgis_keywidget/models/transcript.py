"""What was asked of a portal and what became of it: names and figures, never a value."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = 200
"""Exchanges that a transcript remembers: a long session must not grow without end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer.

    Attributes:
        method: ``GET`` or ``POST``.
        url: scheme, host, port and path, percent-encoded, without the query.
        query: names of the query's parameters.
        form: names of the form's parameters.
        authorized: whether a token went along in the header.
        status: HTTP status, 0 where no answer came.
        code: ArcGIS's own error number inside the answer, 0 for none.
        milliseconds: from sending to the whole answer.
    """

    method: str
    url: str
    query: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    authorized: bool = False
    status: int = 0
    code: int = 0
    milliseconds: float = 0.0


class Transcript:
    """The last exchanges with a portal, the oldest first.

    Attributes:
        count: how many there have been in all.
    """

    def __init__(self) -> None:
        self.count = 0
        self._kept: deque[Exchange] = deque(maxlen=KEPT)

    def add(self, exchange: Exchange) -> None:
        """Remember an exchange."""
        self.count += 1
        self._kept.append(exchange)

    def __iter__(self) -> Iterator[Exchange]:
        return iter([*self._kept])

    def __len__(self) -> int:
        return len(self._kept)
