"""A person of a practice portal who comes with one of Esri's clients, and what that client asked."""

from __future__ import annotations

import json
import os
import subprocess
import time
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from arcgis_keywidget.practice import Running

SECONDS = 90
OWN = "python-httpx/"
"""How the User-Agent of requests begins that a test makes itself: they are not the client's."""


class Clock:
    """The real time, which the clients compare with, and the seconds that a test adds to it."""

    ahead = 0.0

    def __call__(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.ahead


class Visitor:
    """One person of a portal.

    Args:
        running: the portal.
        username: the person.
        referer: what the client sends, and so what a token made for it is bound to.
    """

    def __init__(self, running: Running, username: str = "ada", *, referer: str) -> None:
        self.running, self.portal, self.referer = running, running.portal, referer
        self.user = next(user for user in running.portal.users if user.username == username)

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The log's entries that are the client's."""
        return [entry for entry in self.portal.requests if not (entry["ua"] or "").startswith(OWN)]

    @property
    def operations(self) -> list[str]:
        """What the client asked, in order."""
        return [entry["operation"] for entry in self.requests]

    @property
    def sent(self) -> list[tuple[str, set[str]]]:
        """Method and operation of each request, and the names of its parameters."""
        return [
            (f"{entry['method']} {entry['operation']}", {*entry["query"], *entry["body"]})
            for entry in self.requests
        ]

    def call(self, path: str, token: str | None = None, **parameters: str) -> dict[str, Any]:
        """One request of this person's, made without the client."""
        sent = {"f": "json", "token": token or self.make_token(), **parameters}
        return self._post(path, sent)

    def make_token(self, minutes: int = 60) -> str:
        """A person's token, such as the client would get."""
        parameters = {
            "f": "json",
            "client": "referer",
            "referer": self.referer,
            "expiration": str(minutes),
            "username": self.user.username,
            "password": self.user.password,
        }
        return str(self._post("generateToken", parameters)["token"])

    def make_key(self, *privileges: str) -> str:
        """A key of this person's with these privileges, good for a day."""
        content = f"content/users/{self.user.username}"
        item = self.call(f"{content}/addItem", title="A key", type="Application")["id"]
        app = self.register(item, *privileges)
        end = {"apiToken1ExpirationDate": str(int(time.time() + 86_400) * 1000)}
        self.call(f"{content}/items/{item}/update", **end)
        secret = {name: app[name] for name in ("client_id", "client_secret")}
        grant = {"grant_type": "client_credentials", "apiToken": "1"}
        return str(self.call("oauth2/token", **grant, **secret)["access_token"])

    def register(self, item: str, *privileges: str, **more: str) -> dict[str, Any]:
        """Register an item as an app; the document of it."""
        sent = {"appType": "multiple", "privileges": json.dumps(privileges), **more}
        return self.call("oauth2/registerApp", itemId=item, **sent)

    def _post(self, path: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        headers = {"Referer": self.referer}
        reply = httpx.post(f"{self.running.rest}/{path}", data=parameters, headers=headers)
        document: dict[str, Any] = reply.json()
        return document


def run_script(command: Sequence[str | Path], given: Mapping[str, Any], **environment: str) -> dict[str, Any]:
    """Run a client's script; return the document on the last line of what it prints.

    Args:
        command: program and script; never a secret.
        given: what the script reads as JSON.
        environment: besides PATH.
    """
    done = subprocess.run(
        command,
        input=json.dumps(given) + "\n",
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env={"PATH": os.environ["PATH"], **environment},
        check=False,
    )
    return read_document(done.returncode, done.stdout, done.stderr)


def read_document(status: int, output: str, errors: str) -> dict[str, Any]:
    """The document on the last line of a script's output."""
    assert status == 0, errors
    document: dict[str, Any] = json.loads(output.splitlines()[-1])
    return document
