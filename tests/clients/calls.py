"""What a client asked of the practice portal, kept for the table of the matrix."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
KEPT = "KEYWIDGET_CALLS"
"""Names the file that the calls are appended to, one JSON object a line; nothing is kept without it."""


def version_of(package: str) -> str:
    """The version of an npm package as it is installed for these tests."""
    return str(json.loads((HERE / "node_modules" / package / "package.json").read_text())["version"])


def keep_calls(client: str, version: str, requests: Iterable[dict[str, Any]]) -> Counter[str]:
    """Count what a client asked, by operation; append the counts for the matrix.

    Args:
        client: the package's name.
        version: the one that was run.
        requests: entries of the practice portal's request log.
    """
    counts = Counter(str(entry["operation"]) for entry in requests)
    if target := os.environ.get(KEPT):
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"client": client, "version": version, "calls": counts}) + "\n")
    return counts
