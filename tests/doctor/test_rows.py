"""Checks side by side: none stops another."""

from __future__ import annotations

import threading

from arcgis_keywidget.doctor.rows import State, ok, run_checks


def test_rows_come_in_the_order_of_the_checks():
    """Whichever is done first."""
    first = threading.Event()

    def slow():
        first.wait(10)
        yield ok("slow", "there")

    def quick():
        yield ok("quick", "there")
        first.set()

    assert [row.name for row in run_checks({"slow": slow, "quick": quick}, 10)] == ["slow", "quick"]


def test_a_check_that_fails_is_told():
    """By its kind of error alone: words of errors may hold anything."""

    def broken():
        yield ok("half", "there")
        raise RuntimeError("canary")

    broken_row, good = run_checks({"broken": broken, "good": lambda: [ok("good", "there")]}, 10)
    assert (broken_row.name, broken_row.state) == ("broken", State.FAILURE)
    assert "RuntimeError" in broken_row.found
    assert "canary" not in broken_row.found
    assert good.state is State.OK


def test_a_check_that_hangs_is_told():
    """The others are there all the same."""
    end = threading.Event()
    hanging, good = run_checks({"hanging": end.wait, "good": lambda: [ok("good", "there")]}, 0.2)
    end.set()
    assert (hanging.state, hanging.found) == (State.FAILURE, "no answer in 0.2 s")
    assert good.state is State.OK
