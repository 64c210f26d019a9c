"""Esri's packages for Node, as published, in front of a practice portal on a socket."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from arcgis_keywidget.practice import PracticePortal, serve
from tests.clients.calls import keep_calls, version_of
from tests.clients.visitor import Clock, Visitor, run_script

HERE = Path(__file__).parent
REFERER = "@esri/arcgis-rest-js"


class Client(Visitor):
    """Runs the scripts of this folder as one person, over TLS where the portal is served so."""

    def __init__(self, running, username="ada") -> None:
        super().__init__(running, username, referer=REFERER)

    def run(self, script, **given) -> dict:
        """What a script prints; it is given the portal's address and the person besides `given`."""
        rest = self.running.rest.replace(self.running.url, self.running.https_url or self.running.url)
        who = {"username": self.user.username, "password": self.user.password}
        trusted = self.running.certificate
        environment = {"NODE_EXTRA_CA_CERTS": str(trusted)} if trusted else {}
        return run_script([_node(), HERE / script], {"rest": rest, **who, **given}, **environment)


def _node() -> str:
    """The same Node that `make` uses: one in the environment goes before the system's."""
    place = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    found = shutil.which("node", path=place)
    assert found, "Node is needed for Esri's packages; `make test` brings it."
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

        def open_one(username="ada", *, tls=False, **options) -> Client:
            portal = stack.enter_context(closing(PracticePortal(clock=clock, **options)))
            opened.append(Client(stack.enter_context(serve(portal, tls=tls)), username))
            return opened[-1]

        yield open_one
    for client in opened:
        keep_calls(package, version_of(package), client.requests)


@pytest.fixture
def client(open_client):
    """A client of Ada's, who may create keys, of a Location Platform portal."""
    return open_client()
