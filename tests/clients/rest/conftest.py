"""Esri's packages for Node, as published, in front of a practice portal on a socket."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from arcgis_keywidget.practice import PracticePortal, serve
from tests.clients.calls import keep_calls, version_of

HERE = Path(__file__).parent
REFERER = "@esri/arcgis-rest-js"
SECONDS = 60


class Clock:
    """The real time, which the clients compare with, and the seconds that a test adds to it."""

    ahead = 0.0

    def __call__(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.ahead


class Client:
    """Runs scripts with Esri's packages as one person of a portal, and knows what they asked.

    Args:
        running: the portal.
        username: the person.
    """

    def __init__(self, running, username="ada") -> None:
        self.running, self.portal = running, running.portal
        self.user = next(user for user in running.portal.users if user.username == username)

    def run(self, script, **given) -> dict:
        """What a script prints; it is given the portal's address, the person and `given`, by its input."""
        who = {"username": self.user.username, "password": self.user.password}
        done = subprocess.run(
            [_node(), HERE / script],
            input=json.dumps({"rest": self.running.rest, **who, **given}),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env={"PATH": os.environ["PATH"]},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    @property
    def requests(self) -> list[dict]:
        """The log's entries that are Node's."""
        return [entry for entry in self.portal.requests if entry["ua"] == "node"]

    @property
    def operations(self) -> list[str]:
        """What was asked, in order."""
        return [entry["operation"] for entry in self.requests]

    @property
    def sent(self) -> list[tuple[str, set[str]]]:
        """Method and operation of each request, and the names of its parameters."""
        return [
            (f"{entry['method']} {entry['operation']}", {*entry["query"], *entry["body"]})
            for entry in self.requests
        ]

    def make_token(self, minutes=60) -> str:
        """A person's token as the packages would get it, made without them."""
        parameters = {
            **{"f": "json", "client": "referer", "referer": REFERER, "expiration": str(minutes)},
            **{"username": self.user.username, "password": self.user.password},
        }
        return httpx.post(f"{self.running.rest}/generateToken", data=parameters).json()["token"]

    def call(self, path, **parameters) -> dict:
        """One request of this person's, made without the packages."""
        sent = {"f": "json", "token": self.make_token(), **parameters}
        return httpx.post(f"{self.running.rest}/{path}", data=sent, headers={"Referer": REFERER}).json()

    def make_key(self, *privileges) -> str:
        """A key of this person's that may do this, made without the packages."""
        item = self.call(f"content/users/{self.user.username}/addItem", title="Key", type="Application")["id"]
        kind = {"appType": "multiple", "privileges": json.dumps(privileges)}
        app = self.call("oauth2/registerApp", itemId=item, **kind)
        end = {"apiToken1ExpirationDate": str(int(time.time() + 86_400) * 1000)}
        self.call(f"content/users/{self.user.username}/items/{item}/update", **end)
        secret = {name: app[name] for name in ("client_id", "client_secret")}
        return self.call("oauth2/token", grant_type="client_credentials", apiToken="1", **secret)["access_token"]


def _node() -> str:
    """The same Node that `make` uses: one in the environment goes before the system's."""
    place = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    found = shutil.which("node", path=place)
    assert found, "Node is needed for Esri's clients; `make test` brings it."
    return found


@pytest.fixture
def clock():
    """A clock that goes on by itself, and that a test can turn on."""
    return Clock()


@pytest.fixture
def open_client(clock, request):
    """Opens clients, each in front of a portal of its own; what they asked is kept for the matrix."""
    package, opened = request.module.PACKAGE, []
    with ExitStack() as stack:

        def open_one(username="ada", **options) -> Client:
            portal = stack.enter_context(closing(PracticePortal(clock=clock, **options)))
            opened.append(Client(stack.enter_context(serve(portal)), username))
            return opened[-1]

        yield open_one
    for client in opened:
        keep_calls(package, version_of(package), client.requests)


@pytest.fixture
def client(open_client):
    """A client of Ada's, who may create keys, of a Location Platform portal."""
    return open_client()
