"""A portal with people, keys, folders and items in it, and the raw way into it."""

from __future__ import annotations

import asyncio
import json
import time
from urllib.parse import urlencode

from arcgis_keywidget.practice import PracticePortal

PRIVILEGES = ["premium:user:basemaps", "premium:user:staticbasemaptiles"]


class Reply:
    """What came back: the status, the headers and the whole body."""

    def __init__(self) -> None:
        self.status, self.headers, self.body, self.ended = None, [], b"", False

    async def take(self, message):
        """One message of the application, in the order that ASGI wants."""
        assert not self.ended
        if message["type"] == "http.response.start":
            assert self.status is None
            self.status, self.headers = message["status"], message.get("headers", [])
        else:
            assert message["type"] == "http.response.body"
            assert self.status is not None
            self.body += message.get("body", b"")
            self.ended = not message.get("more_body", False)

    def header(self, name):
        """A header's value, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), b"").decode("latin-1")


class World:
    """A portal and everything secret in it."""

    def __init__(self, account="location-platform") -> None:
        self.runner = asyncio.Runner()
        self.portal = PracticePortal(account, seed=1)
        self.passwords = {user.username: user.password for user in self.portal.users}
        self._grants = PRIVILEGES if self.portal.account.services else []
        self.furnish()

    def furnish(self):
        """Let people sign in and make keys; anew after a reset."""
        self.soon = int(time.time() * 1000) + 86_400_000
        self.bearers = {"none": "", "wrong": "wrong", "legacy": "AAPK" + "0" * 96}
        for name in self.passwords:
            self.bearers[name] = self._token(name)
        self.folder = self.post("content/users/ada/createFolder", "ada", title="Keys")["folder"]["id"]
        self.item, self.app, self.bearers["key"] = self._key(
            "ada", [*self._grants, f"portal:app:access:item:{self.portal.layer}"]
        )
        bound = {"httpReferrers": '["https://a.example"]'}
        _, self.bound_app, self.bearers["bound key"] = self._key("grace", self._grants, **bound)
        self.shared = self.post("content/users/sam/addItem", "sam", title="Sam's", type="Web Map")["id"]

    @property
    def secrets(self):
        """Client secrets."""
        return {self.app["client_secret"], self.bound_app["client_secret"]}

    def ask(self, method, raw, *, query=b"", headers=(), body=b"", path=None):
        """One request, as a server would hand it on."""
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": raw if path is None else path,
            "raw_path": raw.encode("utf-8", "replace"),
            "root_path": "",
            "query_string": query,
            "headers": list(headers),
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 7443),
            "extensions": {},
        }
        sent, reply = [{"type": "http.request", "body": body, "more_body": False}], Reply()

        async def receive():
            return sent.pop() if sent else {"type": "http.disconnect"}

        self.runner.run(self.portal(scope, receive, reply.take))
        assert reply.ended
        return reply

    def post(self, path, bearer="none", **form):
        """A form below `/sharing/rest`; its document."""
        headers = [(b"content-type", b"application/x-www-form-urlencoded"), (b"host", b"p.test")]
        if token := self.bearers[bearer]:
            headers.append((b"x-esri-authorization", f"Bearer {token}".encode()))
        body = urlencode({"f": "json", **form}).encode()
        return json.loads(self.ask("POST", f"/sharing/rest/{path}", headers=headers, body=body).body)

    def _token(self, username):
        sent = {"username": username, "password": self.passwords[username], "client": "requestip"}
        return self.post("generateToken", expiration="1440", **sent)["token"]

    def _key(self, owner, privileges, **more):
        home = f"content/users/{owner}"
        item = self.post(f"{home}/addItem", owner, title=f"Key of {owner}", type="Application")["id"]
        granted = json.dumps(privileges)
        app = self.post(
            "oauth2/registerApp", owner, itemId=item, appType="multiple", privileges=granted, **more
        )
        self.post(f"{home}/items/{item}/update", owner, apiToken1ExpirationDate=str(self.soon))
        names = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
        made = self.post("oauth2/token", grant_type="client_credentials", apiToken="1", **names)
        return item, app, made["access_token"]

    def check(self):
        """Nothing is broken in the store."""
        assert [tuple(row) for row in self.portal.store.rows("PRAGMA integrity_check")] == [("ok",)]
        assert self.portal.store.rows("PRAGMA foreign_key_check") == []

    def close(self):
        """End it."""
        self.portal.close()
        self.runner.close()
