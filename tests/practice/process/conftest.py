"""The real command, as a process of its own, and connections to it."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import asynccontextmanager

import pytest

from bench.wire import REFERER, Wire

CROWD = {"title": "A key", "type": "Application"}


class Process:
    """`python -m arcgis_keywidget.practice`, started; `ready` is the line that it printed."""

    def __init__(self, *flags) -> None:
        command = [sys.executable, "-m", "arcgis_keywidget.practice", "--with-parent", *map(str, flags)]
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        self.child = subprocess.Popen(command, text=True, **pipes)
        self.ready = json.loads(self.child.stdout.readline())
        self.passwords = {user["username"]: user["password"] for user in self.ready["users"]}

    def kill(self):
        """End it in the middle of whatever it does."""
        self.child.kill()
        self.child.communicate()

    def stop(self):
        """End it as its parent's end does; what it said to anybody."""
        out, complaints = self.child.communicate(timeout=30)
        return self.child.returncode, out, complaints

    @asynccontextmanager
    async def connected(self):
        """One connection, kept open."""
        wire = Wire(self.ready["portal"])
        try:
            yield wire
        finally:
            await wire.close()

    async def sign_in(self, wire, username="ada"):
        """A token for requests with the wire's Referer."""
        sent = {"username": username, "password": self.passwords[username], "client": "referer"}
        return (await wire.post("generateToken", referer=REFERER, expiration="20160", **sent))["token"]


@pytest.fixture
def start():
    """Starts the command; whatever still runs at the end is killed."""
    started = []

    def start_one(*flags):
        started.append(Process(*flags))
        return started[-1]

    yield start_one
    for one in started:
        if one.child.poll() is None:
            one.kill()
