"""One line about what takes long."""

from __future__ import annotations

import io
import sys

from arcgis_keywidget.services.progress import Progress


class Clock:
    """Moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


class Terminal(io.StringIO):
    """Somebody looks."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_what_is_short_needs_no_word() -> None:
    """Two seconds of quiet."""
    clock, shown = Clock(), []
    with Progress("rows", 10, show=shown.append, clock=clock) as progress:
        for _ in range(10):
            clock.now += 0.19
            progress.add()
    assert shown == []


def test_what_takes_long_is_shown_and_goes_at_the_end() -> None:
    """Not at every step; a pause is told at once."""
    clock, shown = Clock(), []
    with Progress("rows", show=shown.append, clock=clock) as progress:
        progress.total = 100_000
        progress.tell("It asks for a pause.")
        for _ in range(50):
            clock.now += 0.1
            progress.add(1000)
    assert shown[0] == "It asks for a pause."
    assert shown[-1] == ""
    assert 10 < len(shown) < 30
    assert all(line.endswith(" of 100,000 rows") for line in shown[1:-1])


def test_a_line_of_the_terminal_is_wiped(monkeypatch) -> None:
    """In one that somebody sees; a file or a log gets nothing."""
    for stream, written in ((Terminal(), "\r\x1b[KWait.\r\x1b[K"), (io.StringIO(), "")):
        monkeypatch.setattr(sys, "stderr", stream)
        with Progress("rows") as progress:
            progress.tell("Wait.")
        assert stream.getvalue() == written
