"""An app with OAuth 2.0 credentials, and the person who sits at its sign-in page."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

BACK = "https://app.example/back?kept=1"
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
VERIFIER = "a-verifier_of~the.least-length-0123456789abcd"


class OAuthApp:
    """Asks a portal for sign-ins and tokens as an app does."""

    def __init__(self, caller, app) -> None:
        self.caller, self.portal, self.clock = caller, caller.portal, caller.clock
        self.id, self.secret, self.item = app["client_id"], app["client_secret"], app["itemId"]

    async def open(self, method="GET", **more):
        """The reply of `oauth2/authorize`; a parameter that is None is left out."""
        asked = {"client_id": self.id, "redirect_uri": BACK, "response_type": "code", "state": "s", **more}
        sent = {name: value for name, value in asked.items() if value is not None}
        return await self.caller.send("oauth2/authorize", method=method, token=None, **sent)

    async def answer(self, page, path="/sharing/oauth2/signin", username="ada", **more):
        """What a person's browser gets for the form of a page."""
        password = next(user.password for user in self.portal.users if user.username == username)
        form = {"oauth_state": facts(page)["oauth_state"], "username": username, "password": password}
        return await self.caller.send(path, **{**form, **more})

    async def come_back(self, **more) -> dict[str, str]:
        """What reaches the app after a sign-in."""
        return returned(await self.answer(await self.open(**more)))

    async def ask(self, grant_type, **more) -> dict:
        """The document of `oauth2/token`."""
        sent = {"client_id": self.id, "grant_type": grant_type, **more}
        return await self.caller("oauth2/token", **sent)

    async def trade(self, code, **more) -> dict:
        """The document for a code."""
        return await self.ask("authorization_code", **{"code": code, "redirect_uri": BACK, **more})

    async def sign_in(self, **more) -> dict:
        """The tokens of a whole sign-in."""
        return await self.trade((await self.come_back(**more))["code"])

    async def see(self, token) -> dict:
        """`portals/self` with a token."""
        return await self.caller("portals/self", token=token)


def facts(page) -> dict:
    """The JSON of a sign-in page, found as Esri's Python package finds it."""
    return json.loads(re.search(r"\{.*\}", page.text)[0])


def returned(reply) -> dict[str, str]:
    """The parameters that a redirect brings back, of its query and its fragment."""
    assert reply.status_code == 302
    parts = urlsplit(reply.headers["location"])
    return {name: value for name, [value] in parse_qs(f"{parts.query}&{parts.fragment}").items()}


def challenge() -> str:
    """The S256 challenge of `VERIFIER`."""
    return base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def register(portal, call_as):
    """Registers an app of Ada's with redirect URIs; the app, with a caller that has no token."""

    async def register_app(*redirect_uris, title="Map of trees", portal=portal, **more):
        owner = await call_as(portal).sign_in()
        uris = json.dumps(redirect_uris or (BACK, OUT_OF_BAND))
        app = await owner.register(await owner.add(title), [], **{"redirect_uris": uris, **more})
        return OAuthApp(call_as(portal), app)

    return register_app


@pytest.fixture
async def app(register):
    """An app that may come back to its own address and out of band."""
    return await register()


@pytest.fixture
def read_facts():
    """The JSON of a sign-in page."""
    return facts


@pytest.fixture
def read_return():
    """The parameters of a redirect."""
    return returned


@pytest.fixture
def pkce():
    """A PKCE verifier and its S256 challenge."""
    return VERIFIER, challenge()
