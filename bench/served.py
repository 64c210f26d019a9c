"""The practice portal as people start it: the command, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bench.wire import REFERER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.wire import Wire


class Served:
    """What the command printed, and how to sign in."""

    def __init__(self, line: str) -> None:
        ready = json.loads(line)
        user = ready["users"][0]
        self.portal, self.username, self.password = ready["portal"], user["username"], user["password"]
        self.https = ready.get("https_portal", "")
        self.tiles = urlsplit(ready["basemaps"]["static"]).path + "/arcgis/streets/static/tile"

    async def sign_in(self, wire: Wire) -> str:
        """A token of the first user, for requests with the wire's Referer."""
        sent = {"username": self.username, "password": self.password, "client": "referer"}
        return str((await wire.post("generateToken", referer=REFERER, expiration="1440", **sent))["token"])


@contextmanager
def serve(*flags: str) -> Iterator[Served]:
    """Serve while the block runs."""
    command = [sys.executable, "-m", "arcgis_keywidget.practice", "--with-parent", *flags]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None  # noqa: S101 (pipes, as asked for above)
        assert child.stdout is not None  # noqa: S101 (same)
        try:
            yield Served(child.stdout.readline())
        finally:
            child.stdin.close()
