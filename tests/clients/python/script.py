"""What every script here does: read what it is given, use Esri's package as it is, print what came of it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_LINE = sys.stdin.readline()
"""What the script is given, as JSON; further lines are for what the package asks the person."""


def answer(job: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Print the job's document as the last line: the package itself prints too."""
    sys.stdout.write("\n" + json.dumps(job(json.loads(FIRST_LINE))) + "\n")


def refusal(call: Callable[[], object]) -> dict[str, str]:
    """The kind and the words of the error that a call ends with."""
    try:
        call()
    except Exception as error:  # noqa: BLE001 (which kind it is, is what is asked)
        return {"kind": type(error).__name__, "text": str(error)}
    raise AssertionError("The call was not refused.")
