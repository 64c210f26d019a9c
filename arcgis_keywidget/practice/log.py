"""The request log: a JSON object a line, written before the reply; names of parameters, never values."""

from __future__ import annotations

import json
import logging
import re
import threading
from collections import deque
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from arcgis_keywidget.practice.call import Call

_LOGGER = logging.getLogger(__name__)
KEPT = 10_000
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


class RequestLog:
    """The last requests in memory, and all of them in a file where one is given; thread-safe.

    Args:
        path: the file to append to; made readable by its owner only.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._entries: deque[dict[str, Any]] = deque(maxlen=KEPT)
        if path:
            path.touch(mode=0o600)
            if path.is_file():  # also one that was there before, but no device
                path.chmod(0o600)
        self._file = path.open("a", encoding="utf-8") if path else None

    @property
    def entries(self) -> list[dict[str, Any]]:
        """A copy of what is in memory, oldest first."""
        with self._lock:
            return [dict(entry) for entry in self._entries]

    def last(self, number: int, *, but: str) -> list[dict[str, Any]]:
        """The newest entries of every operation but one, the newest first."""
        with self._lock:
            found = (entry for entry in reversed(self._entries) if entry["operation"] != but)
            return list(islice(found, number))

    def forget(self) -> None:
        """Begin anew in memory; the file stays as it is."""
        with self._lock:
            self._entries.clear()

    def write(self, call: Call, operation: str, status: int | None, note: str) -> None:
        """Note one request; `status` is None when the connection is closed without a reply."""
        entry = describe(call) | {"operation": operation, "status": status, "note": note}
        with self._lock:
            self._entries.append(entry)
            if self._file:
                self._keep(json.dumps(entry) + "\n")

    def _keep(self, line: str) -> None:
        try:
            self._file.write(line)  # type: ignore[union-attr]  # looked at by `write`, under its lock
            self._file.flush()  # type: ignore[union-attr]  # same
        except OSError as error:  # a full disk ends the file, not the portal
            _LOGGER.error("The request log ends here: %s.", error.strerror)  # noqa: TRY400 (one sentence)
            with suppress(OSError):
                self._file.close()  # type: ignore[union-attr]  # same
            self._file = None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._file:
                self._file.close()
                self._file = None


def describe(call: Call) -> dict[str, Any]:
    """What may be noted of a request.

    A page's address may carry a token in its query, so the Referer is noted without one.
    """
    headers = call.request.headers
    referer = headers.get("referer")
    return {
        "t": call.now / 1000,
        "method": call.request.method,
        "path": call.request.scope["path"],
        "query": _names(call.query),
        "body": _names(call.form),
        "ct": headers.get("content-type", "").partition(";")[0] or None,
        "token_by": call.carried[1] if call.carried else None,
        "referer": referer and referer.partition("?")[0].partition("#")[0],
        "ua": headers.get("user-agent"),
    }


def _names(parameters: Iterable[str]) -> list[str]:
    """The names among what a client wrote where names belong: it may have put a value there."""
    return [name if _NAME.fullmatch(name) else "?" for name in dict.fromkeys(parameters)]
