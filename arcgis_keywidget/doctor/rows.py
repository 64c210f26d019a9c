"""What an examination tells, row by row, and how its checks are kept from one another."""

from __future__ import annotations

import threading
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class State(StrEnum):
    """How something is."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was looked at.

    Attributes:
        name: what.
        state: how it is.
        found: what was found, in words; never a secret.
        remedy: one sentence on what to do; empty where all is well.
    """

    name: str
    state: State
    found: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return it as JSON has it."""
        return {**asdict(self), "state": str(self.state)}


def ok(name: str, found: str) -> Row:
    """Return a row of what is well."""
    return Row(name, State.OK, found)


def warning(name: str, found: str, remedy: str) -> Row:
    """Return a row of what may be a trouble."""
    return Row(name, State.WARNING, found, remedy)


def failure(name: str, found: str, remedy: str) -> Row:
    """Return a row of what is a trouble."""
    return Row(name, State.FAILURE, found, remedy)


def run_checks(checks: Mapping[str, Callable[[], Iterable[Row]]], seconds: float) -> list[Row]:
    """Run checks side by side and return their rows, in the order of the checks.

    One that fails, or is not done in time, is told so in a row of its name, and stops no other.

    Args:
        checks: by name.
        seconds: that they may take.
    """
    results: dict[str, list[Row]] = {}

    def run(name: str, check: Callable[[], Iterable[Row]]) -> None:
        try:
            results[name] = [*check()]
        except Exception as error:  # noqa: BLE001 (whatever is wrong with a machine)
            found = f"this could not be looked at ({type(error).__name__})"
            results[name] = [failure(name, found, "Tell us of this: it is a flaw of the examination.")]

    # Daemons: one that hangs in a name server or a keyring must not keep the process.
    threads = {
        name: threading.Thread(target=run, args=(name, check), name=f"doctor-{name}", daemon=True)
        for name, check in checks.items()
    }
    for thread in threads.values():
        thread.start()
    end = time.monotonic() + seconds
    for thread in threads.values():
        thread.join(max(0.0, end - time.monotonic()))
    late = f"no answer in {seconds:g} s"
    return [
        row
        for name in checks
        for row in results.get(name) or [failure(name, late, "Try again; if it stays so, look there first.")]
    ]
