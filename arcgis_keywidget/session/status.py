"""What a notebook's own page is told of the kernel's key: its name and its end, and never the key.

The kernel opens a comm with the first key that is used; JupyterLab's extension listens, and asks by a message
of that comm when a page is loaded again. It never runs code.
"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from arcgis_keywidget.models import session_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from arcgis_keywidget.models import ApiKey

TARGET = "arcgis-keywidget.status"
"""Name of the comm's target; js/src/lab/status.ts has the same."""


class _Comm(Protocol):
    def send(self, data: dict[str, Any]) -> None: ...
    def on_msg(self, callback: Callable[[dict[str, Any]], None]) -> None: ...
    def on_close(self, callback: Callable[[dict[str, Any]], None]) -> None: ...


class Status:
    """The line to the page, opened once there is something to tell; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._comm: _Comm | None = None
        self._opened = False  # ever

    def tell(self, key: ApiKey | None = None) -> None:
        """Tell what is so now; nothing where no notebook listens.

        Args:
            key: one that was just put to use.
        """
        with self._lock:
            if not self._opened and (key is None or not _has_kernel()):
                return
            with suppress(Exception):  # a courtesy: a page that is gone, a kernel that ends
                self._send()

    def describe(self) -> dict[str, Any]:
        """Return the session's newest key as it may be shown; empty where there is none."""
        key = session_keys.find()
        if key is None:
            return {}
        return {
            "title": session_keys.title_of(key),
            "masked": key.masked,
            "portal": key.portal,
            "ends_utc": key.expires.isoformat() if key.expires else None,
            "ephemeral": session_keys.ends_here(key),
        }

    def _send(self) -> None:
        if self._comm is None:
            from comm import create_comm  # noqa: PLC0415 (comes with the kernel)

            self._comm = create_comm(target_name=TARGET, data=self.describe())
            self._opened = True
            self._comm.on_msg(lambda _: self.tell())
            self._comm.on_close(lambda _: self._forget())
        else:
            self._comm.send(self.describe())

    def _forget(self) -> None:
        """A page without the extension closes what it does not know; another page is told anew."""
        self._comm = None


def _has_kernel() -> bool:
    """Whether this is a kernel of Jupyter: IPython in a terminal has none."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None) is not None


status = Status()
"""The one line of this process."""

session_keys.watch(lambda _: status.tell())
