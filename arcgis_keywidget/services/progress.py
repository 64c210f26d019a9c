"""One line about what takes long, where somebody looks: it comes after two seconds, and goes at the end."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

QUIET = 2.0
"""Seconds without a word: what is that short needs none."""

_EVERY = 0.25  # seconds from one figure to the next
_nowhere: Callable[[str], None] = lambda _: None  # noqa: E731 (nobody looks)


class Progress:
    """What a job has done so far; a context manager.

    In a notebook it is one output, updated and emptied at the end, so that no word of it is saved; at a
    terminal, one line of stderr that is wiped. Elsewhere nothing is written.

    Args:
        what: what is counted, such as ``rows``.
        total: how many there will be, where it is known; may be set later.
        show: takes the line instead, and an empty text at the end.
        clock: the time in seconds, from anywhere.
    """

    def __init__(
        self,
        what: str,
        total: int | None = None,
        *,
        show: Callable[[str], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.total = total
        self._what = what
        self._done = 0
        self._show = show
        self._clock = clock
        self._next = clock() + QUIET
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._write("")

    def add(self, number: int = 1) -> None:
        """Count what is done, and show it now and then."""
        self._done += number
        if self._clock() >= self._next:
            total = f" of {self.total:,}" if self.total is not None else ""
            self._write(f"{self._done:,}{total} {self._what}")

    def tell(self, sentence: str) -> None:
        """Show why nothing goes on; the next figure takes its place."""
        self._write(sentence)

    def _write(self, line: str) -> None:
        self._show = self._show or _find_place()
        self._show(line)
        self._shown = True
        self._next = self._clock() + _EVERY


def _find_place() -> Callable[[str], None]:
    ipython = sys.modules.get("IPython")  # a kernel has it; a script need not load it for this
    shell = ipython.get_ipython() if ipython is not None else None
    if hasattr(shell, "kernel"):
        return _Output()
    return _write_line if sys.stderr is not None and sys.stderr.isatty() else _nowhere


def _write_line(line: str) -> None:
    sys.stderr.write(f"\r\x1b[K{line}")
    sys.stderr.flush()


class _Output:
    """An output of the cell; the kernel may not speak to one that is gone, which stops no work."""

    def __init__(self) -> None:
        self._handle: Any = None

    def __call__(self, line: str) -> None:
        from IPython.display import display  # noqa: PLC0415 (heavy; only in a kernel)

        data = {"text/plain": line}
        if self._handle is None:
            self._handle = display(data, raw=True, display_id=True)  # type: ignore[no-untyped-call]
        elif self._handle is not None:
            self._handle.update(data, raw=True)
