"""The check of the key in hand, beside the form's task: it makes nothing, and spoils nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.form import texts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from arcgis_keywidget.form.outside import Checked


class Proof:
    """One check at a time, the newest; what it found, as the page is told it.

    Args:
        tell: called when a check has ended.
    """

    def __init__(self, tell: Callable[[], None]) -> None:
        self.told: dict[str, Any] | None = None
        self._tell = tell
        self._task: asyncio.Task[None] | None = None

    def start(self, look: Callable[[], Awaitable[Checked]]) -> None:
        """Begin a check in the background, in the place of an earlier one."""
        self.drop()
        self.told = {"summary": "", "ok": True, "rows": []}
        self._task = asyncio.ensure_future(self._run(look))

    def drop(self) -> None:
        """Forget what was found, and what is still being looked for."""
        if self._task is not None:
            self._task.cancel()
        self._task, self.told = None, None

    async def _run(self, look: Callable[[], Awaitable[Checked]]) -> None:
        try:
            self.told = _tell_of(await look())
        except Exception:  # noqa: BLE001 (whatever it is, the key is there all the same)
            self.told = {"summary": texts.NOT_CHECKED, "ok": False, "rows": []}
        self._task = None
        self._tell()


def _tell_of(found: Checked) -> dict[str, Any]:
    return {
        "summary": found.summary,
        "ok": found.ok,
        "rows": [
            {"what": row.what, "state": str(row.state), "why": row.why, "mend": row.mend}
            for row in found.rows
        ],
    }
